#!/usr/bin/env bash
# Installs, builds and tests: see --help. Ends with ctest's summary.
# shellcheck disable=SC2154 # $mysql_* come from tests/lib
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source docker/lib/say.sh
source docker/lib/processes.sh
source docker/lib/stack.sh

usage() {
    cat <<'EOT'
usage: tests/run.sh [SUITE]

  all           everything below down to "web" (default)
  unit          unit tests
  integration   the real server with a private MariaDB and Redis
  e2e           the whole product: hosts, browser, live queries
  format        formatting, layers, file sizes, scripts
  web           types, lint and unit tests of the web application

  mysql         the store's tests against a real MySQL (as root; fetches it the first time)
  asan, tsan    unit and integration tests under sanitizers
  fuzz [S]      every fuzz target for S seconds (default 60)

Builds are kept in build/<preset>; ctest's own options work there too, for instance
  ctest --test-dir build/dev -R store --output-on-failure
EOT
}

suite=${1:-all}
fuzz_seconds=${2:-60}
case $suite in
    -h | --help) usage && exit 0 ;;
    all | unit | integration | e2e | format | web | mysql | asan | tsan | fuzz) ;;
    *) fail "unknown suite: $suite" "Try: tests/run.sh --help" ;;
esac
export PATH=$PATH:/usr/sbin # where Debian keeps mariadbd
[[ $fuzz_seconds =~ ^[0-9]+$ ]] || fail "fuzz wants a number of seconds, not '$fuzz_seconds'"

install_groups() {
    mkdir -p build
    say "${say_bold}== Packages ($(elapsed))${say_reset}"
    docker/install-deps.sh "$@" 2>&1 | progress build/install.log ||
        fail "packages could not be installed:" "$(tail -n 5 build/install.log)"
}

configure() {
    local preset=$1
    shift
    say "${say_bold}== Configuring $preset ($(elapsed))${say_reset}"
    cmake --preset "$preset" "$@" >"build/configure-$preset.log" 2>&1 ||
        fail "cmake failed:" "$(tail -n 25 "build/configure-$preset.log")"
}

build() {
    local preset=$1
    shift
    say "${say_bold}== Building $preset ($(elapsed))${say_reset}"
    : >"build/build-$preset.log"
    cmake --build --preset "$preset" --parallel "$(build_jobs)" "$@" 2>&1 | progress "build/build-$preset.log" ||
        fail "the build failed:" "$(grep -E -A6 'error|FAILED|Killed' "build/build-$preset.log" | head -n 30)" \
            "The whole output is in build/build-$preset.log"
}

# run_ctest PRESET [ctest options]: prints one line a test, and what a failed one said.
run_ctest() {
    local preset=$1
    shift
    say "${say_bold}== Testing ($(elapsed))${say_reset}"
    # Programs that bring their own servers claim two processors, so these do not crowd each other.
    ctest --test-dir "build/$preset" --parallel "$(nproc)" --output-on-failure --no-tests=error "$@"
}

case $suite in
    format)
        install_groups build test
        configure dev
        run_ctest dev -L '^format$'
        ;;
    web)
        install_groups build
        configure dev
        build dev --target fleet_web
        run_ctest dev -L '^web$'
        ;;
    unit | integration | e2e)
        install_groups build run test
        configure dev
        build dev
        run_ctest dev -L "^$suite\$"
        ;;
    all)
        install_groups build run test
        configure dev
        build dev
        run_ctest dev
        ;;
    asan | tsan)
        install_groups build run test
        configure "$suite" -DFLEET_WEB=OFF
        build "$suite"
        export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_stack_use_after_return=1:strict_string_checks=1}
        export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
        export TSAN_OPTIONS=${TSAN_OPTIONS:-second_deadlock_stack=1}
        run_ctest "$suite" -L '^(unit|integration)$' --timeout 600
        ;;
    mysql)
        install_groups build run test mysql
        configure dev
        build dev
        data_dir=$PWD/build/mysql log_dir=$PWD/build/mysql/logs
        mkdir -p "$log_dir"
        run_dir=$(socket_dir "$data_dir")
        source tests/lib/real_mysql.sh
        trap 'stop_process mysql 30' EXIT
        trap 'exit 130' INT TERM
        start_mysql
        export FLEET_TEST_MYSQL=127.0.0.1:$mysql_port,fleet,$mysql_password
        run_ctest dev -R store
        ;;
    fuzz)
        install_groups build test
        configure fuzz -DFLEET_WEB=OFF -DFLEET_TEST_DIRS=fuzz
        build fuzz --target fuzzers
        export FLEET_FUZZ_SECONDS=$fuzz_seconds
        run_ctest fuzz -L '^fuzz$' --timeout $((fuzz_seconds + 120))
        ;;
esac
