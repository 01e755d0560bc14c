#!/usr/bin/env bash
# Applies what falls due with time alone of the policy in $POLICY, one path a line, with the allowances in
# $ALLOW, one a line. Exits as tokenform does.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=../common.sh
source "$here/../common.sh"

check_name
check_url
check_checkout
read_options
options+=(--due only)
make_journal
# What tokenform prints has text from elsewhere in it, which the log must not obey.
stop_commands
status=0
# Another runner has a journal and a lock of its own: so each token is read again before its change.
"${TOKENFORM:-tokenform}" apply "${options[@]}" --auto-approve --recheck --journal-dir "$journal" \
  2>&1 || status=$?
resume_commands
exit "$status"
