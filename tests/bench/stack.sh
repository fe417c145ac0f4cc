# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by run.sh: a private, pinned stack, and what its parts used between two moments.

more_servers=() # of fleet-perf
more_perf_flags=()

# Durability as in production; enough memory that the data set is not read from disk.
mariadb_options=(--innodb-buffer-pool-size=1G --innodb-log-file-size=512M)

# As Redis is without a configuration. With its data appended to disk a storm of live queries makes it
# rewrite that file now and then, in a process that takes the stack's one processor for seconds.
redis_options=(--appendonly no)

ration_dir=/sys/fs/cgroup/cpu/fleet-bench

start_stack() {
    rm -rf "${data_dir:?}"/{mysql,redis,logs,fleet.yml,settings,preview.env}
    mkdir -p "$log_dir"
    load_settings
    api_token='' enroll_secret=''
    start_mariadb fleet fleet "$db_password"
    start_redis
    make_certificate "$data_dir/tls"
    write_server_config
    "$bin_dir/fleet-server" prepare db --no-prompt --config "$data_dir/fleet.yml" >"$log_dir/prepare.log" 2>&1
    start_server
    ensure_admin
    ensure_enroll_secret
    ensure_api_token
    write_env_file
    for name in mariadb redis; do
        taskset -acp "$stack_cpus" "$(pid_of "$name")" >/dev/null
        ration "$name"
    done
}

# With --stack-share the stack's processes get that part of a processor, in slices of 10 ms: a
# generator of the same size can then ask for more than the stack carries.
ration() {
    ((stack_share < 100)) || return 0
    if [[ ! -d $ration_dir ]]; then
        { mkdir "$ration_dir" && echo 10000 >"$ration_dir/cpu.cfs_period_us" &&
            echo "$((stack_share * 100))" >"$ration_dir/cpu.cfs_quota_us"; } 2>/dev/null ||
            fail "--stack-share needs control groups (version 1, cpu) and root" "Leave it out, or run this as root."
    fi
    pid_of "$1" >"$ration_dir/cgroup.procs"
}

start_server() {
    start_process server "$log_dir/server.log" taskset -c "$stack_cpus" \
        "$bin_dir/fleet-server" serve --config "$data_dir/fleet.yml" "${server_flags[@]}"
    must_come_up server 120 "$log_dir/server.log" fleet_is_healthy
    ration server
}

# A second instance on the same database and Redis; hosts go to both in turn from here on.
start_second_server() {
    local port_of_second url_of_first=$url
    port_of_second=$(free_port)
    start_process second "$log_dir/second.log" taskset -c "$stack_cpus" \
        "$bin_dir/fleet-server" serve --config "$data_dir/fleet.yml" "${server_flags[@]}" \
        "--server_address=$listen:$port_of_second" \
        "--filesystem_result_log_file=$log_dir/second-result.log" \
        "--filesystem_status_log_file=$log_dir/second-status.log"
    url=https://$(url_host):$port_of_second
    more_servers=(--server "$url")
    must_come_up second 120 "$log_dir/second.log" fleet_is_healthy
    url=$url_of_first
}

stop_stack() {
    local name
    for name in hosts server second redis mariadb; do stop_process "$name" 60; done
    [[ ! -d $ration_dir ]] || rmdir "$ration_dir"
}

# generator ARGS...: fleet-perf with the run's hosts; node keys are kept between calls.
generator() {
    taskset -c "$generator_cpus" "$bin_dir/fleet-perf" --server "$url" --ca "$data_dir/tls/ca.crt" \
        --enroll-secret "$enroll_secret" --state "$data_dir/hosts.state" --hosts "$hosts" --seed 7 \
        --mode "$mode" --pool "$pool" --threads "$threads" --profile "$profile" "${more_servers[@]}" "${more_perf_flags[@]}" "$@"
}

cpu_ticks() { awk '{ sub(/^.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; }
switches() { cat "/proc/$1"/task/*/status | awk '/ctxt_switches/ { n += $2 } END { print n }'; }
rss_kib() { awk '/^VmRSS/ { print $2 }' "/proc/$1/status"; }
peak_kib() { awk '/^VmHWM/ { print $2 }' "/proc/$1/status"; }

# sample FILE: counters of this moment, a name and a number a line.
sample() {
    local name
    {
        echo "time_ms $(($(date +%s%N) / 1000000))"
        for name in server mariadb redis; do
            echo "cpu_$name $(cpu_ticks "$(pid_of "$name")")"
        done
        echo "switches $(switches "$(pid_of server)")"
        # MariaDB 10.11 has Innodb_rows_inserted and its like, but does not count them any more.
        mariadb_sql -e "SHOW GLOBAL STATUS WHERE Variable_name IN ('Handler_write', 'Handler_update',
            'Handler_delete', 'Innodb_os_log_written', 'Com_commit', 'Questions')" | tr '\t' ' '
        redis-cli -s "$run_dir/redis.sock" info stats | tr -d '\r' |
            awk -F: '/^total_commands_processed/ { print "redis_commands", $2 }'
    } >"$1"
}

# used BEFORE AFTER NAME: the difference of one counter.
used() { awk -v n="$3" '$1 == n { v[FILENAME] = $2 } END { print v[ARGV[2]] - v[ARGV[1]] }' "$1" "$2"; }
