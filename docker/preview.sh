#!/usr/bin/env bash
# Starts a whole Fleet on this machine: see --help.
set -euo pipefail
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$source_dir/docker/lib/say.sh"
source "$source_dir/docker/lib/processes.sh"
source "$source_dir/docker/lib/stack.sh"
source "$source_dir/docker/lib/first_steps.sh"

usage() {
    cat <<'EOT'
usage: docker/preview.sh [--detach | --stop] [--hosts N] [--port P] [--fresh]

Installs what is missing, builds Fleet, starts it with a private MariaDB and Redis, enrols this
machine and some simulated hosts, and prints the address and login. Ctrl-C stops all of it.

  --detach        return when everything is healthy; it keeps running
  --stop          stop a running preview (also one in another terminal); data is kept
  --hosts N       simulated hosts beside this machine (default 25)
  --port P        port of the server (default 8412)
  --listen ADDR   address it listens on (default 127.0.0.1: only this machine can reach it)
  --fresh         wipe the data of an earlier preview first
  -h, --help      this text

Everything is kept below build/preview: preview.env has the address, the login, an API token and the
enroll secret; logs/ has server.log and the osquery results and status lines, result.log, status.log.
FLEET_* variables configure the server as usual, except for its addresses, database, Redis and logs.

For tests: FLEET_PREVIEW_DIR puts the data elsewhere; FLEET_PREVIEW_BIN names a folder with built
programs to use as they are (nothing is installed or built then).
EOT
}

hosts=25 port=8412 listen=127.0.0.1 detach=no stop=no fresh=no
number_or_fail() { [[ $2 =~ ^[0-9]+$ ]] && (($2 <= $3)) || fail "$1 wants a number up to $3, not '$2'"; }
while (($#)); do
    case $1 in
        --hosts=* | --port=* | --listen=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" && continue ;;
        --hosts | --port | --listen)
            (($# > 1)) || fail "$1 wants a value"
            printf -v "${1#--}" '%s' "$2"
            shift
            ;;
        --detach) detach=yes ;;
        --stop) stop=yes ;;
        --fresh) fresh=yes ;;
        -h | --help) usage && exit 0 ;;
        *) fail "unknown option: $1" "Try: docker/preview.sh --help" ;;
    esac
    shift
done
number_or_fail --hosts "$hosts" 20000
number_or_fail --port "$port" 65535

data_dir=${FLEET_PREVIEW_DIR:-$source_dir/build/preview}
mkdir -p "$data_dir"
data_dir=$(cd "$data_dir" && pwd)
log_dir=$data_dir/logs
run_dir=$(socket_dir "$data_dir")
build_first=${FLEET_PREVIEW_BIN:+no}
bin_dir=${FLEET_PREVIEW_BIN:-$source_dir/build/release/bin}
env_file=$data_dir/preview.env

# In the order of dependence, last one first: the hosts stop talking before the server drains, the
# server writes what it holds before the database goes.
stop_all() {
    local was_running=no name
    for name in hosts server redis mariadb; do
        is_alive "$name" && was_running=yes
        stop_process "$name" 30
    done
    [[ $was_running == yes ]]
}

if [[ $stop == yes ]]; then
    if stop_all; then say "The preview is stopped; its data is kept in $data_dir."; else say "No preview is running."; fi
    exit 0
fi

# What preview.env sets is no configuration of the server; and a preview must never reach for the
# database of another installation that this shell happens to be set up for.
unset FLEET_URL FLEET_CA_FILE FLEET_ADMIN_EMAIL FLEET_ADMIN_PASSWORD FLEET_API_TOKEN FLEET_ENROLL_SECRET
unset FLEET_PREVIEW_DIR FLEET_PREVIEW_BIN "${!FLEET_MYSQL_@}" "${!FLEET_REDIS_@}"
unset FLEET_SERVER_ADDRESS FLEET_SERVER_CERT FLEET_SERVER_KEY "${!FLEET_FILESYSTEM_@}"

step_total=8
if [[ $fresh == yes ]]; then
    stop_all || true
    rm -rf "${data_dir:?}"/{mysql,redis,tls,logs,preview.env,settings,fleet.yml}
elif is_alive server && is_alive hosts && is_alive mariadb && is_alive redis; then
    say "A preview is running already."
    show_login
    say "Stop it with: docker/preview.sh --stop"
    exit 0
else
    stop_all || true # what an interrupted start may have left
fi
mkdir -p "$log_dir"

if port_is_busy "$port"; then
    fail "port $port on this machine is taken by another program" \
        "Choose another one (docker/preview.sh --port 9443), or find it with: ss -ltnp 'sport = :$port'"
fi

# From here on, whatever happens, nothing is left running unless we reach the end with --detach.
trap 'trap - EXIT; trap "" INT TERM HUP; stop_all || true' EXIT
trap 'say; say "Stopping..."; exit 130' INT
trap 'exit 143' TERM HUP

step "Packages"
if [[ -z $build_first ]]; then
    "$source_dir/docker/install-deps.sh" build run 2>&1 | progress "$log_dir/install.log" ||
        fail "packages could not be installed:" "$(tail -n 3 "$log_dir/install.log")"
    done_step
    step "Building fleet-server and fleet-perf (the first time takes several minutes)"
    need_disk "$data_dir" 3000 "a build"
    {
        cd "$source_dir"
        [[ -f build/release/build.ninja ]] || cmake --preset release
        cmake --build --preset release --parallel "$(build_jobs)" --target fleet-server fleet-perf
    } 2>&1 | progress "$log_dir/build.log" ||
        fail "the build failed:" "$(grep -E 'error|FAILED|Killed' "$log_dir/build.log" | tail -n 5)" \
            "The whole output is in $log_dir/build.log"
    done_step
else
    for tool in mariadbd mariadb-install-db redis-server curl jq openssl; do
        PATH=$PATH:/usr/sbin command -v "$tool" >/dev/null || fail "$tool is missing" "Run docker/install-deps.sh"
    done
    [[ -x $bin_dir/fleet-server && -x $bin_dir/fleet-perf ]] || fail "no fleet-server and fleet-perf in $bin_dir"
    done_step "as they are"
    step "Programs"
    done_step "from $bin_dir"
fi

step "MariaDB and Redis"
need_disk "$data_dir" 600 "the database"
load_settings
start_mariadb fleet fleet "$db_password"
start_redis
save_settings
done_step "sockets in ${run_dir#"$PWD"/}"

step "Certificate and database schema"
make_certificate "$data_dir/tls"
write_server_config
"$bin_dir/fleet-server" prepare db --no-prompt --config "$data_dir/fleet.yml" >>"$log_dir/prepare.log" 2>&1 ||
    fail "the migrations failed:" "$(tail -n 5 "$log_dir/prepare.log")"
done_step

step "Server"
start_process server "$log_dir/server.log" "$bin_dir/fleet-server" serve --config "$data_dir/fleet.yml"
must_come_up server 60 "$log_dir/server.log" fleet_is_healthy
done_step "$url"

step "Administrator, API token and enroll secret"
ensure_admin
ensure_enroll_secret
ensure_api_token
write_env_file
done_step

step "Hosts: this machine and $hosts simulated ones"
: >"$log_dir/hosts.log"
start_process hosts "$log_dir/hosts.log" "$bin_dir/fleet-perf" --server "$url" --ca "$data_dir/tls/ca.crt" \
    --enroll-secret "$enroll_secret" --hosts "$hosts" --this-machine --seed 1 --pacing osquery --obey-config --duration 87600h
must_come_up hosts 90 "$log_dir/hosts.log" enough_hosts_online $((hosts + 1))
done_step "$(online_hosts) online"

step "Ready after $(elapsed)"
show_login

if [[ $detach == yes ]]; then
    trap - EXIT INT TERM HUP
    say "Stop it with: docker/preview.sh --stop"
    exit 0
fi

say "Press Ctrl-C to stop."
while is_alive server && is_alive hosts && is_alive mariadb && is_alive redis; do sleep 1; done
for name in server hosts mariadb redis; do
    is_alive "$name" || fail "$name has ended; the last lines of its log:" "$(tail -n 8 "$log_dir/$name.log")"
done
say "The preview was stopped."
