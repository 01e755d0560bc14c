#!/bin/sh
# github-actions.sh OWNER/REPOSITORY: makes or replaces the Actions secret INFLUX_NAME, with what it reads.
set -eu
# A secret's name there has letters, digits and underscores.
name=INFLUX_$(printf '%s' "$TOKENFORM_TOKEN_NAME" | tr 'a-z.-' 'A-Z__')
# gh reads the value from standard input where no --body is given.
exec gh secret set "$name" --repo "$1"
