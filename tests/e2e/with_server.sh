#!/usr/bin/env bash
# usage: with_server.sh COMMAND...
# Runs COMMAND against a fresh preview on a free port, with what preview.env says in its environment,
# and ends the preview afterwards. FLEET_PREVIEW_BIN and FLEET_PREVIEW_DIR say which programs, and
# where the data goes; FLEET_E2E_HOSTS how many simulated hosts (25).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/docker/lib/say.sh"
source "$root/docker/lib/processes.sh"
source "$root/docker/lib/stack.sh"
: "${FLEET_PREVIEW_BIN:=$root/build/dev/bin}" "${FLEET_PREVIEW_DIR:=$root/build/dev/e2e}"
export FLEET_PREVIEW_BIN FLEET_PREVIEW_DIR

# Detail queries run again soon, so that tests need not wait for an hour.
export FLEET_OSQUERY_DETAIL_UPDATE_INTERVAL=${FLEET_OSQUERY_DETAIL_UPDATE_INTERVAL:-1m}

"$root/docker/preview.sh" --detach --fresh --port "$(free_port)" --hosts "${FLEET_E2E_HOSTS:-25}"
trap 'stop_process fresh 20; "$root/docker/preview.sh" --stop' EXIT

# A second server that nobody has set up yet, on a database of its own.
run_dir=$(socket_dir "$FLEET_PREVIEW_DIR") fresh_port=$(free_port)
mariadb_sql -e "CREATE DATABASE fleet_fresh CHARACTER SET utf8mb4; GRANT ALL ON fleet_fresh.* TO 'fleet'@'localhost'"
fresh_server=("$FLEET_PREVIEW_BIN/fleet-server" --config "$FLEET_PREVIEW_DIR/fleet.yml" --mysql_database fleet_fresh)
"${fresh_server[@]}" prepare db --no-prompt >"$FLEET_PREVIEW_DIR/logs/fresh.log" 2>&1
start_process fresh "$FLEET_PREVIEW_DIR/logs/fresh.log" "${fresh_server[@]}" serve --redis_database 1 \
    --server_address "127.0.0.1:$fresh_port"
fresh_is_healthy() { curl --silent --insecure --fail --output /dev/null "https://127.0.0.1:$fresh_port/healthz"; }
must_come_up fresh 30 "$FLEET_PREVIEW_DIR/logs/fresh.log" fresh_is_healthy
export FLEET_FRESH_URL=https://127.0.0.1:$fresh_port

set -a
# shellcheck disable=SC1091
source "$FLEET_PREVIEW_DIR/preview.env"
set +a
export FLEET_LOG_DIR=$FLEET_PREVIEW_DIR/logs
if ! "$@"; then
    say "--- last lines of $FLEET_LOG_DIR/server.log"
    tail -n 20 "$FLEET_LOG_DIR/server.log"
    fail "end-to-end tests failed; the logs are in $FLEET_LOG_DIR"
fi
