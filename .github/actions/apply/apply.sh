#!/usr/bin/env bash
# Applies the policy in $POLICY, one path a line, with the allowances in $ALLOW, one a line, if it
# gives the plan in the file $PLAN. Where live or the policy has moved since the review, nothing is
# sent, and the exit code is not 0.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=../common.sh
source "$here/../common.sh"

check_name
check_url
check_checkout
[ -n "${PLAN:-}" ] || refuse "there is no plan that was reviewed"
read_options
options+=(--due "${DUE:-exclude}")
make_journal

tokenform=${TOKENFORM:-tokenform}
# What tokenform prints has text from elsewhere in it, which the log must not obey.
stop_commands
status=0
echo "The plan that was reviewed:"
# Refuses a file that is not as it was written.
"$tokenform" show "$PLAN" 2>&1 || status=$?
if [ "$status" -eq 0 ]; then
  printf '\nWhat is planned now, and applied if it is the same:\n'
  # Another runner has a journal and a lock of its own: so each token is read again before its change.
  "$tokenform" apply "${options[@]}" --auto-approve --recheck --journal-dir "$journal" \
    --expect-digest "$(jq -r .digest "$PLAN")" 2>&1 || status=$?
fi
resume_commands
exit "$status"
