#!/usr/bin/env bash
# The browser tests, against a running server: FLEET_URL, FLEET_CA_FILE, FLEET_ADMIN_EMAIL and
# FLEET_ADMIN_PASSWORD say which (source build/preview/preview.env), FLEET_FRESH_URL optionally one
# without any user. Arguments are test files; without, all of them run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
: "${FLEET_URL:?is not set: source build/preview/preview.env first}"

node ../../src/web/tools/install.mjs "$PWD"
[[ $# -gt 0 ]] || set -- ./*.test.mjs
exec node --test --test-concurrency=1 --test-timeout=900000 --test-reporter=spec "$@"
