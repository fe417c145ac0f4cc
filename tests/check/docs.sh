#!/usr/bin/env bash
# Every relative link in README, CHANGELOG and docs leads to a file.
set -euo pipefail
status=0
while IFS= read -r -d '' page; do
    while IFS= read -r link; do
        [[ $link != *://* && $link != \#* ]] || continue
        if [[ ! -e $(dirname "$page")/${link%%#*} ]]; then
            echo "$page: no such file: $link"
            status=1
        fi
    done < <(grep -oE '\]\([^) ]+\)' "$page" | sed 's/^](//; s/)$//')
done < <(find README.md CHANGELOG.md docs -name '*.md' -print0)
exit $status
