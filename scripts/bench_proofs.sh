#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Enshrine developers
#
#   scripts/bench_proofs.sh [REPETITIONS]        3 unless said
#
# Verification of SNARK proofs against gnark (Go), arkworks, mcl and blst (Rust), in one run on this machine: one thread,
# CPU time, the best of the repetitions. Prints raw numbers and a table in Markdown. The programs take turns, so that a
# machine that is busy for a while is not so for one of them only. Without a Go or a Cargo that is new enough the
# comparison is left out (tools/proof_peers); the first run downloads and compiles what these build on, some minutes.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly repetitions=${1:-3}

cmake --preset release >/dev/null
cmake --build --preset release --target algebra_bn254_bench proofs_groth16_bench proofs_plonk_bench
readonly build=build/release/enshrine

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gnark=
if (cd tools/proof_peers/gnark && GOTOOLCHAIN=local GOFLAGS=-mod=readonly CGO_ENABLED=0 \
    go build -buildvcs=false -trimpath -o "$work/gnark" .) 2>"$work/go.log"; then
    gnark=$work/gnark
else
    echo "bench_proofs: no comparison with Go: $(head -n 1 "$work/go.log")" >&2
fi
# mcl is C++ under its crate and needs what builds that; the others do not wait for it.
rust=
readonly target=build/proof_peers
for features in --features=mcl ''; do
    if (cd tools/proof_peers/rust && CARGO_TARGET_DIR="$OLDPWD/$target" \
        cargo build --release --quiet $features) 2>"$work/cargo.log"; then
        rust=$target/release/proof_peers
        [ -n "$features" ] || echo "bench_proofs: no comparison with mcl: its crate does not build here" >&2
        break
    fi
done
[ -n "$rust" ] || echo "bench_proofs: no comparison with Rust: $(head -n 1 "$work/cargo.log")" >&2

lscpu | grep -E '^(Model name|CPU\(s\)|L2 cache|L3 cache)' || true
uptime
for run in $(seq "$repetitions"); do
    echo "== run $run of $repetitions"
    "$build/proofs/proofs_groth16_bench" --benchmark_filter='verify_one/plain/2$|verify_many/' --benchmark_min_time=0.3 \
        --benchmark_format=json 2>/dev/null >"$work/groth16.$run.json"
    [ -z "$gnark" ] || "$gnark" | tee "$work/gnark.$run.txt"
    "$build/proofs/proofs_plonk_bench" --benchmark_filter='plonk_verify<Bn254>/2$|plonk_many/' --benchmark_min_time=0.3 \
        --benchmark_format=json 2>/dev/null >"$work/plonk.$run.json"
    [ -z "$rust" ] || "$rust" | tee "$work/rust.$run.txt"
    "$build/algebra/algebra_bn254_bench" --benchmark_min_time=0.2 \
        --benchmark_filter='pairing_alone|check_of_four_pairs|g2_membership|fixed_points|lanes_' \
        --benchmark_format=json 2>/dev/null >"$work/algebra.$run.json"
done
uptime

python3 - "$work" <<'PYTHON'
import glob, json, re, sys

folder = sys.argv[1]
in_us = {"ns": 1e-3, "us": 1, "ms": 1e3}


def ours():
    """name -> microseconds, the best of all runs; prints every one."""
    best = {}
    for path in sorted(glob.glob(f"{folder}/*.json")):
        for entry in json.load(open(path))["benchmarks"]:
            time = entry["cpu_time"] * in_us[entry["time_unit"]]
            print(f"{entry['name']}: cpu {time:.2f} us {entry.get('label', '')}")
            best[entry["name"]] = min(best.get(entry["name"], time), time)
    return best


def peers():
    best = {}
    for path in sorted(glob.glob(f"{folder}/*.txt")):
        for name, cpu in re.findall(r"(\w+) cpu_us=([\d.]+)", open(path).read()):
            best[name] = min(best.get(name, float(cpu)), float(cpu))
    return best


mine, theirs = ours(), peers()


def row(what, time, *names, scale=1):
    shown = [f"{theirs[name] / scale:,.0f} ({theirs[name] / scale / time:.1f})" if name in theirs else "–" for name in names]
    print(f"| {what} | {time:,.1f} | {' | '.join(shown)} |")


print("\nMicroseconds of CPU for each item; in parentheses how many times ours.\n")
print("| what | ours | gnark | arkworks | mcl |\n|---|---|---|---|---|")
row("pairing on BN254", mine["pairing_alone"], "gnark_pairing", "arkworks_pairing", "mcl_pairing")
row("check of four pairs", mine["check_of_four_pairs"], "gnark_check_4", "arkworks_check_4", "mcl_check_4")
row("Miller loops of 64 pairs, each (the peers with the final exponentiation)", mine["lanes_miller/64"] / 64,
    "gnark_check_64", "arkworks_check_64", "mcl_check_64", scale=64)
row("Groth16, two inputs, from bytes", mine["verify_one/plain/2"], "gnark_groth16_from_bytes",
    "arkworks_groth16_from_bytes", "")
for count in (8, 64, 1024):
    row(f"the same in batches of {count}, each", mine[f"verify_many/one_key/{count}"] / count,
        "gnark_groth16_from_bytes", "arkworks_groth16_from_bytes", "")
row("the same, 64 proofs of 8 keys, each", mine["verify_many/eight_keys/64"] / 64, "gnark_groth16_from_bytes",
    "arkworks_groth16_from_bytes", "")
single = mine["plonk_verify<Bn254>/2"]
row("PLONK, two inputs (gnark: its own PLONK)", single, "gnark_plonk", "", "")
for count in (8, 64, 1024):
    row(f"the same in batches of {count}, each", mine[f"plonk_many/{count}"] / count, "gnark_plonk", "", "")

each = mine["verify_many/one_key/64"] / 64
print(f"\nGroth16 in batches of 64: {1e6 / each:,.0f} proofs a second and core, {mine['verify_one/plain/2'] / each:.1f} times "
      f"our single rate; PLONK in batches of 64: {64 * single / mine['plonk_many/64']:.1f} times our single rate.")
if "blst_bls12_381_pairing" in theirs:
    print(f"blst on BLS12-381, which our verifiers use there: pairing {theirs['blst_bls12_381_pairing']:,.0f} us, four pairs "
          f"{theirs['blst_bls12_381_check_4']:,.0f} us, 64 pairs {theirs['blst_bls12_381_check_64'] / 64:,.0f} us each.")
PYTHON
