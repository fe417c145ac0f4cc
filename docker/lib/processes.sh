# shellcheck shell=bash disable=SC2154
# Sourced: starts and stops the processes of a private stack. Needs say.sh and the folder $run_dir,
# where each process leaves a file NAME.pid with "pid start-time". The start time makes sure that a
# number the kernel has given to somebody else since is never signalled.

start_time() { awk '{ sub(/^.*\) /, ""); print $20 }' "/proc/$1/stat" 2>/dev/null; }

# pid_of NAME: prints the pid if that process still lives.
pid_of() {
    local pid began
    [[ -r $run_dir/$1.pid ]] || return 1
    read -r pid began <"$run_dir/$1.pid" || return 1
    [[ -n $began && $(start_time "$pid") == "$began" ]] || return 1
    [[ $(awk '{ sub(/^.*\) /, ""); print $1 }' "/proc/$pid/stat" 2>/dev/null) != Z ]] || return 1
    printf '%s' "$pid"
}

is_alive() {
    local pid
    pid=$(pid_of "$1") # no redirection here: a trap that runs meanwhile would print into it
}
is_gone() { ! is_alive "$1"; }

# start_process NAME LOG COMMAND...: in a session of its own, so that Ctrl-C reaches only this script
# and everything is stopped in the right order.
start_process() {
    local name=$1 log=$2
    shift 2
    setsid "$@" </dev/null >>"$log" 2>&1 &
    local pid=$!
    disown "$pid" 2>/dev/null || true
    echo "$pid $(start_time "$pid")" >"$run_dir/$name.pid"
}

# stop_process NAME SECONDS: asks with SIGTERM, insists with SIGKILL when the time is over.
stop_process() {
    local pid
    if pid=$(pid_of "$1"); then
        kill -TERM "$pid" 2>/dev/null || true
        if ! wait_until "$2" is_gone "$1"; then
            warn "$1 (pid $pid) did not stop within $2 s, killing it"
            kill -KILL "$pid" 2>/dev/null || true
            wait_until 5 is_gone "$1" || true
        fi
    fi
    rm -f "$run_dir/$1.pid"
}

# must_come_up NAME SECONDS LOG COMMAND...: waits until COMMAND succeeds; shows the end of LOG if the
# process dies or the time is over.
must_come_up() {
    local name=$1 seconds=$2 log=$3
    shift 3
    local deadline=$((SECONDS + seconds))
    until "$@" 2>/dev/null && is_alive "$name"; do
        if is_gone "$name" || ((SECONDS >= deadline)); then
            say "--- last lines of $log" >&2
            tail -n 15 "$log" >&2 || true
            say "---" >&2
            fail "$name did not come up within $seconds s; its log is $log"
        fi
        sleep 0.1
    done
}
