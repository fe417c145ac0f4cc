#!/usr/bin/env bash
# An include may only point to a lower layer or stay in its own: see docs/architecture.md.
set -euo pipefail

find include src \( -name node_modules -o -name dist \) -prune -o -name '*.[ch]pp' -print0 |
    xargs -0 --no-run-if-empty awk '
BEGIN {
    split("core 0 config 1 telemetry 1 store 2 live 2 logs 2 mail 2 sso 2 sql 2 http 2 web 2 checkin 3 perf 3 " \
          "service 4 api 5 main 6", words, " ")
    for (i = 1; i in words; i += 2) level[words[i]] = words[i + 1]
}
function complain(what) { printf "%s:%d: %s\n", FILENAME, FNR, what; bad = 1 }
FNR == 1 {
    count = split(FILENAME, part, "/")
    layer = part[1] == "src" ? part[2] : part[3]
    if (!(layer in level)) complain("layer \"" layer "\" is not known to tests/check/layers.sh")
}
/^[ \t]*#[ \t]*include/ {
    if (match($0, /"fleet\/[a-z_]+\//)) {
        target = substr($0, RSTART + 7, RLENGTH - 8)
        if (!(target in level)) complain("unknown layer " target)
        else if (target != layer && level[target] >= level[layer])
            complain(layer " must not include " target)
    }
    if (/<boost\/beast/ && layer != "http") complain("Beast belongs to http only")
    if (/<cppconn\/|<mysql_/ && !(layer == "store" && part[1] == "src"))
        complain("the database connector belongs to src/store only")
    if (/<nlohmann\/json\.hpp>/ && part[1] == "include" && FILENAME !~ /^include\/fleet\/core\/json/)
        complain("use <nlohmann/json_fwd.hpp> in headers")
}
END { exit bad }'
