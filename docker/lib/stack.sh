# shellcheck shell=bash disable=SC2154
# Sourced: a private MariaDB, a private Redis and a certificate below $data_dir. Needs say.sh and
# processes.sh; sockets and pid files are in $run_dir, logs in $log_dir.

# A socket's path may have 107 characters; a deep checkout gets a short folder elsewhere.
socket_dir() {
    local dir=$1/run
    if ((${#dir} > 85)); then
        dir=/tmp/fleet-run-$(id -u)-$(printf '%s' "$1" | cksum | cut -d ' ' -f 1)
    fi
    mkdir -p "$dir"
    [[ -O $dir ]] || fail "$dir belongs to somebody else"
    chmod 0700 "$dir"
    printf '%s' "$dir"
}

mariadb_sql() { mariadb --no-defaults --socket="$run_dir/mysql.sock" --batch --skip-column-names "$@"; }

# Other options of the database and of Redis, for those who measure.
declare -p mariadb_options >/dev/null 2>&1 || mariadb_options=()
declare -p redis_options >/dev/null 2>&1 || redis_options=(--appendonly yes)

mariadb_answers() { mariadb_sql -e 'SELECT 1' >/dev/null 2>&1; }

# start_mariadb DATABASE USER PASSWORD: reachable only through $run_dir/mysql.sock. Commits are
# flushed to disk, as in production.
start_mariadb() {
    local dir=$data_dir/mysql log=$log_dir/mariadb.log me
    me=$(id -un)
    if [[ ! -d $dir/mysql ]]; then
        rm -rf "$dir"
        mkdir -p "$dir"
        mariadb-install-db --no-defaults --user="$me" --datadir="$dir" --skip-test-db \
            --auth-root-authentication-method=socket --auth-root-socket-user="$me" \
            >"$log" 2>&1 || fail "mariadb-install-db failed; see $log"
    fi
    : >"$log"
    mkdir -p "$run_dir/tmp"
    start_process mariadb "$log" "$(PATH=$PATH:/usr/sbin command -v mariadbd)" --no-defaults \
        --user="$me" --datadir="$dir" --tmpdir="$run_dir/tmp" --socket="$run_dir/mysql.sock" --skip-networking \
        --pid-file="$run_dir/mariadbd.own.pid" --skip-log-bin --performance-schema=OFF \
        --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_ci \
        --innodb-buffer-pool-size=256M --innodb-log-file-size=128M --max-connections=200 \
        "${mariadb_options[@]}"
    must_come_up mariadb 60 "$log" mariadb_answers
    mariadb_sql <<SQL || fail "cannot create the database $1; see $log"
CREATE DATABASE IF NOT EXISTS \`$1\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE USER IF NOT EXISTS '$2'@'localhost';
ALTER USER '$2'@'localhost' IDENTIFIED BY '$3';
GRANT ALL ON \`$1\`.* TO '$2'@'localhost';
SQL
}

redis_answers() { [[ $(redis-cli -s "$run_dir/redis.sock" ping) == PONG ]]; }

# start_redis: reachable only through $run_dir/redis.sock, its data appended to disk by default.
start_redis() {
    local dir=$data_dir/redis log=$log_dir/redis.log
    mkdir -p "$dir"
    : >"$log"
    start_process redis "$log" redis-server --port 0 --unixsocket "$run_dir/redis.sock" \
        --unixsocketperm 700 --dir "$dir" --save '' --daemonize no "${redis_options[@]}"
    must_come_up redis 20 "$log" redis_answers
}

# make_certificate DIR: a small authority (ca.crt) and a certificate for this machine (fleet.crt,
# fleet.key), both ECDSA P-256. Clients trust ca.crt. Kept while valid for a week and naming the host.
make_certificate() {
    local dir=$1 host new
    host=$(hostname)
    mkdir -p "$dir"
    if openssl x509 -in "$dir/fleet.crt" -noout -checkend 604800 >/dev/null 2>&1 &&
        openssl verify -CAfile "$dir/ca.crt" -verify_hostname "$host" "$dir/fleet.crt" >/dev/null 2>&1; then
        return
    fi
    new=$(mktemp -d "$dir/new.XXXXXX")
    (
        umask 077
        cd "$new"
        ec() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -sha256 -nodes "$@"; }
        ec -x509 -days 825 -keyout ca.key -out ca.crt -subj "/CN=Fleet preview authority" \
            -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign'
        ec -keyout fleet.key -out fleet.csr -subj "/CN=${host:0:60}"
        printf '%s\n' 'basicConstraints=critical,CA:FALSE' 'extendedKeyUsage=serverAuth' \
            "subjectAltName=DNS:localhost,DNS:$host,IP:127.0.0.1,IP:::1" >extensions
        openssl x509 -req -in fleet.csr -CA ca.crt -CAkey ca.key -CAcreateserial -sha256 -days 820 \
            -extfile extensions -out fleet.crt
    ) >"$new/openssl.log" 2>&1 || fail "openssl could not make a certificate; see $new/openssl.log"
    chmod 0644 "$new/ca.crt" "$new/fleet.crt"
    mv -f "$new/ca.crt" "$new/fleet.crt" "$new/fleet.key" "$dir/"
    rm -rf "$new" # the authority's key goes with it: nobody can sign with it later
}
