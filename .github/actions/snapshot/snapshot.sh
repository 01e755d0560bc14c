#!/usr/bin/env bash
# Takes a snapshot of the cluster that the policy in $POLICY is for.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=../common.sh
source "$here/../common.sh"

check_name
check_url
check_checkout
read_options
folder=$RUNNER_TEMP/tokenform-live-$NAME
rm -rf "$folder"
mkdir -p "$folder"
# What tokenform prints has text from elsewhere in it, which the log must not obey.
stop_commands
status=0
"${TOKENFORM:-tokenform}" snapshot "${options[@]}" --out "$folder/live.json" 2>&1 || status=$?
resume_commands
[ "$status" -ne 0 ] || echo "live=$folder/live.json" >>"$GITHUB_OUTPUT"
exit "$status"
