# shellcheck shell=bash disable=SC2154
# Sourced by tests/run.sh: a real MySQL of Debian unstable, in a folder of its own. Debian 12 itself
# has only MariaDB. Needs say.sh and processes.sh, $data_dir, $log_dir and $run_dir.

# The mirror this machine installs from anyway.
debian_mirror() {
    apt-get indextargets --format '$(SITE) $(CODENAME)' | awk '$2 !~ /security/ { print $1; exit }'
}

install_mysql() {
    local root=$1
    [[ ! -x $root/usr/sbin/mysqld ]] || return 0
    ((EUID == 0)) || fail "installing MySQL needs root" "Run tests/run.sh mysql as root."
    need_disk "$data_dir" 2500 "a private MySQL"
    rm -rf "$root.new"
    say "Fetching MySQL from Debian unstable into $root (about a minute)"
    debootstrap --variant=minbase --include=mysql-server sid "$root.new" "$(debian_mirror)" 2>&1 |
        progress "$log_dir/debootstrap.log" || fail "debootstrap failed:" "$(tail -n 3 "$log_dir/debootstrap.log")"
    mv "$root.new" "$root"
}

mysql_answers() { chroot "$mysql_root" mysql -h 127.0.0.1 -P "$mysql_port" -u root -e 'SELECT 1' >/dev/null; }

# start_mysql: on a free loopback port with an account fleet; sets $mysql_port and $mysql_password.
# Its data begins empty each time, and commits need not survive a power cut.
start_mysql() {
    mysql_root=$data_dir/root
    mysql_port=$(free_port)
    mysql_password=$(random_text 24)
    install_mysql "$mysql_root"
    rm -rf "$mysql_root/var/lib/fleet-test"
    chroot "$mysql_root" install -d -o mysql -g mysql /var/lib/fleet-test /run/mysqld
    say "Starting $(chroot "$mysql_root" mysqld --version | sed 's/^[^ ]*  *//') on 127.0.0.1:$mysql_port"
    chroot "$mysql_root" mysqld --no-defaults --initialize-insecure --user=mysql \
        --datadir=/var/lib/fleet-test >"$log_dir/mysql.log" 2>&1 ||
        fail "mysqld --initialize-insecure failed; see $log_dir/mysql.log"
    start_process mysql "$log_dir/mysql.log" chroot "$mysql_root" mysqld --no-defaults --user=mysql \
        --datadir=/var/lib/fleet-test --port="$mysql_port" --bind-address=127.0.0.1 --mysqlx=OFF \
        --socket=/run/mysqld/fleet-test.sock --skip-log-bin --performance-schema=OFF \
        --innodb-flush-log-at-trx-commit=2
    must_come_up mysql 60 "$log_dir/mysql.log" mysql_answers
    chroot "$mysql_root" mysql -h 127.0.0.1 -P "$mysql_port" -u root <<SQL
CREATE USER 'fleet'@'%' IDENTIFIED WITH caching_sha2_password BY '$mysql_password';
GRANT ALL ON *.* TO 'fleet'@'%';
SQL
}
