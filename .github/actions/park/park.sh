#!/usr/bin/env bash
# Takes all access of the token $TOKEN, for $REASON. $POLICY, one path a line, knows it by its name.
# Exits as tokenform does.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=../common.sh
source "$here/../common.sh"

check_name
check_url
check_checkout
[ -n "${TOKEN:-}" ] || refuse "the input token is missing: it says which token loses its access"
[ -n "${REASON:-}" ] || refuse "the input reason is missing: it stands with the token as long as it is parked"
read_options
make_journal
stop_commands
status=0
# What somebody typed is a value, even where it begins with a hyphen.
"${TOKENFORM:-tokenform}" token park "${options[@]}" --reason="$REASON" --auto-approve \
  --journal-dir "$journal" -- "$TOKEN" 2>&1 || status=$?
resume_commands
exit "$status"
