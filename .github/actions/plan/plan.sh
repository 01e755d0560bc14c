#!/usr/bin/env bash
# Plans the policy in $POLICY, one path a line, with the allowances in $ALLOW, one a line. Writes the
# plan, its Markdown and its annotations, and exits as tokenform does: 0 with or without changes, 3 if
# a guardrail denies, 1 for an error. The Markdown is there whatever happens.
set -uo pipefail

folder=${RUNNER_TEMP:-/tmp}/tokenform-plan
rm -rf "$folder"
mkdir -p "$folder"

options=()
while IFS= read -r path; do
  [ -z "$path" ] || options+=(-f "$path")
done <<<"$POLICY"
while IFS= read -r allowance; do
  [ -z "$allowance" ] || options+=(--allow "$allowance")
done <<<"${ALLOW:-}"
[ -z "${API_URL:-}" ] || options+=(--url "$API_URL")
[ -z "${GUARDRAILS:-}" ] || options+=(--policy-guardrails "$GUARDRAILS")

# Findings go to their lines as annotations; what people read is in the log and in the comment.
"${TOKENFORM:-tokenform}" plan "${options[@]}" --out "$folder/plan.json" \
  --format github --format "text=$folder/plan.txt" --format "markdown=$folder/plan.md"
status=$?

if [ -f "$folder/plan.txt" ]; then
  # The log obeys commands at the start of a line, and a plan has text from elsewhere in it.
  stop=$(printf '%s' "$RANDOM$RANDOM$RANDOM$RANDOM" | sha256sum | cut -c 1-32)
  echo "::stop-commands::$stop"
  cat "$folder/plan.txt"
  echo "::$stop::"
fi
if [ ! -f "$folder/plan.md" ]; then
  # It did not come so far as to write one, and an earlier plan must not stand in the comment.
  cat >"$folder/plan.md" <<END
<!-- tokenform-plan -->
## tokenform plan

**There is no plan:** tokenform ended with $status. The log of the job says why.
END
fi
cat "$folder/plan.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
echo "markdown=$folder/plan.md" >>"${GITHUB_OUTPUT:-/dev/null}"
# Where there is no plan, the file says why.
if jq -e .digest "$folder/plan.json" >/dev/null 2>&1; then
  {
    echo "plan=$folder/plan.json"
    echo "digest=$(jq -r .digest "$folder/plan.json")"
    echo "changes=$(jq -r .summary.changes "$folder/plan.json")"
  } >>"${GITHUB_OUTPUT:-/dev/null}"
fi
exit "$status"
