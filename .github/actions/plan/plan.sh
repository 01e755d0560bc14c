#!/usr/bin/env bash
# Plans the policy in $POLICY, one path a line, with the allowances in $ALLOW, one a line. Writes the
# plan, its Markdown and its annotations, and exits as tokenform does: 0 with or without changes, 3 if
# a guardrail denies, 1 for an error. The Markdown is there whatever happens.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=../common.sh
source "$here/../common.sh"

# The commit that is checked out, as people know it: a runner checks a pull request out merged with
# its base branch.
planned_commit() {
  local checkout
  checkout=$(git rev-parse --verify --quiet HEAD) || refuse "the policy is in no checkout of git"
  if [ -z "${PULL_REQUEST_HEAD:-}" ] || [ "$checkout" = "$PULL_REQUEST_HEAD" ]; then
    commit=$checkout
  elif [ "$(git cat-file commit "$checkout" | sed -n '/^$/q; s/^parent //p' | sed -n 2p)" = "$PULL_REQUEST_HEAD" ]; then
    commit=$PULL_REQUEST_HEAD
  else
    refuse "the checkout is of $checkout, and the run is for $PULL_REQUEST_HEAD: check out what the run is for"
  fi
}

check_name
planned_commit
folder=$RUNNER_TEMP/tokenform-plan-$NAME
markdown=$folder/plan.md
rm -rf "$folder"
mkdir -p "$folder"
# An earlier plan must not stand in the comment where there is none now.
cat >"$markdown" <<END
## tokenform plan

**There is no plan:** the log of the job says why.

Commit $commit
END
trap 'cat "$markdown" >>"$GITHUB_STEP_SUMMARY"' EXIT
{
  echo "markdown=$markdown"
  echo "commit=$commit"
} >>"$GITHUB_OUTPUT"

if [ -n "${LIVE_WANTED:-}" ]; then
  [ -n "${LIVE:-}" ] || refuse "there is no snapshot to plan from"
else
  check_url
fi
check_checkout
read_options
if [ -n "${LIVE:-}" ]; then
  options+=(--live "$LIVE")
  [ -z "${MAX_AGE:-}" ] || options+=(--max-age "$MAX_AGE")
fi
# What falls due with time alone must not change a plan while people read it.
options+=(--due "${DUE:-exclude}")
[ "${DETAILED_EXITCODE:-}" != true ] || options+=(--detailed-exitcode)

# A comment has 65,536 characters at most, and the scripts write lines of their own into it.
options+=(--commit "$commit" --markdown-limit 65000)
# Findings go to their lines as annotations; what people read is in the log and in the comment.
status=0
"${TOKENFORM:-tokenform}" plan "${options[@]}" --out "$folder/plan.json" \
  --format github --format "text=$folder/plan.txt" --format "markdown=$markdown" || status=$?

if [ -f "$folder/plan.txt" ]; then
  # The log obeys commands at the start of a line, and a plan has text from elsewhere in it.
  stop_commands
  cat "$folder/plan.txt"
  resume_commands
fi
# Where there is no plan, the file says why.
if jq -e .digest "$folder/plan.json" >/dev/null 2>&1; then
  {
    echo "plan=$folder/plan.json"
    echo "digest=$(jq -r .digest "$folder/plan.json")"
    echo "changes=$(jq -r .summary.changes "$folder/plan.json")"
  } >>"$GITHUB_OUTPUT"
fi
exit "$status"
