#!/bin/sh
# kubernetes.sh NAMESPACE SECRET: makes or replaces the Secret, with what it reads as its key "token".
set -eu
# The first kubectl only writes a manifest. /dev/stdin is read by it, so that no argument has the secret.
manifest=$(kubectl create secret generic "$2" --namespace="$1" --from-file=token=/dev/stdin \
  --dry-run=client --output=yaml)
# On the server's side: otherwise the Secret has a copy of itself in an annotation.
printf '%s\n' "$manifest" |
  kubectl apply --server-side --field-manager=tokenform --force-conflicts --filename=-
