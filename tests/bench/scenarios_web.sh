# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by run.sh: the web application as a browser sees it.

# in_browser PROGRAM ARGS...: a measuring program of tests/e2e, on all processors: the browser of a
# user shares none with the server, but here there are only two.
in_browser() {
    local program=$source_dir/tests/e2e/$1
    shift
    node "$source_dir/src/web/tools/install.mjs" "$source_dir/tests/e2e"
    FLEET_URL=$url FLEET_CA_FILE=$data_dir/tls/ca.crt FLEET_ADMIN_EMAIL=$admin_email \
        FLEET_ADMIN_PASSWORD=$admin_password timeout 900 node "$program" "$@" ${write_doc:+--write "$write_doc"}
}

scenario_pages() {
    step "Seeding $hosts hosts"
    seed_lists
    { echo "SET @hosts = $hosts;" && cat "$source_dir/tests/bench/seed_history.sql"; } | mariadb_sql fleet >/dev/null
    # Memory learns of hosts when the server starts.
    stop_process server 60
    start_server
    wait_until 120 software_is_counted || warn "the software has not been counted"
    done_step
    step "Opening pages"
    done_step
    in_browser vitals.mjs
}

live_page() { in_browser live_load.mjs >"$data_dir/live_page.txt" 2>&1 || live_page_failed=yes; }

scenario_rows() {
    enrol_all
    step "A live query in a browser, meanwhile $hosts hosts poll"
    live_page_failed=no
    meanwhile=live_page measure "$log_dir/hosts.txt"
    done_step
    cat "$data_dir/live_page.txt"
    [[ $live_page_failed == no ]]
}
