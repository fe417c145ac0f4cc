#!/usr/bin/env bash
# Shell scripts pass shellcheck and YAML files parse.
set -euo pipefail
status=0

mapfile -d '' scripts < <(find docker tests src .ci -name node_modules -prune -o -name '*.sh' -print0)
shellcheck --external-sources --severity=warning .ci/run "${scripts[@]}" || status=1

for file in docker/*.yml; do
    /usr/bin/python3 -c 'import sys, yaml; yaml.safe_load(open(sys.argv[1]))' "$file" || status=1
done
exit $status
