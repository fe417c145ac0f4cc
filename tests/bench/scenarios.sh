# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by run.sh: one function a scenario.

enrol_all() {
    step "Enrolling $hosts hosts"
    if [[ $software == no ]]; then
        session_token=$api_token
        api_or_fail PATCH /api/latest/fleet/config '{"features": {"enable_software_inventory": false}}'
    fi
    # Fast enough to wait for, slow enough that it is no storm.
    local rate=400
    [[ $mode == pooled ]] || rate=300
    generator --duration "$((hosts / rate + 25))s" --start-period "$((hosts / rate + 1))s" \
        --distributed-interval 5s --quiet >"$log_dir/enrol.txt" 2>&1 ||
        warn "errors while enrolling: $(grep -A3 '^errors' "$log_dir/enrol.txt" | tail -n 3)"
    all_have_inventory || warn "not every host has delivered its inventory; wait longer or enrol slower"
    done_step "$(online_hosts) online"
}

# measure LOG ARGS...: runs the hosts; samples the stack when the counted part begins and ends.
# What MEANWHILE names is called once counting has begun.
measure() {
    local log_file=$1 pid
    shift
    generator --warm-up "$warm_up" --duration "$duration" --start-period "${start_period:-$warm_up}" \
        --pacing "$pacing" --distributed-interval "$read" --config-interval "$config" --logger-interval "$log" \
        --log-lines 1 --json "$data_dir/report.json" "$@" >"$log_file" 2>&1 &
    pid=$!
    until grep -q '^counting' "$log_file" 2>/dev/null; do
        kill -0 "$pid" 2>/dev/null || fail "the generator ended early:" "$(tail -n 5 "$log_file")"
        sleep 0.1
    done
    sample "$data_dir/before"
    if [[ -n ${meanwhile:-} ]]; then "$meanwhile"; fi
    local status=0
    while kill -0 "$pid" 2>/dev/null && ! grep -q '^counted' "$log_file"; do sleep 0.1; done
    sample "$data_dir/after"
    wait "$pid" || status=$?
    ((status == 0)) || warn "the generator counted errors; see $log_file"
}

# cost_of_host_hour: CPU-seconds of server, MariaDB and Redis between the two samples.
cost_of_host_hour() {
    local b=$data_dir/before a=$data_dir/after
    awk -v ticks="$(($(used "$b" "$a" cpu_server) + $(used "$b" "$a" cpu_mariadb) + $(used "$b" "$a" cpu_redis)))" \
        -v hz="$(getconf CLK_TCK)" -v ms="$(used "$b" "$a" time_ms)" -v hosts="$hosts" \
        'BEGIN { printf "%.5f", ticks / hz / (hosts * ms / 3600000) }'
}

# One line of a table of runs; its heading is in table_of_runs.
table_of_runs='run                            hosts   req/s  errors   CPU-s per host-hour  read p99 ms  slip p99 ms'
line_of_run() {
    local cost
    cost=$(cost_of_host_hour)
    jq -r '[.seconds, ([.endpoints[].answered] | add), .errors, .endpoints["distributed/read"].latency.p99_ms,
        .slip.p99_ms, (if .void then "VOID" else "" end)] | @tsv' "$data_dir/report.json" |
        awk -F '\t' -v run="$1" -v hosts="$hosts" -v cost="$cost" \
            '{ printf "%-28s%8d%8.0f%8d%22s%13.2f%13.2f  %s\n", run, hosts, $2 / $1, $3, cost, $4, $5, $6 }'
}

# The one table: what a host-hour costs, and what the hosts saw.
show_table() {
    local b=$data_dir/before a=$data_dir/after ms hz server db redis
    ms=$(used "$b" "$a" time_ms) hz=$(getconf CLK_TCK)
    server=$(used "$b" "$a" cpu_server) db=$(used "$b" "$a" cpu_mariadb) redis=$(used "$b" "$a" cpu_redis)
    local rows
    rows=$(($(used "$b" "$a" Handler_write) + $(used "$b" "$a" Handler_update) + $(used "$b" "$a" Handler_delete)))
    jq -r --argjson ms "$ms" --argjson hz "$hz" --argjson hosts "$hosts" \
        --argjson server "$server" --argjson db "$db" --argjson redis "$redis" --argjson rows "$rows" \
        --argjson redo "$(used "$b" "$a" Innodb_os_log_written)" --argjson commits "$(used "$b" "$a" Com_commit)" \
        --argjson commands "$(used "$b" "$a" redis_commands)" --argjson switches "$(used "$b" "$a" switches)" \
        --argjson rss "$(rss_kib "$(pid_of server)")" --argjson peak "$(peak_kib "$(pid_of server)")" \
        -f "$source_dir/tests/bench/table.jq" "$data_dir/report.json"
}

scenario_plain() {
    enrol_all
    step "Measuring for $duration after $warm_up"
    measure "$log_dir/hosts.txt"
    done_step
    show_table
}

live_query() {
    sleep 2
    FLEET_ANSWERS=$data_dir/answers.txt NODE_EXTRA_CA_CERTS=$data_dir/tls/ca.crt FLEET_URL=$url FLEET_API_TOKEN=$api_token NODE_NO_WARNINGS=1 \
        node --experimental-websocket "$source_dir/tests/bench/live.mjs" "${live_sql:-SELECT 1 AS one}" 60 \
        "${live_enough:-$hosts}" >"$data_dir/live.json" || fail "the live query failed"
}

scenario_live() {
    enrol_all
    step "Measuring for $duration after $warm_up"
    rm -f "$data_dir/answers.txt"
    meanwhile=live_query measure "$log_dir/hosts.txt" --answers "$data_dir/answers.txt"
    done_step
    show_table
    echo
    jq -r '"live query: \(.answered) of \(.targets) hosts answered, \(.rows) rows, \(.doubled) twice; first \(.first_ms) ms, p50 \(.p50_ms) ms, p95 \(.p95_ms) ms, p99 \(.p99_ms) ms, last \(.last_ms) ms",
        (to_entries[] | select(.key | endswith("_to_socket")) | .value as $v
            | "\(.key | gsub("_"; " ")): \($v.count) answers, p50 \($v.p50_ms) ms, p99 \($v.p99_ms) ms, max \($v.max_ms) ms")' \
        "$data_dir/live.json"
}

# Everybody at once, as after a roll-out: how long until the last host is in with its inventory.
scenario_enrol() {
    step "$hosts hosts enrol at once"
    warm_up=1s start_period=1s
    local began
    began=$(date +%s%N)
    meanwhile=wait_for_inventory measure "$log_dir/hosts.txt"
    done_step
    show_table
    printf '\nlast host in with its inventory after %s ms\n' "$((inventory_done_at / 1000000 - began / 1000000))"
}

wait_for_inventory() {
    wait_until 600 all_have_inventory || fail "not all hosts are in after 10 minutes"
    inventory_done_at=$(date +%s%N)
}

all_have_inventory() {
    local known
    known=$(mariadb_sql fleet -e "SELECT COUNT(*) FROM hosts WHERE detail_updated_at > '2001-01-01'")
    ((known >= hosts))
}

# One after the other on one connection, as a program would; 250 processes with a handshake each
# would be seen in the hosts' latencies.
broadcasts_and_singles() {
    local all id
    session_token=$api_token
    api_or_fail GET /api/latest/fleet/labels
    all=$(jq '.labels[] | select(.name == "All Hosts") | .id' <<<"$body")
    {
        for _ in {1..50}; do run_request '{"query": "SELECT 1", "selected": {"labels": ['"$all"']}}'; done
        for id in $(mariadb_sql fleet -e 'SELECT id FROM hosts ORDER BY id DESC LIMIT 200'); do
            run_request '{"query": "SELECT 2", "selected": {"hosts": ['"$id"']}}'
        done
    } | sed '$d' >"$data_dir/campaigns.curl" # the last one has no next
    taskset -c "$generator_cpus" curl --no-progress-meter --config "$data_dir/campaigns.curl" >"$data_dir/campaigns.txt" ||
        fail "the live queries could not be started; see $data_dir/campaigns.txt"
}

# run_request BODY: starts a live query; an entry of a file for curl.
run_request() {
    local json=${1//\"/\\\"}
    printf '%s\n' "url = \"$url/api/latest/fleet/queries/run\"" "cacert = \"$data_dir/tls/ca.crt\"" \
        "header = \"Authorization: Bearer $api_token\"" 'fail' "data = \"$json\"" next
}

scenario_campaigns() {
    enrol_all
    step "Measuring for $duration without live queries"
    measure "$log_dir/hosts-quiet.txt" --timeline "$data_dir/timeline-quiet.txt"
    done_step
    show_table
    step "Measuring for $duration with 50 live queries to all hosts and 200 to one each"
    meanwhile=broadcasts_and_singles measure "$log_dir/hosts.txt" --timeline "$data_dir/timeline.txt"
    done_step
    show_table
}

# The server is killed and started again under all its connections.
restart_server() {
    local began
    sleep 5
    began=$(date +%s%N)
    kill -KILL "$(pid_of server)"
    wait_until 10 is_gone server
    start_server
    back_healthy_ms=$((($(date +%s%N) - began) / 1000000))
    if [[ $mode == kept ]]; then wait_until 120 all_connected || warn "not all hosts are back after 2 minutes"; fi
    all_back_ms=$((($(date +%s%N) - began) / 1000000))
}

all_connected() { (($(ss -Htn state established "sport = :$port" | wc -l) >= hosts)); }

scenario_restart() {
    enrol_all
    step "Killing and starting the server under $hosts hosts"
    meanwhile=restart_server measure "$log_dir/hosts.txt"
    done_step
    # The counters of the killed process are gone: only what the hosts saw is comparable.
    sed -n '/^endpoint/,$p' "$log_dir/hosts.txt"
    printf '\nhealthy again after %s ms, all hosts connected after %s ms\n' "$back_healthy_ms" "$all_back_ms"
}

admin_pages() {
    local path
    : >"$data_dir/admin.txt"
    for path in 'hosts?per_page=100&order_key=hostname' 'host_summary' 'labels' 'hosts/count'; do
        for _ in {1..100}; do
            printf '%s %s\n' "$path" "$(curl -fsS -o /dev/null -w '%{time_starttransfer} %{time_appconnect}' \
                --cacert "$data_dir/tls/ca.crt" -H "Authorization: Bearer $api_token" "$url/api/latest/fleet/$path")"
        done
    done >>"$data_dir/admin.txt"
}

scenario_admin() {
    enrol_all
    step "Measuring for $duration with an administrator at work"
    meanwhile=admin_pages measure "$log_dir/hosts.txt"
    done_step
    show_table
    show_table_of_pages
}

show_table_of_pages() {
    printf '\n%-44s%10s%10s\n' 'page (handshake not counted)' 'p50 ms' 'p99 ms'
    awk '{ print $1, ($2 - $3) * 1000 }' "$data_dir/admin.txt" | sort -k1,1 -k2,2n | awk '
        { v[$1, ++n[$1]] = $2 }
        END { for (p in n) printf "%-44s%10.1f%10.1f\n", p, v[p, int(n[p] * 0.5 + 0.5)], v[p, int(n[p] * 0.99 + 0.5)] }'
}

# The agent options change under load; every host must get the new ones with its next request.
change_options() {
    sleep 5
    session_token=$api_token
    api_or_fail GET /api/latest/fleet/config
    local options
    options=$(jq -c '{agent_options: (.agent_options | .config.options.logger_tls_period = 17)}' <<<"$body")
    api_or_fail PATCH /api/latest/fleet/config "$options"
    local began
    began=$(date +%s%N)
    if wait_until 180 all_have_options; then options_everywhere_ms=$((($(date +%s%N) - began) / 1000000)); fi
}

all_have_options() {
    (($(mariadb_sql fleet -e 'SELECT COUNT(*) FROM hosts WHERE logger_tls_period = 17') >= hosts))
}

scenario_edit() {
    enrol_all
    step "Measuring for $duration while the agent options change"
    options_everywhere_ms=never
    meanwhile=change_options measure "$log_dir/hosts.txt"
    done_step
    show_table
    printf '\nnew options known to all hosts after %s ms (they ask every %s)\n' "$options_everywhere_ms" "$config"
}
