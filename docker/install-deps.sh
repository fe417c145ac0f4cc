#!/usr/bin/env bash
# Installs what Fleet needs on Debian 12: the one list of packages. Usage: see --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source lib/say.sh

usage() {
    cat <<'EOT'
usage: docker/install-deps.sh [GROUP...]

Installs the Debian 12 packages of the given groups; what is there already is skipped.

  build    compilers, libraries and Node for the web application
  run      what docker/preview.sh needs beside the programs: MariaDB, Redis, curl, jq
  test     what tests/run.sh needs beyond that: formatter, clang, Chromium
  server   only the shared libraries that a built fleet-server and fleet-perf load
  mysql    debootstrap, for the tests against a real MySQL

Without a group: build run test.
EOT
}

declare -A packages=(
    [build]="ca-certificates git cmake ninja-build g++ ccache mold pkg-config
        libboost-dev libssl-dev zlib1g-dev nlohmann-json3-dev libsimdjson-dev libexpected-dev
        libmysqlcppconn-dev libhiredis-dev libspdlog-dev libfmt-dev prometheus-cpp-dev
        libyaml-cpp-dev libcli11-dev libargon2-dev libsqlite3-dev libxxhash-dev libjemalloc-dev
        libcurl4-openssl-dev libxml2-dev libxmlsec1-dev libgtest-dev libgmock-dev"
    [run]="mariadb-server-core mariadb-client-core redis-server openssl curl jq hostname"
    [test]="clang libclang-rt-14-dev clang-format chromium
        shellcheck python3 python3-yaml valgrind python3-aiosmtpd python3-pysaml2 xmlsec1"
    [server]="ca-certificates libmysqlcppconn7v5 libhiredis0.14 libspdlog1.10 libfmt9 libssl3
        libprometheus-cpp-core1.0 libyaml-cpp0.7 libargon2-1 libsqlite3-0 libsimdjson14 libxxhash0
        libjemalloc2 zlib1g libcurl4 libxml2 libxmlsec1-openssl curl openssl"
    [mysql]="debootstrap"
)

groups=()
for arg in "$@"; do
    case $arg in
        -h | --help) usage && exit 0 ;;
        *)
            [[ -n ${packages[$arg]:-} ]] || fail "unknown group: $arg" "Try: docker/install-deps.sh --help"
            groups+=("$arg")
            ;;
    esac
done
((${#groups[@]})) || groups=(build run test)

as_root=()
if ((EUID != 0)); then
    if command -v sudo >/dev/null; then as_root=(sudo); else as_root=(false); fi
fi
need_root() {
    [[ ${as_root[0]:-} != false ]] || fail "not root, and these are missing: $*" \
        "Run docker/install-deps.sh as root (or install sudo), then start again as yourself."
}

wanted=()
for group in "${groups[@]}"; do
    read -r -d '' -a list <<<"${packages[$group]}" || true
    wanted+=("${list[@]}")
done
installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' "${wanted[@]}" 2>/dev/null | sed -n 's/^ii *//p' || true)
mapfile -t missing < <(comm -23 <(printf '%s\n' "${wanted[@]}" | sort -u) <(sort -u <<<"$installed"))

if ((${#missing[@]})); then
    need_root "${missing[@]}"
    say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    # No service is started: the project runs its own MariaDB and Redis.
    policy=/usr/sbin/policy-rc.d
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
        "${as_root[@]}" chmod 0755 "$policy"
        trap '"${as_root[@]}" rm -f "$policy"' EXIT
    fi
    "${as_root[@]}" apt-get update -qq || fail "apt-get update failed" "Is this machine online? See /etc/apt/sources.list*."
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends \
        "${missing[@]}" || fail "apt-get could not install: ${missing[*]}" \
        "This list is for Debian 12 (bookworm); this system says: $(. /etc/os-release && echo "$PRETTY_NAME")."
else
    say "Debian packages: all there (${groups[*]})."
fi

# The web application is built with Vite, which wants Node 20.19 or newer; Debian 12 has 18. The npm
# registry carries Node itself as a package.
node_is_new_enough() {
    command -v npm >/dev/null && command -v node >/dev/null &&
        node -e 'const [a, b] = process.versions.node.split(".").map(Number);
                 process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
}

install_node() {
    local home=/opt/fleet-node arch
    arch=$(dpkg --print-architecture)
    case $arch in
        amd64) arch=x64 ;;
        arm64) ;;
        *) fail "no packaged Node for $arch" "Install Node 20.19 or newer yourself, then start again." ;;
    esac
    need_root "node 20.19 or newer"
    if ! command -v npm >/dev/null; then
        say "Installing Debian's nodejs and npm, to fetch a newer Node with"
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends nodejs npm ||
            fail "apt-get could not install nodejs and npm"
    fi
    say "Installing Node 22 and npm 11 from the npm registry into $home"
    "${as_root[@]}" npm install --prefix "$home" --no-save --no-audit --no-fund --ignore-scripts --loglevel=error \
        "node-linux-$arch@22" npm@11 || fail "npm could not install node-linux-$arch" "Is the npm registry reachable?"
    "${as_root[@]}" mkdir -p /usr/local/bin
    "${as_root[@]}" ln -sf "$home/node_modules/node-linux-$arch/bin/node" /usr/local/bin/node
    for tool in npm npx; do
        "${as_root[@]}" ln -sf "$home/node_modules/npm/bin/$tool-cli.js" "/usr/local/bin/$tool"
    done
    hash -r
    node_is_new_enough || fail "node is still $(node --version), found at $(command -v node)" \
        "Put /usr/local/bin before it in PATH."
}

if [[ " ${groups[*]} " == *" build "* ]]; then
    node_is_new_enough || install_node
    say "Node $(node --version), npm $(npm --version)."
fi
