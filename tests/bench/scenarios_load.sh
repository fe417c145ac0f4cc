# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by run.sh: scenarios that compare several runs, or that push the stack beyond what it carries.

# A stack without any hosts, for the next of several runs.
fresh_stack() {
    stop_stack
    rm -f "$data_dir/hosts.state"
    start_stack
}

# 1k, 10k, 50k and 100k hosts: a host should cost the same however many there are.
scenario_scale() {
    local lines=() costs=()
    mode=pooled step_total=9
    for hosts in ${scale_steps:-1000 10000 50000 100000}; do
        fresh_stack
        enrol_all
        step "Measuring $hosts hosts for $duration after $warm_up"
        measure "$log_dir/hosts.txt"
        done_step
        lines+=("$(line_of_run pooled)")
        costs+=("$(cost_of_host_hour)")
    done
    echo
    printf '%s\n' "$table_of_runs" "${lines[@]}"
    printf '%s\n' "${costs[@]}" | awk '
        { sum += $1; if (NR == 1 || $1 < low) low = $1; if ($1 > high) high = $1 }
        END { printf "\nspread (highest - lowest) / mean: %.1f %%\n", 100 * (high - low) / (sum / NR) }'
}

# The same stock hosts, their reads answered at once and parked.
scenario_stock() {
    local lines=()
    mode=stock step_total=5
    for hold in 0s 13s; do
        server_flags=("--osquery_distributed_hold=$hold" "--osquery_detail_update_interval=$detail"
            --auth_login_rate_limit=0)
        pacing=open
        [[ $hold == 0s ]] || pacing=osquery
        fresh_stack
        enrol_all
        step "Measuring $hosts stock hosts, reads held for $hold"
        measure "$log_dir/hosts.txt"
        done_step
        lines+=("$(line_of_run "stock, hold $hold")")
    done
    echo
    printf '%s\n' "$table_of_runs" "${lines[@]}"
}

# What a large fleet shows, of which only the enrolment takes minutes: plain polling for the whole
# duration, then a minute each with an administrator at work and with hosts that name the
# configuration they have.
scenario_large() {
    local lines=()
    step_total=6
    enrol_all
    step "Measuring $hosts hosts for $duration after $warm_up"
    measure "$log_dir/hosts.txt"
    done_step
    lines+=("$(line_of_run plain)")
    show_table
    duration=60s
    step "Measuring for $duration with an administrator at work"
    meanwhile=admin_pages measure "$log_dir/hosts-admin.txt"
    done_step
    lines+=("$(line_of_run 'an administrator at work')")
    show_table_of_pages
    step "Measuring for $duration hosts that name their configuration"
    measure "$log_dir/hosts-etags.txt" --etags
    done_step
    lines+=("$(line_of_run etags)")
    show_table
    echo
    printf '%s\n' "$table_of_runs" "${lines[@]}"
}

# A schedule as a security team has: 100 queries, of which no host runs one within the run.
add_schedule() {
    local n
    session_token=$api_token
    for n in {1..100}; do
        api_or_fail POST /api/latest/fleet/queries "$(jq -nc --arg n "$n" '{name: "Query \($n)", interval: 86400,
            automations_enabled: true, logging: "differential", query:
            "SELECT p.pid, p.name, p.path, p.cmdline, u.username FROM processes p JOIN users u ON u.uid = p.uid WHERE p.pid > \($n)"}')"
    done
}

# What agents save that name the configuration they have (agent-api E.2).
scenario_etags() {
    local files=() flags report
    step_total=4
    add_schedule
    enrol_all
    for flags in '' --etags; do
        step "Measuring for $duration, agents that$([[ $flags ]] || echo " do not") name their configuration"
        # shellcheck disable=SC2086
        measure "$log_dir/hosts$flags.txt" $flags
        done_step
        report=$data_dir/report${flags:---plain}.json
        cp "$data_dir/report.json" "$report"
        files+=("$report")
    done
    jq -rs '
        def per_poll: .config_bytes / .endpoints.config.answered;
        def all: (.bytes_in + .bytes_out) / .hosts / .seconds * 3600 / 1024;
        def fewer($a; $b): "\((1 - $b / $a) * 1000 | round / 10) % fewer";
        .[0] as $a | .[1] as $b
        | "etag\twithout\twith",
        "bytes of a configuration\t\($a | per_poll | round)\t\($b | per_poll | round)\t\(fewer($a | per_poll; $b | per_poll))",
        "KiB of a host-hour, both ways, with heads\t\($a | all | round)\t\($b | all | round)\t\(fewer($a | all; $b | all))",
        "errors\t\($a.errors)\t\($b.errors)"' "${files[@]}" | column -ts $'\t'
}

# polls_between FROM TO: of the timeline, requests a second, errors, and the mean of the seconds' p99.
polls_between() {
    awk -v from="$1" -v to="$2" '
        $1 > from && $1 <= to { n++; sent += $2; got += $3; bad += $4; if ($6 > worst) worst = $6; sum += $6 }
        END { if (n) printf "%.0f %.0f %d %.1f %.1f\n", sent / n, got / n, bad, sum / n, worst }' "$data_dir/timeline.txt"
}

# Raises the rate by the root of two every 20 s, from that of the options to sixteen times it. The
# knee is the last step before p99 passes a second, one in a hundred fails or answers fall behind.
find_knee() {
    local plan='' factor from sent got bad p99 _ i=0
    local factors=(1 1.4 2 2.8 4 5.6 8 11 16)
    for factor in "${factors[@]}"; do plan+=${plan:+,}20s:$factor; done
    duration=$((20 * ${#factors[@]}))s measure_steps "$plan"
    for factor in "${factors[@]}"; do
        from=$((i++ * 20 + 10)) # a rate takes hold of a host with its next poll
        read -r sent got bad p99 _ < <(polls_between "$from" "$((from + 10))")
        awk -v s="$sent" -v g="$got" -v b="$bad" -v p="$p99" 'BEGIN { exit !(p < 1000 && g > 0.97 * s && b < s * 0.01) }' ||
            break
        knee=$got
    done
    ((knee > 0)) || fail "the first step was too much already; take fewer hosts"
    say "the stack carries about $knee requests a second"
}

measure_steps() {
    rm -f "$data_dir/timeline.txt"
    measure "$log_dir/hosts.txt" --rate-plan "$1" --timeline "$data_dir/timeline.txt"
}

# 70 % of the knee, twice the knee, 70 % again: how much is refused, and how soon all is well.
scenario_overload() {
    # With few connections it is the generator where requests would queue, and the server would not
    # see the overload.
    ((pool >= 3000)) || pool=3000
    step_total=5
    enrol_all
    if ((knee == 0)); then
        step "Looking for the knee with $hosts hosts"
        find_knee
        done_step
    fi
    local base quiet wild seconds=${duration%s}
    base=$(awk -v h="$hosts" -v r="${read%s}" -v c="${config%s}" 'BEGIN { print h / r + h / c }')
    quiet=$(awk -v k="$knee" -v b="$base" 'BEGIN { printf "%.3f", 0.7 * k / b }')
    wild=$(awk -v k="$knee" -v b="$base" 'BEGIN { printf "%.3f", 2 * k / b }')
    step "30 s at 70 % of $knee requests a second, $seconds s at 200 %, 60 s at 70 %"
    duration=$((90 + seconds))s measure_steps "30s:$quiet,${seconds}s:$wild,60s:$quiet"
    done_step
    printf '\n%-12s%10s%12s%10s%20s%16s\n' phase sent/s answered/s errors 'p99 ms (mean of s)' 'p99 ms (worst)'
    local phase from to
    while read -r phase from to; do
        # shellcheck disable=SC2046,SC2183
        printf '%-12s%10s%12s%10s%20s%16s\n' "$phase" $(polls_between "$from" "$to")
    done <<PHASES
before 10 30
overload 30 $((30 + seconds))
after $((30 + seconds)) $((90 + seconds))
PHASES
    awk -v end="$((30 + seconds))" '
        $1 > 10 && $1 <= 30 { sum += $6; n++ }
        $1 > end { limit = 2 * sum / n + 5; if ($6 > limit || $4 > 0) last = $1 }
        END { printf "\nnormal again (p99 below twice that of before, no errors) %.0f s after the overload\n", (last ? last - end : 0) }
    ' "$data_dir/timeline.txt"
    sed -n '/^errors$/,$p' "$log_dir/hosts.txt"
}

# New hosts with large inventories, all at once: how long until every inventory is in.
scenario_software() {
    mariadb_sql fleet -e 'SELECT 1 FROM host_software LIMIT 1' >/dev/null 2>&1 ||
        fail "this server keeps no software inventories"
    step "$hosts new Ubuntu hosts deliver 1,688 packages each"
    warm_up=1s start_period=${start_period:-10s} read=10s
    # The hosts must not leave before the last inventory is in.
    [[ $duration != 60s ]] || duration=300s
    local began
    began=$(date +%s%N)
    meanwhile=wait_for_software measure "$log_dir/hosts.txt" --platforms ubuntu
    done_step
    show_table
    printf '\nlast inventory in after %s ms\n' "$((software_done_at / 1000000 - began / 1000000))"
    check_some_inventories
}

# Whether what hosts have sent is all there: a few of them, through the API.
check_some_inventories() {
    local id
    session_token=$api_token
    for id in $(mariadb_sql fleet -e 'SELECT id FROM hosts ORDER BY RAND() LIMIT 5'); do
        api_or_fail GET "/api/latest/fleet/hosts/$id"
        jq -r '.host | "host \(.id): \([.software[] | select(.source == "deb_packages")] | length) of 1688 packages"' <<<"$body"
    done
}

all_have_software() {
    (($(mariadb_sql fleet -e 'SELECT COUNT(*) FROM host_software') >= hosts))
}

wait_for_software() {
    wait_until 600 all_have_software || fail "not all inventories are in after 10 minutes"
    software_done_at=$(date +%s%N)
}

# Hosts go to two instances in turn (fleet-perf plays the TCP balancer: an address that refuses is
# left out for a second). One dies without a word.
kill_one() {
    sleep $((${duration%s} / 3))
    kill -KILL "$(pid_of second)"
}

scenario_two() {
    start_second_server
    enrol_all
    step "Measuring for $duration; one of two instances is killed after a third of it"
    rm -f "$data_dir/timeline.txt"
    meanwhile=kill_one measure "$log_dir/hosts.txt" --timeline "$data_dir/timeline.txt"
    done_step
    sed -n '/^endpoint/,$p' "$log_dir/hosts.txt"
    local third=$((${duration%s} / 3))
    printf '\n%-28s%10s%12s%10s%20s%16s\n' '' sent/s answered/s errors 'p99 ms (mean of s)' 'p99 ms (worst)'
    # shellcheck disable=SC2046,SC2183
    printf '%-28s%10s%12s%10s%20s%16s\n' 'both' $(polls_between 0 "$third") \
        'the 5 s of the kill' $(polls_between "$third" "$((third + 5))") \
        'one' $(polls_between "$((third + 5))" "${duration%s}")
}
