# shellcheck shell=bash disable=SC2154
# Sourced by the scripts of this project: messages, numbered steps with timings, small checks.

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
    say_bold=$'\e[1m' say_green=$'\e[32m' say_red=$'\e[31m' say_dim=$'\e[2m' say_reset=$'\e[0m'
else
    say_bold='' say_green='' say_red='' say_dim='' say_reset=''
fi

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "${say_bold}Note:${say_reset} $*" >&2; }

# fail MESSAGE [HINT...]: what went wrong on the first line, what to do about it on the next ones.
fail() {
    printf '%s\n' "${say_red}Error:${say_reset} $1" >&2
    shift
    (($# == 0)) || printf '       %s\n' "$@" >&2
    exit 1
}

# How far a long job is, in seconds since the script began.
elapsed() { printf '%dm%02ds' $((SECONDS / 60)) $((SECONDS % 60)); }

step_number=0
step_total=0

# step TEXT: opens a numbered step; done_step closes it with the time it took.
step() {
    step_number=$((step_number + 1))
    step_began=$(date +%s%N)
    printf '%s\n' "${say_bold}[$step_number/$step_total]${say_reset} $1"
}
done_step() {
    local ms=$((($(date +%s%N) - step_began) / 1000000))
    printf '      %s %s\n' "${say_green}done${say_reset} in $((ms / 1000)).$(((ms % 1000) / 100)) s" "${1:+($1)}"
}

# progress LOG: copies stdin into LOG and shows one line of it every few seconds; on a terminal the
# line is redrawn in place.
progress() {
    local line shown=0
    while IFS= read -r line; do
        printf '%s\n' "$line" >>"$1"
        [[ -n $line ]] || continue
        if [[ -t 1 ]]; then
            printf '\r\e[K      %s%.*s%s' "$say_dim" $((${COLUMNS:-100} - 8)) "$line" "$say_reset"
        elif ((SECONDS - shown >= 10)); then
            shown=$SECONDS
            printf '      %.110s\n' "$line"
        fi
    done
    if [[ -t 1 ]]; then printf '\r\e[K'; fi
}

# wait_until SECONDS COMMAND...: polls ten times a second; false when the time is over.
wait_until() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.1
    done
}

port_is_busy() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A loopback port that nothing listens on, below the range the kernel hands out by itself.
free_port() {
    local port
    for _ in {1..200}; do
        port=$((20000 + RANDOM % 12000))
        if ! port_is_busy "$port"; then
            printf '%s' "$port"
            return
        fi
    done
    fail "no free port between 20000 and 32000 on 127.0.0.1"
}

# Letters and digits only: safe in shell, SQL, YAML and URLs.
random_text() { openssl rand -hex "$(($1 / 2))"; }

# need_disk FOLDER MEGABYTES WHAT_FOR
need_disk() {
    local free
    free=$(df -Pm "$1" | awk 'NR == 2 { print $4 }')
    ((free >= $2)) || fail "only $free MB are free below $1, $3 needs about $2 MB" \
        "Free some space, or clone the project onto a larger disk."
}

# build_jobs: as many compilers as there are cores, fewer when memory is short (a file that includes
# Beast takes about 0.8 GB).
build_jobs() {
    local cores mb
    cores=$(nproc)
    mb=$(awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo)
    local fit=$((mb / 900))
    ((fit >= 1)) || fit=1
    echo $((cores < fit ? cores : fit))
}
