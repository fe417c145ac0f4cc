#!/usr/bin/env bash
# Runs test programs against a real MySQL 9: installs Debian sid's mysql-server into a folder of
# its own (once), starts mysqld there on a free loopback port, and stops it afterwards.
#
#   mysql9.sh PROGRAM [ARGUMENT...] [-- PROGRAM [ARGUMENT...]]...
#
# Each PROGRAM sees FLEET_TEST_MYSQL=host:port,user,password. Needs root (chroot).
# MYSQL_ROOT_DIR says where the installation lives (default: build/mysql-sid).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../../.." && pwd)
root=${MYSQL_ROOT_DIR:-$top/build/mysql-sid}

say() { printf '== %s\n' "$*"; }
die() { printf 'mysql9.sh: %s\n' "$*" >&2; exit 2; }

[ $# -gt 0 ] || die "which test programs?"
[ "$(id -u)" = 0 ] || die "must run as root: mysqld runs by chroot"

install_mysql() {
    if [ -e "$root/.complete" ]; then return; fi
    command -v debootstrap >/dev/null || apt-get install -y --no-install-recommends debootstrap
    say "installing MySQL into $root (a few minutes)"
    rm -rf "$root"
    mkdir -p "$root"
    if ! debootstrap --variant=minbase --include=mysql-server sid "$root" >"$root.log" 2>&1; then
        tail -n 20 "$root.log" >&2
        die "debootstrap failed, see $root.log"
    fi
    touch "$root/.complete"
}

free_port() {
    local port
    for _ in $(seq 50); do
        port=$((20000 + RANDOM % 10000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
    die "no free port"
}

# Inside the folder, so that mysqld finds it; one for each run.
data=/var/tmp/fleet-mysql.$$
pid=
clean_up() {
    if [ -n "$pid" ]; then
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    fi
    rm -rf "${root:?}$data"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

mysqld() {
    chroot "$root" /usr/sbin/mysqld --no-defaults --user=root --datadir="$data/data" "$@"
}

install_mysql
mkdir -p "$root$data"
# mysqld reads random bytes and has an output; a bare folder has neither.
[ -e "$root/dev/urandom" ] || mknod -m 666 "$root/dev/urandom" c 1 9
[ -e "$root/dev/null" ] || mknod -m 666 "$root/dev/null" c 1 3

say "preparing the data folder"
mysqld --initialize-insecure >"$root$data/init.log" 2>&1 || {
    tail -n 20 "$root$data/init.log" >&2
    die "mysqld --initialize failed"
}
cat >"$root$data/init.sql" <<'SQL'
CREATE USER 'fleet'@'%' IDENTIFIED WITH caching_sha2_password BY 'fleet';
GRANT ALL ON *.* TO 'fleet'@'%';
SQL

port=$(free_port)
chroot "$root" /usr/sbin/mysqld --no-defaults --user=root --datadir="$data/data" \
    --bind-address=127.0.0.1 --port="$port" --socket="$data/sock" --pid-file="$data/pid" \
    --init-file="$data/init.sql" --mysqlx=OFF --skip-name-resolve --disable-log-bin \
    --innodb-flush-log-at-trx-commit=2 --innodb-buffer-pool-size=64M >"$root$data/db.log" 2>&1 &
pid=$!

say "waiting for mysqld on port $port"
for _ in $(seq 300); do
    kill -0 "$pid" 2>/dev/null || { tail -n 20 "$root$data/db.log" >&2; die "mysqld ended"; }
    if grep -q 'ready for connections.*port: '"$port" "$root$data/db.log"; then break; fi
    sleep 0.2
done
chroot "$root" /usr/sbin/mysqld --version

export FLEET_TEST_MYSQL="127.0.0.1:$port,fleet,fleet"
failed=0
command_line=()
run_one() {
    [ ${#command_line[@]} -gt 0 ] || return 0
    say "${command_line[*]}"
    "${command_line[@]}" || failed=1
    command_line=()
}
for word in "$@"; do
    if [ "$word" = -- ]; then run_one; else command_line+=("$word"); fi
done
run_one
exit $failed
