#!/usr/bin/env bash
# Measures a scenario on private servers: see --help.
set -euo pipefail
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$source_dir/docker/lib/say.sh"
source "$source_dir/docker/lib/processes.sh"
source "$source_dir/docker/lib/stack.sh"
source "$source_dir/docker/lib/first_steps.sh"
source "$source_dir/tests/bench/stack.sh"
source "$source_dir/tests/bench/scenarios.sh"
source "$source_dir/tests/bench/scenarios_load.sh"
source "$source_dir/tests/bench/scenarios_lists.sh"
source "$source_dir/tests/bench/scenarios_web.sh"

usage() {
    cat <<'EOU'
usage: tests/bench/run.sh SCENARIO [options]

Starts a private MariaDB, Redis and fleet-server (release build), pins them to their processors,
lets fleet-perf play the hosts on others, and prints one table.

  plain       osquery's polls in a steady state
  scale       the same with 1,000, 10,000, 50,000 and 100,000 pooled hosts: what a host-hour costs
  large       one enrolment, then polls alone, with an administrator at work, and with etags
  stock       stock hosts without and with parked reads: what a host-hour costs
  live        the same, and one live query to all hosts; every answer is accounted for
  campaigns   50 live queries to everybody and 200 to one host at once
  overload    twice the rate that the stack can just carry, and back
  two         two instances that share database and Redis; one is killed with -9
  software    all hosts are new and deliver inventories of 1,688 packages (Ubuntu)
  enrol       all hosts enrol and deliver their first inventory as fast as they can
  restart     the server restarts under all hosts
  etags       hosts with 100 scheduled queries, without and with the etag of their configuration
  edit        the configuration of all agents changes under load
  admin       hosts list, summary and labels under load
  lists       every daily list of a large fleet that is seeded, not played (100000 hosts)
  pages       the same fleet's pages in Chromium: paints, shifts, long tasks, bytes
  rows        a live query in Chromium that every host answers with ten rows (5000 hosts)

  --hosts N         (1000)          --mode stock|kept|pooled   (pooled)
  --duration T      (60s)           --warm-up T                (20s)
  --read T --config T --log T       intervals of the hosts (10s, 60s, 63s)
  --hold T          osquery.distributed_hold (0s: reads are not parked)
  --detail T        how often hosts are asked for their details (1h, as in production)
  --stack-cpus L    processors of server, MariaDB and Redis (0)
  --stack-share P   percent of a processor that they get (100; overload: 45)
  --cpus L          processors of the generator (1)
  --pool N          connections in pooled mode, a thread (300)
  --threads N       threads of the generator (1)
  --profile P       tables|compat|honest: what hosts answer (tables)
  --no-software     software inventories are switched off
  --etags           hosts name the configuration they have
  --knee N          overload: requests a second the stack can carry (0: find out)
  --keep            leave the stack running
  --write FILE      pages, rows: puts the table into this page (docs/web-performance.md)

The stack's files are below build/bench; the report is build/bench/report.json.
EOU
}

scenario=${1:-}
case $scenario in
    -h | --help) usage && exit 0 ;;
    '') usage >&2 && exit 2 ;;
esac
shift
declare -F "scenario_$scenario" >/dev/null || fail "unknown scenario: $scenario" "Try: tests/bench/run.sh --help"

hosts=1000 mode=pooled duration=60s warm_up=20s read=10s config=60s log=63s hold=0s detail=1h software=yes keep=no write_doc=
stack_cpus=0 cpus=1 pool=300 threads=1 profile=tables knee=0 stack_share=100
[[ $scenario != lists && $scenario != pages ]] || hosts=100000
[[ $scenario != overload ]] || stack_share=45
[[ $scenario != rows ]] || { hosts=5000 duration=120s; }
while (($#)); do
    case $1 in
        --hosts | --mode | --duration | --warm-up | --read | --config | --log | --hold | --detail | --stack-cpus | --cpus | --pool | --threads | --profile | --knee | --stack-share)
            (($# > 1)) || fail "$1 wants a value"
            name=${1#--}
            printf -v "${name//-/_}" '%s' "$2"
            shift
            ;;
        --write)
            (($# > 1)) || fail "$1 wants a value"
            write_doc=$2
            shift
            ;;
        --keep) keep=yes ;;
        --no-software) software=no ;;
        --etags) more_perf_flags=(--etags) ;;
        *) fail "unknown option: $1" "Try: tests/bench/run.sh --help" ;;
    esac
    shift
done
((cpus < $(nproc))) 2>/dev/null || cpus=0
generator_cpus=$cpus
# Parked reads are for agents that come back when they have an answer.
pacing=open
[[ $hold == 0s ]] || pacing=osquery
server_flags=("--osquery_distributed_hold=$hold" "--osquery_detail_update_interval=$detail"
    --auth_login_rate_limit=0)

data_dir=$source_dir/build/bench
mkdir -p "$data_dir"
log_dir=$data_dir/logs
run_dir=$(socket_dir "$data_dir")
bin_dir=${FLEET_BENCH_BIN:-$source_dir/build/release/bin}
env_file=$data_dir/preview.env
listen=127.0.0.1 port=$(free_port)
[[ -x $bin_dir/fleet-server && ($scenario == lists || $scenario == pages || -x $bin_dir/fleet-perf) ]] || fail "no release build in $bin_dir" \
    "Make it with: cmake --preset release && cmake --build --preset release --target fleet-server fleet-perf"
ulimit -n "$(ulimit -Hn)"

trap '[[ $keep == yes ]] || stop_stack' EXIT
trap 'exit 130' INT TERM
step_total=4
stop_stack
rm -f "$data_dir/hosts.state"
step "Servers on processor $stack_cpus, hosts on $generator_cpus"
start_stack
done_step "$url"
"scenario_$scenario"
