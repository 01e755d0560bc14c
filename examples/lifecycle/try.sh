#!/bin/sh
# try.sh FILE…: starts the sandbox that tokenform apply has left here, and says what it answers to a
# write with the secret in each file: 204 done, 403 no access any more, 401 revoked.
set -eu
address=127.0.0.1:${PORT:-8086}
tokenform sandbox --data .tokenform/sandbox.json --listen "$address" >/dev/null 2>&1 &
trap 'kill $!' EXIT
for file; do
  # printf is part of the shell: the secret is in no argument of a program.
  printf 'Authorization: Bearer %s' "$(cat "$file")" |
    curl --silent --retry 30 --retry-connrefused --retry-delay 1 --output /dev/null \
      --write-out "%{http_code}  $file\n" --header @- --data 'orders value=1' \
      "http://$address/api/v2/write?bucket=orders"
done
