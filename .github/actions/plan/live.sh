#!/usr/bin/env bash
# Finds the snapshot that the plan is made from: the file $LIVE, or, where that is "latest", what the
# snapshot action took last on the default branch. Any run of any branch, and of a fork, can upload an
# artifact of that name; so the branch and the repository of the run count, and that its commit is on that branch.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=../common.sh
source "$here/../common.sh"

check_name
if [ "$LIVE" != latest ]; then
  echo "live=$LIVE" >>"$GITHUB_OUTPUT"
  exit
fi
branch=$(gh api "repos/$GITHUB_REPOSITORY" --jq .default_branch)
runs=$(gh api --paginate "repos/$GITHUB_REPOSITORY/actions/artifacts?name=$NAME-live&per_page=100" |
  jq -rs --arg name "$NAME-live" --arg branch "$branch" \
    '[.[].artifacts[]
      | select(.name == $name and (.expired | not)
          and .workflow_run.head_branch == $branch
          and .workflow_run.head_repository_id == .workflow_run.repository_id)]
     | sort_by(.created_at) | reverse | .[].workflow_run.id')
run=
for id in $runs; do
  facts=$(gh api "repos/$GITHUB_REPOSITORY/actions/runs/$id" --jq '[.event, .head_sha] | join(" ")')
  # A pull request from that branch runs what it is merged into, and a tag can have the branch's name.
  [[ $facts =~ ^(push|schedule|workflow_dispatch)\ ([0-9a-f]{40})$ ]] || continue
  status=$(gh api "repos/$GITHUB_REPOSITORY/compare/$branch...${BASH_REMATCH[2]}" --jq .status)
  if [ "$status" = identical ] || [ "$status" = behind ]; then
    run=$id
    break
  fi
done
[ -n "$run" ] ||
  refuse "no run on $branch has kept a snapshot named $NAME-live: start the workflow that has the snapshot action"
folder=$RUNNER_TEMP/tokenform-live-$NAME
rm -rf "$folder"
gh run download "$run" --repo "$GITHUB_REPOSITORY" --name "$NAME-live" --dir "$folder"
echo "live=$folder/live.json" >>"$GITHUB_OUTPUT"
