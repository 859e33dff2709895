#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Enshrine developers
#
# Every benchmark behind bench/RESULTS.md, in one run: the interpreter against qemu-user on the same guests, hashing, the state
# tree, and payments through a whole devnet. Prints the machine first. Wants an idle machine; takes a few minutes.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/setup.sh --check >/dev/null 2>&1 || scripts/setup.sh
cmake --preset release >/dev/null
cmake --build --preset release --target bench enshrine rollup_programs rollup_genesis

build=build/release
lscpu | grep -E '^(Model name|CPU\(s\)|L2 cache|L3 cache)' || true
uptime

for program in "$build"/enshrine/*/*_bench; do
    [ -x "$program" ] || continue
    echo "== ${program##*/}"
    "$program" --benchmark_min_time=0.5
done

if command -v qemu-riscv64-static >/dev/null; then
    for guest in "$build"/enshrine/vm/*_guest_linux.elf; do
        [ -f "$guest" ] || continue
        echo "== qemu-riscv64-static ${guest##*/}"
        for _ in 1 2 3; do
            /usr/bin/env bash -c "TIMEFORMAT='%U s user'; time qemu-riscv64-static $guest" || true
        done
    done
else
    echo "qemu-riscv64-static is not installed (package qemu-user-static): no comparison"
fi

echo "== shard exchange"
rows=$(mktemp -d)
"$build/bin/shard_exchange" --data-dir "$rows"
rm -rf "$rows"

echo "== payments through a devnet"
data=$(mktemp -d)
"$build/bin/enshrine" devnet up --data-dir "$data" --port 18545 --json "$data/devnet.json" >"$data/out.log" 2>&1 &
devnet=$!
trap 'kill -TERM $devnet 2>/dev/null; wait $devnet 2>/dev/null; rm -rf "$data"' EXIT
for _ in $(seq 100); do
    grep -q '^ready' "$data/out.log" && break
    sleep 0.1
done
sleep 6 # the KZG parameters load in the background
l1=$(grep -o 'http://127.0.0.1:[0-9]*' "$data/out.log" | head -n 1)/
# The key of devnet account 0: public, of the mnemonic "test test … junk".
for payments in 10000 30000 30000; do
    "$build/bin/payments_load" --l1 "$l1" --payments "$payments" --senders 200 --connections 2 \
        --key 0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80
done
