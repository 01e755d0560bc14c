#!/usr/bin/env bash
# Refuses to go on where $GITHUB_REF has another policy or platform file by now than $GITHUB_SHA, which
# this job is for. Running an old job again would bring back what a later pull request took away.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=../common.sh
source "$here/../common.sh"

top=$(git rev-parse --show-toplevel) || refuse "$(pwd) is in no git checkout"
# shellcheck disable=SC2016 # These are GraphQL variables.
query='query($owner: String!, $name: String!, $old: String!, $new: String!) {
  repository(owner: $owner, name: $name) {
    old: object(expression: $old) { oid }
    new: object(expression: $new) { oid }
  }
}'
while IFS= read -r line; do
  case $line in
    "" | -) continue ;;
    /*) path=$line ;;
    *) path=$(pwd -P)/$line ;;
  esac
  path=$(realpath --canonicalize-missing --no-symlinks --relative-to="$top" "$path")
  case $path in
    .) path= ;;
    # What no commit holds, no commit changes.
    .. | ../*) continue ;;
  esac
  found=$(gh api graphql --raw-field query="$query" \
    --raw-field owner="${GITHUB_REPOSITORY%%/*}" --raw-field name="${GITHUB_REPOSITORY#*/}" \
    --raw-field old="$GITHUB_SHA:$path" --raw-field new="$GITHUB_REF:$path" \
    --jq '.data.repository | if .old == null then "none" elif .old == .new then "same" else "other" end')
  [ "$found" != none ] || refuse "$line is not in $GITHUB_SHA"
  [ "$found" = same ] ||
    refuse "$line has changed on $GITHUB_REF since $GITHUB_SHA, so this job no longer applies it: apply the newest commit; if its job refuses the plan that was reviewed, make a pull request that plans anew"
done <<<"$POLICY
${PLATFORM:-${GUARDRAILS:-}}"
