#!/usr/bin/env bash
# Compares live with the policy, and keeps one issue for each $NAME: open while they differ or cannot
# be compared, and closed when they are the same again.
# Exits with 0 if the comparison was made, and as tokenform does if not.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=../common.sh
source "$here/../common.sh"

label=token-drift
check_name
status=0
DETAILED_EXITCODE=true bash "$here/../plan/plan.sh" || status=$?
# With changes 2, and 3 where a guardrail would deny to make them.
case $status in
  0) said="Live is as the policy says again." ;;
  2 | 3) said="Live differs from the policy. This is what would mend it:" ;;
  *) said="Live could not be read, or the policy does not fit it: tokenform ended with $status." ;;
esac

marker="<!-- tokenform:$NAME -->"
login=$(own_login)
issues=repos/$GITHUB_REPOSITORY/issues
mine=$(gh api --paginate "$issues?state=open&labels=$label&per_page=100" | first_own "$login" "$marker")

if [ "$status" -eq 0 ]; then
  if [ -n "$mine" ]; then
    number=$(jq -r .number <<<"$mine")
    gh api --method POST "$issues/$number/comments" --raw-field "body=$said" --silent
    gh api --method PATCH "$issues/$number" --raw-field state=closed --silent
  fi
  exit 0
fi

# Without a checkout there is not even a file that says that there is no plan.
markdown=$RUNNER_TEMP/tokenform-plan-$NAME/plan.md
[ -f "$markdown" ] || markdown=/dev/null
text=$(printf '%s\n\n' "$said" && sed '1{/^<!-- tokenform-plan -->$/d;}' "$markdown")
hash=$(sha256sum <<<"$text" | cut -c 1-64)
body=$RUNNER_TEMP/tokenform-drift-$NAME.md
printf '%s\n<!-- sha256=%s -->\n%s\n' "$marker" "$hash" "$text" >"$body"
fit "$body"
if [ -z "$mine" ]; then
  gh label create "$label" --repo "$GITHUB_REPOSITORY" --force \
    --description "Live tokens differ from the policy"
  gh api --method POST "$issues" --raw-field "title=Database tokens have drifted from the policy ($NAME)" \
    --field "body=@$body" --raw-field "labels[]=$label" --silent
elif [ "$(second_line "$(jq -r .body <<<"$mine")")" != "<!-- sha256=$hash -->" ]; then
  number=$(jq -r .number <<<"$mine")
  gh api --method PATCH "$issues/$number" --field "body=@$body" --silent
  gh api --method POST "$issues/$number/comments" \
    --raw-field "body=This has changed; the description above is of now." --silent
fi
case $status in
  2 | 3) exit 0 ;;
  *) exit "$status" ;;
esac
