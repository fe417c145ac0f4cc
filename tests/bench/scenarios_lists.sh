# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by run.sh: what people see of a large fleet, list by list.

seed_lists() {
    { echo "SET @hosts = $hosts;" && cat "$source_dir/tests/bench/seed_lists.sql"; } | mariadb_sql fleet >/dev/null
    [[ -n $(mariadb_sql fleet -e "SHOW TABLES LIKE 'policies'") ]] || return 0
    mariadb_sql fleet <"$source_dir/tests/bench/seed_policies.sql" >/dev/null || warn "the policies could not be seeded"
}

software_is_counted() { (($(mariadb_sql fleet -e 'SELECT COUNT(*) FROM software_counts WHERE team_key = -1') >= 15000)); }

first_id() { mariadb_sql fleet -e "SELECT MIN(id) FROM $1"; }

# The lists that pages and fleetctl show daily, one a line; {words} are ids of seeded objects.
list_paths() {
    sed -e "s/{team}/$(first_id "teams WHERE name LIKE 'Seed%'")/" \
        -e "s/{label}/$(first_id "labels WHERE name = 'Seed label 001'")/" \
        -e "s/{host}/$(first_id "hosts WHERE osquery_host_id = 'seed-77'")/" \
        -e "s/{report}/$(mariadb_sql fleet -e 'SELECT MIN(query_id) FROM query_results')/" <<'PATHS'
hosts?page=0&per_page=50
hosts?page=0&per_page=50&order_key=display_name&order_direction=asc
hosts?page=1000&per_page=50&order_key=display_name
hosts?page=0&per_page=50&order_key=created_at&order_direction=desc
hosts?page=0&per_page=50&order_key=hostname
hosts?page=0&per_page=50&order_key=seen_time&order_direction=desc
hosts?page=0&per_page=50&order_key=os_version
hosts?page=0&per_page=50&status=online
hosts?page=0&per_page=50&status=offline
hosts?page=0&per_page=50&status=missing&order_key=display_name
hosts?page=0&per_page=50&status=offline&order_key=display_name
hosts?page=0&per_page=50&status=offline&team_id={team}
hosts?page=0&per_page=50&status=new
hosts?page=0&per_page=50&platform=windows
hosts?page=0&per_page=50&team_id={team}&order_key=display_name
hosts?page=0&per_page=50&query=seed-0007919
hosts?page=0&per_page=50&low_disk_space=10
hosts?page=0&per_page=50&os_name=Ubuntu&os_version=22.04.4%20LTS
hosts?page=0&per_page=50&software_version_id=1500
hosts?page=0&per_page=50&populate_software=1
hosts/count
hosts/count?status=online
hosts/count?status=offline
hosts/count?status=offline&platform=darwin
hosts/count?team_id={team}
hosts/count?platform=darwin
host_summary
host_summary?team_id={team}
hosts/{host}
hosts/identifier/seed-77
hosts/{host}/software?page=0&per_page=20
labels
labels/summary
labels/{label}
labels/{label}/hosts?page=0&per_page=50&order_key=display_name
labels/{label}/hosts?page=0&per_page=50&status=offline
queries?page=0&per_page=20&order_key=name
queries?team_id={team}&merge_inherited=true
spec/queries
queries/{report}/report?page=0&per_page=100
users?page=0&per_page=20&order_key=name
users?team_id={team}
activities?page=0&per_page=8&order_key=created_at&order_direction=desc
activities?page=0&per_page=20&activity_type=live_query
software/versions?page=0&per_page=20&order_key=hosts_count&order_direction=desc
software/versions?page=0&per_page=20&query=package-0077
software/titles?page=0&per_page=20&order_key=hosts_count&order_direction=desc
software/titles?page=0&per_page=20&team_id={team}
fleets
fleets/{team}
global/policies
policies/count
fleets/{team}/policies?page=0&per_page=20&merge_inherited=true
config
PATHS
}

# One connection, one request after the other: "STATUS SECONDS BYTES" a line.
ask_often() {
    local i
    for ((i = 0; i < ${list_requests:-100}; i++)); do printf 'url = "%s"\noutput = "/dev/null"\n' "$1"; done |
        curl -sS --cacert "$data_dir/tls/ca.crt" -H "Authorization: Bearer $api_token" \
            -w '%{http_code} %{time_pretransfer} %{time_total} %{size_download}\n' --config - |
        awk '{ print $1, ($3 - $2) * 1000, $4 }'
}

measure_lists() {
    local path answers
    printf '%-84s%10s%10s%10s\n' 'GET' 'p50 ms' 'p99 ms' 'kB'
    while read -r path; do
        answers=$(ask_often "$url/api/v1/fleet/$path" | sort -k2,2n)
        awk -v path="$path" '
            $1 != 200 { bad = $1 }
            { ms[NR] = $2; kb = $3 / 1024 }
            END {
                if (bad == 404) printf "%-84s%10s\n", path, "not there"
                else if (bad) printf "%-84s answered %s\n", path, bad
                else printf "%-84s%10.1f%10.1f%10.0f\n", path, ms[int(NR * 0.5 + 0.5)], ms[int(NR * 0.99 + 0.5)], kb
            }' <<<"$answers"
    done < <(list_paths)
}

scenario_lists() {
    step "Seeding $hosts hosts"
    seed_lists
    # Memory learns of hosts when the server starts.
    stop_process server 60
    start_server
    wait_until 120 software_is_counted || warn "the software has not been counted"
    done_step
    step "Asking each list ${list_requests:-100} times"
    measure_lists | tee "$data_dir/lists.txt"
    done_step
}
