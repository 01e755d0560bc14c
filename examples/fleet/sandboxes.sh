#!/bin/sh
# sandboxes.sh start: starts the six clusters of fleet.yaml as sandboxes, and waits until they answer.
# sandboxes.sh stop: ends them.
set -eu

start() {
  for cluster in dev-eu:dev dev-us:dev dev-ap:dev prod-eu:prod-eu prod-us:prod prod-ap:prod; do
    port=$(sed -n "/^  ${cluster%:*}:/,/url:/s/.*url: .*://p" fleet.yaml)
    tokenform sandbox --listen "127.0.0.1:$port" --seed "seeds/${cluster#*:}.json" >/dev/null 2>&1 &
    echo $! >>sandboxes.pid
  done
  # Every sandbox has this management token.
  export INFLUX_DB_MANAGEMENT_TOKEN=sandbox-management-token
  tries=0
  until tokenform fleet list --trust-fleet-hosts >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ]; then
      echo "the sandboxes do not answer: is another program on one of the ports?" >&2
      exit 1
    fi
    sleep 1
  done
}

case ${1:-} in
  start) start ;;
  stop)
    xargs kill <sandboxes.pid
    rm sandboxes.pid
    ;;
  *)
    echo "sandboxes.sh start or sandboxes.sh stop" >&2
    exit 64
    ;;
esac
