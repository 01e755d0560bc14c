#!/usr/bin/env bash
# Writes $MARKDOWN into the comment on pull request $PULL_REQUEST that an earlier run made under the
# same name, or into a new one. Refuses to where $COMMIT is not the pull request's head: a job that is
# run again plans the commit that it was for, and people approve what is to be merged.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=../common.sh
source "$here/../common.sh"

check_name
login=$(own_login)
marker="<!-- tokenform:$NAME -->"
body=$RUNNER_TEMP/tokenform-plan-$NAME/comment.md
mkdir -p "$(dirname "$body")"
{
  echo "$marker"
  # The apply action reads this: the plan of that run is applied, if it has that digest.
  echo "<!-- run=$GITHUB_RUN_ID commit=$COMMIT digest=${DIGEST:-none} -->"
  sed '1{/^<!-- tokenform-plan -->$/d;}' "$MARKDOWN"
} >"$body"
fit "$body"
comments=repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments
mine=$(gh api --paginate "$comments?per_page=100" | first_own "$login" "$marker" | jq -r .id)

head=$(gh api "repos/$GITHUB_REPOSITORY/pulls/$PULL_REQUEST" --jq .head.sha)
[ "$head" = "$COMMIT" ] ||
  refuse "no comment: this is a plan of $COMMIT, and the head of pull request $PULL_REQUEST is $head"
if [ -n "$mine" ]; then
  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$mine" --field "body=@$body" --silent
else
  gh api --method POST "$comments" --field "body=@$body" --silent
fi
