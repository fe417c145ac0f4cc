#!/usr/bin/env bash
# Types, lint and unit tests of the web application, in src/web.
set -euo pipefail
if [[ ! -d node_modules || package-lock.json -nt node_modules/.package-lock.json ]]; then
    npm ci --no-audit --no-fund
fi
npm run check
