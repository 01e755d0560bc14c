#!/usr/bin/env bash
# Finds the snapshot that the plan is made from: the file $LIVE, or, where that is "latest", what the
# snapshot action took last on the default branch. Any run of any branch, and of a fork, can upload an
# artifact of that name; so the branch and the repository of the run count.
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
run=$(gh api --paginate "repos/$GITHUB_REPOSITORY/actions/artifacts?name=$NAME-live&per_page=100" |
  jq -rs --arg name "$NAME-live" --arg branch "$branch" \
    '[.[].artifacts[]
      | select(.name == $name and (.expired | not)
          and .workflow_run.head_branch == $branch
          and .workflow_run.head_repository_id == .workflow_run.repository_id)]
     | max_by(.created_at) | .workflow_run.id // empty')
[ -n "$run" ] ||
  refuse "no run on $branch has kept a snapshot named $NAME-live: start the workflow that has the snapshot action"
folder=$RUNNER_TEMP/tokenform-live-$NAME
rm -rf "$folder"
gh run download "$run" --repo "$GITHUB_REPOSITORY" --name "$NAME-live" --dir "$folder"
echo "live=$folder/live.json" >>"$GITHUB_OUTPUT"
