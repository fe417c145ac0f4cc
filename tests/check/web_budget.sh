#!/usr/bin/env bash
# usage: web_budget.sh DIST
# What a browser has to load before the first page, and the largest part loaded later, in KiB of
# gzipped JavaScript, against the budgets of the web application.
set -euo pipefail
dist=$1
first_budget=180 editor_budget=140 page_budget=60

kib() { gzip -9 -c "$@" | wc -c | awk '{ printf "%d", ($1 + 1023) / 1024 }'; }

[[ -f $dist/index.html ]] || { echo "no build in $dist: cmake --build --preset dev --target fleet_web"; exit 1; }
mapfile -t first < <(grep -oE '(src|href)="[^"]+\.js"' "$dist/index.html" | sed -E 's/^[^"]+"//; s/"$//' | sort -u)
total=0 status=0
for file in "${first[@]}"; do total=$((total + $(kib "$dist/$file"))); done
echo "first load: $total of $first_budget KiB in ${#first[@]} files"
((total <= first_budget)) || status=1
for file in "$dist"/assets/*.js; do
    name=./assets/$(basename "$file")
    [[ " ${first[*]} " != *" $name "* ]] || continue
    budget=$page_budget
    [[ $name != ./assets/editor-* ]] || budget=$editor_budget
    size=$(kib "$file")
    ((size <= budget)) && continue
    echo "$name: $size of $budget KiB"
    status=1
done
exit $status
