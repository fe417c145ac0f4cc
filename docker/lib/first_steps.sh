# shellcheck shell=bash disable=SC2154
# Sourced by preview.sh: configuration of the server, and the first calls to its API. Uses $data_dir,
# $log_dir, $run_dir, $env_file, $port, $listen.

admin_email=admin@example.com
api_email=preview-api@example.com

# Passwords and tokens of this preview, made once.
load_settings() {
    db_password='' admin_password='' api_token='' enroll_secret=''
    # shellcheck disable=SC1091
    [[ ! -f $data_dir/settings ]] || source "$data_dir/settings"
    : "${db_password:=$(random_text 24)}" "${admin_password:=Preview-$(random_text 10)-1}"
    url=https://$(url_host):$port
}

save_settings() {
    (
        umask 077
        for name in db_password admin_password api_token enroll_secret; do
            printf '%s=%q\n' "$name" "${!name}"
        done >"$data_dir/settings.new"
    )
    mv "$data_dir/settings.new" "$data_dir/settings"
}

# The address people on this machine use; an address that means "all" is no address to connect to.
url_host() {
    case $listen in
        0.0.0.0 | '' | '::' | '[::]') printf 127.0.0.1 ;;
        *:*) printf '[%s]' "${listen//[\[\]]/}" ;;
        *) printf '%s' "$listen" ;;
    esac
}

write_server_config() {
    (umask 077 && cat >"$data_dir/fleet.yml") <<YAML
# Written by docker/preview.sh at each start; use FLEET_* variables to change a value.
mysql:
  protocol: unix
  address: $run_dir/mysql.sock
  username: fleet
  password: $db_password
  database: fleet
redis:
  address: $run_dir/redis.sock
server:
  address: "$listen:$port"
  cert: $data_dir/tls/fleet.crt
  key: $data_dir/tls/fleet.key
  gzip_responses: true
filesystem:
  result_log_file: $log_dir/result.log
  status_log_file: $log_dir/status.log
prometheus:
  basic_auth:
    disable: true
logging:
  json: true
YAML
}

fleet_is_healthy() { curl -fsS -m 5 --cacert "$data_dir/tls/ca.crt" "$url/healthz" >/dev/null 2>&1; }

# api METHOD PATH [JSON]: prints the body, sets nothing; the status is the last line.
call() {
    local auth=()
    [[ -z ${session_token:-} ]] || auth=(-H "Authorization: Bearer $session_token")
    curl -sS -m 30 --cacert "$data_dir/tls/ca.crt" -X "$1" "${auth[@]}" -H 'Content-Type: application/json' \
        ${3:+--data-binary "$3"} -w '\n%{http_code}' "$url$2"
}

# api METHOD PATH [JSON]: like call, but leaves the two parts in $status and $body.
api() {
    local answer
    answer=$(call "$@") || fail "the server did not answer $1 $2" "See $log_dir/server.log"
    status=${answer##*$'\n'}
    body=${answer%$'\n'*}
}

api_or_fail() {
    api "$@"
    [[ $status == 200 ]] || fail "$1 $2 was answered with $status: $body" "See $log_dir/server.log"
}

# Leaves $session_token: the API token of an earlier start when it still works, else that of the
# administrator, who is created on a new database.
ensure_admin() {
    if [[ -n $api_token ]]; then
        session_token=$api_token
        api GET /api/latest/fleet/me
        [[ $status != 200 ]] || return 0
    fi
    session_token=''
    save_settings # before the account exists, so that its password can never be lost
    api POST /api/v1/setup "$(jq -n --arg email "$admin_email" --arg password "$admin_password" --arg url "$url" \
        '{admin: {name: "Preview Admin", email: $email, password: $password},
          org_info: {org_name: "Fleet preview"}, server_url: $url}')"
    if [[ $status == 200 ]]; then
        session_token=$(jq -r '.token // empty' <<<"$body")
    elif [[ $status != 404 ]]; then
        fail "the first-time setup was refused with $status: $body" "See $log_dir/server.log"
    fi
    [[ -z $session_token ]] || return 0
    api POST /api/latest/fleet/login "$(jq -n --arg email "$admin_email" --arg password "$admin_password" \
        '{email: $email, password: $password}')"
    [[ $status == 200 ]] || fail "cannot sign in as $admin_email ($status): was the password changed?" \
        "Begin again with docker/preview.sh --fresh (this wipes the preview's data)," \
        "or put the new password into $data_dir/settings."
    session_token=$(jq -r .token <<<"$body")
}

ensure_enroll_secret() {
    api_or_fail GET /api/latest/fleet/spec/enroll_secret
    local known
    known=$(jq -r '.spec.secrets[]?.secret' <<<"$body")
    [[ -n $enroll_secret ]] && grep -qxF "$enroll_secret" <<<"$known" && return
    enroll_secret=$(random_text 32)
    api_or_fail POST /api/latest/fleet/spec/enroll_secret \
        "$(jq -n --arg new "$enroll_secret" --arg known "$known" \
            '{spec: {secrets: [($known | split("\n")[] | select(. != "")), $new] | map({secret: .})}}')"
    save_settings
}

# A token of an account for programs does not expire; it is shown only once, when it is made.
ensure_api_token() {
    local id
    [[ $session_token != "$api_token" ]] || return 0
    api_or_fail GET "/api/latest/fleet/users?query=$api_email"
    id=$(jq -r --arg email "$api_email" '.users[]? | select(.email == $email) | .id' <<<"$body")
    [[ -z $id ]] || api_or_fail DELETE "/api/latest/fleet/users/$id"
    api_or_fail POST /api/latest/fleet/users/admin \
        "$(jq -n --arg email "$api_email" --arg password "$(random_text 20)-Aa1" \
            '{name: "Preview API", email: $email, password: $password, api_only: true,
              global_role: "admin", admin_forced_password_reset: false}')"
    api_token=$(jq -r .token <<<"$body")
    save_settings
}

write_env_file() {
    (
        umask 077
        printf '%s=%q\n' FLEET_URL "$url" FLEET_CA_FILE "$data_dir/tls/ca.crt" \
            FLEET_ADMIN_EMAIL "$admin_email" FLEET_ADMIN_PASSWORD "$admin_password" \
            FLEET_API_TOKEN "$api_token" FLEET_ENROLL_SECRET "$enroll_secret" >"$env_file.new"
    )
    mv "$env_file.new" "$env_file"
}

online_hosts() {
    call GET /api/latest/fleet/host_summary | sed '$d' | jq -r '.online_count // 0'
}
enough_hosts_online() { (($(online_hosts) >= $1)); }

show_login() {
    # shellcheck disable=SC1090
    (
        source "$env_file"
        say ""
        say "  Fleet        ${say_bold}$FLEET_URL${say_reset} (the browser will warn: its certificate is this preview's own)"
        say "  Sign in      $FLEET_ADMIN_EMAIL"
        say "  Password     $FLEET_ADMIN_PASSWORD"
        say "  For scripts  source ${env_file#"$PWD"/}"
        say "  Logs         ${log_dir#"$PWD"/}/"
        say ""
    )
}
