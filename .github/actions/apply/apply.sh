#!/usr/bin/env bash
# Applies the policy in $POLICY, one path a line, if it gives the plan in the file $PLAN. Where live
# or the policy has moved since the review, nothing is sent, and the exit code is not 0.
set -euo pipefail

options=()
while IFS= read -r path; do
  [ -z "$path" ] || options+=(-f "$path")
done <<<"$POLICY"
[ -z "${API_URL:-}" ] || options+=(--url "$API_URL")
[ -z "${GUARDRAILS:-}" ] || options+=(--policy-guardrails "$GUARDRAILS")

tokenform=${TOKENFORM:-tokenform}
# Shown first: it refuses a file that was changed.
"$tokenform" show "$PLAN" >/dev/null
while IFS= read -r allowed; do
  [ -z "$allowed" ] || options+=(--allow "$allowed")
done < <(jq -r '.allowed[]' "$PLAN")

# What tokenform prints has text from elsewhere in it, which the log must not obey.
stop=$(printf '%s' "$RANDOM$RANDOM$RANDOM$RANDOM" | sha256sum | cut -c 1-32)
echo "::stop-commands::$stop"
status=0
"$tokenform" apply "${options[@]}" --auto-approve --expect-digest "$(jq -r .digest "$PLAN")" 2>&1 ||
  status=$?
echo "::$stop::"
exit "$status"
