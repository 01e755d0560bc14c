#!/usr/bin/env bash
# Applies the policy in $POLICY, one path a line, with the allowances in $ALLOW, one a line, if it
# gives the plan in the file $PLAN. Where live or the policy has moved since the review, nothing is
# sent, and the exit code is not 0.
set -euo pipefail

options=()
while IFS= read -r path; do
  [ -z "$path" ] || options+=(-f "$path")
done <<<"$POLICY"
# Not from the plan's file: the run that made it decides nothing here but what is compared.
while IFS= read -r allowance; do
  [ -z "$allowance" ] || options+=(--allow "$allowance")
done <<<"${ALLOW:-}"
[ -z "${API_URL:-}" ] || options+=(--url "$API_URL")
[ -z "${GUARDRAILS:-}" ] || options+=(--policy-guardrails "$GUARDRAILS")

tokenform=${TOKENFORM:-tokenform}
# What tokenform prints has text from elsewhere in it, which the log must not obey.
stop=$(printf '%s' "$RANDOM$RANDOM$RANDOM$RANDOM" | sha256sum | cut -c 1-32)
echo "::stop-commands::$stop"
status=0
echo "The plan that was reviewed:"
# Refuses a file that is not as it was written.
"$tokenform" show "$PLAN" 2>&1 || status=$?
if [ "$status" -eq 0 ]; then
  printf '\nWhat is planned now, and applied if it is the same:\n'
  "$tokenform" apply "${options[@]}" --auto-approve --expect-digest "$(jq -r .digest "$PLAN")" 2>&1 ||
    status=$?
fi
echo "::$stop::"
exit "$status"
