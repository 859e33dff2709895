#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Enshrine developers
#
# Installs what building and testing need on Debian 12: the packages of scripts/packages.txt and the npm lock file.
# Running it again costs nothing when everything is there.
#
#   scripts/setup.sh           install what is missing
#   scripts/setup.sh --check   only report what is missing; exit 1 if anything is

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly node_major_min=18
readonly stamp=node_modules/.enshrine-lock.sha256

say() { printf 'setup: %s\n' "$*"; }
fail() {
    printf 'setup: error: %s\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '       %s\n' "$@" >&2
    exit 1
}

node_suffices() {
    local version
    version=$(node --version 2>/dev/null) || return 1
    version=${version#v}
    [ "${version%%.*}" -ge "$node_major_min" ] 2>/dev/null && command -v npm >/dev/null
}

# Sets `missing` to the declared packages that are not installed.
find_missing_packages() {
    local name status
    local -A installed=()
    local -a declared
    mapfile -t declared < <(sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' scripts/packages.txt)
    while read -r status name; do
        [ "$status" = installed ] && installed[$name]=1
    done < <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${declared[@]}" 2>/dev/null || true)
    missing=()
    for name in "${declared[@]}"; do
        [ -n "${installed[$name]:-}" ] && continue
        case $name in
            nodejs | npm) node_suffices && continue ;;
        esac
        missing+=("$name")
    done
}

lock_digest() { sha256sum package-lock.json | cut -d' ' -f1; }
npm_is_current() { [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(lock_digest)" ]; }

apt_get() {
    local -a sudo=()
    [ "$(id -u)" -eq 0 ] || sudo=(sudo)
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -q -y --no-install-recommends \
        -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold "$@" </dev/null 9>&-
}

install_packages() {
    local log plan removed
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        fail "installing packages needs root, and there is no sudo. As root, run:" \
            "apt-get update && apt-get install --no-install-recommends ${missing[*]}"
    fi
    log=$(mktemp)
    trap "rm -f '$log'" EXIT
    say "${#missing[@]} Debian packages to install: ${missing[*]}"

    say "updating the package index"
    # One broken source of a third party should not stop what Debian's own index can satisfy.
    apt_get update >"$log" 2>&1 || { say "warning: apt-get update failed:"; tail -n 5 "$log" >&2; }

    plan=$(apt_get --simulate install "${missing[@]}" 2>"$log") || {
        cat "$log" >&2
        printf '%s\n' "$plan" | tail -n 15 >&2
        fail "apt-get cannot install the packages above. They are those of Debian 12 (bookworm), main;" \
            "this machine is: $(. /etc/os-release && echo "${PRETTY_NAME:-unknown}")"
    }
    removed=$(awk '$1 == "Remv" { printf "%s%s", separator, $2; separator = " " }' <<<"$plan")
    if [ -n "$removed" ]; then
        say "replacing (they conflict with a package above, usually Boost 1.74 with 1.81): $removed"
    fi
    say "installing $(grep -c '^Inst ' <<<"$plan") packages, dependencies included"
    apt_get install "${missing[@]}" >"$log" 2>&1 || {
        tail -n 30 "$log" >&2
        fail "apt-get install failed; its last lines are above"
    }
    [ -z "$removed" ] || say "removed: $removed"
}

install_npm() {
    local version
    version=$(npm --version) || fail "npm does not run; is another node on PATH? $(command -v node || true)"
    say "npm $version: installing package-lock.json (no install scripts run)"
    npm ci --ignore-scripts --include=dev --include=optional --no-audit --no-fund --loglevel=error 9>&- ||
        fail "npm ci failed; its message is above"
    lock_digest >"$stamp"
}

command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    fail "this is not a Debian system; the packages that are needed are listed in scripts/packages.txt"
[ "$(uname -m)" = x86_64 ] || fail "only x86-64 is supported, this machine is $(uname -m)"

find_missing_packages
case "${1:-}" in
    --check)
        result=0
        if [ ${#missing[@]} -gt 0 ]; then
            say "missing Debian packages: ${missing[*]}"
            result=1
        fi
        if ! npm_is_current; then
            say "node_modules does not match package-lock.json"
            result=1
        fi
        [ $result -ne 0 ] || say "nothing is missing"
        exit $result
        ;;
    "") ;;
    *) fail "unknown argument '$1'; usage: scripts/setup.sh [--check]" ;;
esac

if [ ${#missing[@]} -eq 0 ] && npm_is_current; then
    say "everything is installed"
    exit 0
fi

# Two runs at once would meet in apt's lock or in node_modules; the second waits, then finds the work done.
exec 9<scripts/packages.txt
flock 9
started=$SECONDS
find_missing_packages
[ ${#missing[@]} -eq 0 ] || install_packages
npm_is_current || install_npm
find_missing_packages
[ ${#missing[@]} -eq 0 ] || fail "still missing after installing: ${missing[*]}"
say "done in $((SECONDS - started)) s"
