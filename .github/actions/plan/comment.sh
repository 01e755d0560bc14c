#!/usr/bin/env bash
# Writes $MARKDOWN into the comment on pull request $PULL_REQUEST that an earlier run made, or into a
# new one.
set -euo pipefail

comments=repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments
# Anybody can begin a comment with the marker; only a bot's is ours.
mine=$(gh api --paginate "$comments" --jq \
  '.[] | select(.user.type == "Bot" and (.body | startswith("<!-- tokenform-plan -->"))) | .id' |
  sed -n 1p)
if [ -n "$mine" ]; then
  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$mine" --field "body=@$MARKDOWN" --silent
else
  gh api --method POST "$comments" --field "body=@$MARKDOWN" --silent
fi
