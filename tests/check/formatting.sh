#!/usr/bin/env bash
# Every C++ file is formatted as .clang-format says. To mend: tests/check/formatting.sh --fix
set -euo pipefail
cpp_files() {
    find include src tests \( -name node_modules -o -name dist \) -prune -o -name '*.[ch]pp' -print0
}
if [[ ${1:-} == --fix ]]; then
    cpp_files | xargs -0 --no-run-if-empty clang-format -i --style=file
    exit
fi
# One name a file: the tool's own report repeats itself for every space.
wrong=$(cpp_files | xargs -0 --no-run-if-empty -n 10 -P "$(nproc)" clang-format --dry-run --style=file 2>&1 |
    sed -n 's/^\([^ :]*\):[0-9]*:[0-9]*: .*/\1/p' | sort -u)
[[ -z $wrong ]] || {
    printf 'not formatted: %s\n' $wrong
    echo "Run tests/check/formatting.sh --fix"
    exit 1
}
