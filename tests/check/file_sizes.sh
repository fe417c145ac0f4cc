#!/usr/bin/env bash
# A source file of more than 500 lines probably holds two ideas. The web application's view of the
# API is generated.
set -euo pipefail
status=0
while IFS= read -r -d '' file; do
    lines=$(wc -l <"$file")
    if ((lines > 500)); then
        echo "$file: $lines lines, more than 500"
        status=1
    fi
done < <(find include src tests docker \( -name node_modules -o -name dist \) -prune -o -type f \
    \( -name '*.[ch]pp' -o -name '*.ts' -o -name '*.tsx' -o -name '*.css' -o -name '*.sh' -o -name '*.py' \) \
    ! -path src/web/api/schema.ts -print0)
exit $status
