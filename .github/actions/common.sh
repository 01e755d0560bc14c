# shellcheck shell=bash
# What the scripts of the actions share. For scripts with set -euo pipefail.

# refuse MESSAGE: says it as an annotation, and ends the script.
refuse() {
  local text=${1//'%'/%25}
  text=${text//$'\r'/%0D}
  printf '::error title=tokenform::%s\n' "${text//$'\n'/%0A}"
  exit 1
}

# The name stands in a comment, in names of artifacts and in a path.
check_name() {
  local LC_ALL=C
  [[ ${NAME:-} =~ ^[A-Za-z0-9._-]{1,64}$ ]] ||
    refuse "the input name must be 1 to 64 letters, digits, dots, underscores and hyphens"
}

# Of a composite action GitHub does not check that required inputs are given.
check_url() {
  [ -n "${API_URL:-}" ] ||
    refuse "the input url is missing: it says which host gets the management token, and the policy must not"
}

# tokenform keeps journals and the sandbox's state in .tokenform. Those of a commit are not its own.
check_checkout() {
  local found
  found=$(find "${GITHUB_WORKSPACE:-.}" -name .git -prune -o -iname .tokenform -print -quit)
  [ -z "$found" ] || refuse "$found is in the checkout, and a commit must not bring one along: remove it"
}

# Fills the array options with what the inputs say about policy, cluster and guardrails.
read_options() {
  local line platform=${PLATFORM:-${GUARDRAILS:-}}
  options=()
  while IFS= read -r line; do
    [ -z "$line" ] || options+=(-f "$line")
  done <<<"$POLICY"
  # Not from the plan's file: the run that made it decides nothing here but what is compared.
  while IFS= read -r line; do
    [ -z "$line" ] || options+=(--allow "$line")
  done <<<"${ALLOW:-}"
  [ -z "${API_URL:-}" ] || options+=(--url "$API_URL")
  [ -z "${ACCOUNT:-}" ] || options+=(--account "$ACCOUNT")
  [ -z "${CLUSTER:-}" ] || options+=(--cluster "$CLUSTER")
  [ -z "${GUARDRAILS:-}" ] || [ "$platform" = "$GUARDRAILS" ] ||
    refuse "the inputs platform and guardrails name two files; guardrails is the old name of platform"
  [ -z "$platform" ] || options+=(--platform "$platform")
}

# Makes the folder $journal, outside the checkout: no commit can bring a journal along that a rollback
# would take for ours.
make_journal() {
  journal=$RUNNER_TEMP/tokenform-journal-$NAME
  mkdir -p "$journal"
  chmod 700 "$journal"
  echo "journal=$journal" >>"$GITHUB_OUTPUT"
}

# stop_commands and resume_commands: what is printed between them, the log does not obey.
stop_commands() {
  resume=$(printf '%s' "$RANDOM$RANDOM$RANDOM$RANDOM" | sha256sum | cut -c 1-32)
  echo "::stop-commands::$resume"
}

resume_commands() {
  echo "::$resume::"
}

# Who writes with the GitHub token that is in use, such as github-actions[bot].
own_login() {
  gh api graphql --raw-field query='query { viewer { login } }' --jq .data.viewer.login
}

# first_own LOGIN MARKER: of the comments or issues on standard input, pages of JSON, the first that
# LOGIN wrote and whose first line is MARKER; nothing if there is none. Anybody can write that line.
first_own() {
  jq -cs --arg login "$1" --arg marker "$2" \
    'def line: (. // "") | split("\n")[0] // "" | rtrimstr("\r");
     [.[][] | select(.user.login == $login and .pull_request == null and (.body | line) == $marker)][0]
     // empty'
}

# second_line TEXT
second_line() {
  printf '%s\n' "$1" | sed -n '2{s/\r$//;p;}'
}

# fit FILE: a comment or an issue has at most 65,536 characters. Of a longer one the first two lines
# stay, which are for machines, and where to read the rest.
fit() {
  [ "$(LC_ALL=C.UTF-8 wc -m <"$1")" -gt 65536 ] || return 0
  sed -n 1,2p "$1" >"$1.short"
  printf '\n## tokenform plan\n\n**This is too large to be shown here.** Read it in the summary of run %s.\n' \
    "$GITHUB_RUN_ID" >>"$1.short"
  mv "$1.short" "$1"
}
