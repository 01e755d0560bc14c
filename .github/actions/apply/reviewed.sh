#!/usr/bin/env bash
# Fetches the plan that was reviewed before $GITHUB_SHA was merged. The comment on the pull request
# names the run that planned, the commit and the digest; who may write to the repository can edit it,
# so each must be what GitHub and the plan of that run say themselves. A pull request from a fork has
# no comment, and its plan stands in the summary of its run: then the last successful run for what was
# merged counts. Whatever that run says, the plan that is made anew must have the same digest.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=../common.sh
source "$here/../common.sh"

check_name
pull=$(gh api --paginate "repos/$GITHUB_REPOSITORY/commits/$GITHUB_SHA/pulls" |
  jq -cs --arg sha "$GITHUB_SHA" --arg branch "$GITHUB_REF_NAME" \
    '[.[][] | select(.merged_at != null and .merge_commit_sha == $sha and .base.ref == $branch)][0]
     // empty')
[ -n "$pull" ] ||
  refuse "$GITHUB_SHA comes from no pull request against $GITHUB_REF_NAME, so nobody has reviewed a plan of it"
number=$(jq -r .number <<<"$pull")
head=$(jq -r .head.sha <<<"$pull")

fork=$(jq -r --arg own "$GITHUB_REPOSITORY" \
  'if (.head.repo.full_name // "") | ascii_downcase == ($own | ascii_downcase) then "" else "fork" end' <<<"$pull")
if [ -n "$fork" ]; then
  runs=$(gh api --paginate "repos/$GITHUB_REPOSITORY/actions/runs?head_sha=$head&event=pull_request&status=success&per_page=100" |
    jq -rs '[.[].workflow_runs[].id] | sort | reverse | .[]')
  run=
  for id in $runs; do
    kept=$(gh api "repos/$GITHUB_REPOSITORY/actions/runs/$id/artifacts?per_page=100" \
      --jq '.artifacts[] | select(.expired | not) | .name')
    if grep -Fxq -- "$NAME-plan" <<<"$kept"; then
      run=$id
      break
    fi
  done
  [ -n "$run" ] ||
    refuse "pull request $number is from a fork, and no successful run for $head has kept a plan named $NAME"
else
  login=$(own_login)
  comment=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$number/comments?per_page=100" |
    first_own "$login" "<!-- tokenform:$NAME -->" | jq -r .body)
  facts=$(second_line "$comment")
  pattern='^<!-- run=([0-9]+) commit=([0-9a-f]+) digest=(sha256:[0-9a-f]{64}) -->$'
  [[ $facts =~ $pattern ]] ||
    refuse "pull request $number has no comment with a plan named $NAME, so nobody has reviewed one"
  run=${BASH_REMATCH[1]} commit=${BASH_REMATCH[2]} digest=${BASH_REMATCH[3]}
  [ "$commit" = "$head" ] ||
    refuse "the comment on pull request $number is of $commit, and what was merged is $head"
fi
planned=$(gh api "repos/$GITHUB_REPOSITORY/actions/runs/$run" \
  --jq '[.head_sha, .event, .conclusion] | join(" ")')
[ "$planned" = "$head pull_request success" ] ||
  refuse "run $run, which planned pull request $number, is no successful run for $head: $planned"

folder=$RUNNER_TEMP/tokenform-reviewed-$NAME
rm -rf "$folder"
gh run download "$run" --repo "$GITHUB_REPOSITORY" --name "$NAME-plan" --dir "$folder"
found=$(jq -r .digest "$folder/plan.json")
[ "$found" = "${digest:-$found}" ] ||
  refuse "the comment on pull request $number and the plan of run $run do not agree: $digest and $found"
echo "plan=$folder/plan.json" >>"$GITHUB_OUTPUT"
