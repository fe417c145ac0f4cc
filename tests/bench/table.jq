# The report of fleet-perf and the counters of the stack as one table.
def round1: . * 10 | round / 10;
def round2: . * 100 | round / 100;
def pad($n): tostring | . + (" " * ([$n - length, 0] | max));
def left($n): tostring | (" " * ([$n - length, 0] | max)) + .;
def line($name; $value): "\($name | pad(46))\($value)";

($ms / 1000) as $seconds
| (($server + $db + $redis) / $hz) as $cpu
| ([.endpoints[].answered] | add) as $requests
| ($hosts * $seconds / 3600) as $host_hours
| [
    "",
    line("hosts, mode, seconds counted"; "\($hosts), \(.mode), \($seconds | round1)"),
    line("requests, per second"; "\($requests), \($requests / $seconds | round1)"),
    line("errors"; .errors),
    line("CPU: server, MariaDB, Redis (cores)";
        [$server, $db, $redis] | map(. / $hz / $seconds | round2) | join(", ")),
    line("requests per CPU-second, server alone"; $requests / ($server / $hz) | round),
    line("requests per CPU-second, all three"; $requests / $cpu | round),
    line("CPU-seconds per host-hour, all three"; $cpu / $host_hours * 10000 | round / 10000),
    line("server memory, KiB a host (now, peak MiB)";
        "\($rss / $hosts | round2), \($peak / 1024 | round)"),
    line("bytes per host-hour, both ways"; (.bytes_in + .bytes_out) / $host_hours | round),
    line("rows written, commits per host-hour";
        "\($rows / $host_hours | round1), \($commits / $host_hours | round1)"),
    line("redo bytes per host-hour"; $redo / $host_hours | round),
    line("Redis commands per second"; $commands / $seconds | round1),
    line("context switches of the server per request"; $switches / $requests | round2),
    line("generator: CPU (cores), slip p99 ms";
        "\(.cpu_seconds / .seconds | round2), \(.slip.p99_ms)\(if .void then "  VOID: too late" else "" end)"),
    "",
    ("endpoint" | pad(20)) + (["answers", "p50 ms", "p99 ms", "p99.9 ms", "max ms"] | map(left(11)) | join("")),
    (.endpoints | to_entries[] | select(.value.sent > 0)
        | (.key | pad(20)) + ([.value.answered, (.value.latency | .p50_ms, .p99_ms, .p999_ms, .max_ms)]
            | map(if type == "number" then . * 100 | round / 100 else . end | left(11)) | join("")))
  ][]
