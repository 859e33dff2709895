#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Enshrine developers
#
#   scripts/bench_da.sh [REPETITIONS]        3 unless said
#
# The native scheme against celestia-app's implementation of it (Go) and against c-kzg, in one run on this machine: 128 MiB
# in 4,096 data rows, one thread, CPU time, the best of the repetitions. Prints raw numbers and a table in Markdown. The
# programs take turns, so that a machine that is busy for a while is not so for one of them only. Needs about 2 GiB of
# memory, a few minutes and, for the comparison, a Go that is new enough (tools/rsema1d_oracle/go.mod).

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly repetitions=${1:-3}

cmake --preset release >/dev/null
cmake --build --preset release --target data_availability_peer_bench crypto_kzg_bench hash_hash_bench
readonly build=build/release/enshrine

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
oracle=
if (cd tools/rsema1d_oracle && GOTOOLCHAIN=local GOFLAGS=-mod=readonly CGO_ENABLED=0 \
    go build -buildvcs=false -trimpath -o "$work/oracle" .) 2>"$work/go.log"; then
    oracle=$work/oracle
else
    echo "bench_da: no comparison with Go: $(head -n 1 "$work/go.log")" >&2
fi

lscpu | grep -E '^(Model name|CPU\(s\)|L2 cache|L3 cache)' || true
uptime
for run in $(seq "$repetitions"); do
    echo "== run $run of $repetitions"
    "$build/data_availability/data_availability_peer_bench" --benchmark_format=json 2>/dev/null >"$work/ours.$run.json"
    [ -z "$oracle" ] || "$oracle" bench | tee "$work/go.$run.txt"
    "$build/crypto/crypto_kzg_bench" --benchmark_format=json 2>/dev/null >"$work/kzg.$run.json"
done
"$build/hash/hash_hash_bench" --benchmark_filter='sha256_(rows|stripes)' --benchmark_min_time=0.3 \
    --benchmark_format=json 2>/dev/null >"$work/hash.json"
uptime

python3 - "$work" <<'PYTHON'
import glob, json, re, sys

folder = sys.argv[1]


def benchmarks(pattern):
    """name -> bytes per CPU second, the best of all runs; prints every one."""
    best = {}
    for path in sorted(glob.glob(f"{folder}/{pattern}")):
        for entry in json.load(open(path))["benchmarks"]:
            if "bytes_per_second" not in entry:
                continue
            print(f"{entry['name']}: cpu {entry['cpu_time']:.4f} {entry['time_unit']}, "
                  f"{entry['bytes_per_second'] / 1e6:.3f} MB/s")
            best[entry["name"]] = max(best.get(entry["name"], 0), entry["bytes_per_second"])
    return best


def oracle():
    best = {}
    for path in sorted(glob.glob(f"{folder}/go.*.txt")):
        for name, size, cpu in re.findall(r"(\w+) bytes=(\d+) cpu_s=([\d.]+)", open(path).read()):
            best[name] = max(best.get(name, 0), int(size) / float(cpu))
    return best


ours, go, kzg, hashing = benchmarks("ours.*.json"), oracle(), benchmarks("kzg.*.json"), benchmarks("hash.json")


def row(what, mine, peer, theirs):
    shown = f"{theirs / 1e6:,.1f} | {mine / theirs:,.1f}" if theirs else "not measured | –"
    print(f"| {what} | {mine / 1e6:,.0f} | {peer} | {shown} |")


def together(rates):
    """Rate of doing both: preparing a verifier and verifying its rows."""
    if "verify" not in rates:
        return None
    return 1 / (1 / rates["verify"] + 1 / rates["verify_prepare"])


print("\n| what | ours, MB/s per core | peer | peer, MB/s per core | ratio |\n|---|---|---|---|---|")
row("encode and commit", ours["encode"], "celestia-app", go.get("encode"))
row("encode and commit", ours["encode"], "c-kzg with 8-bit tables, commitment, cells and proofs", kzg["kzg_encode/8"])
row("encode and commit", ours["encode"], "c-kzg with 8-bit tables, cells and proofs alone", kzg["kzg_compute_cells_and_proofs/8"])
row("rebuild from a quarter of the data rows and parity", ours["reconstruct"], "celestia-app (its decoder alone)",
    go.get("reconstruct"))
row("rebuild", ours["reconstruct"], "c-kzg with 8-bit tables, from half of the cells", kzg["kzg_recover_cells_and_proofs/8"])
row("verify 148 rows, prepared", ours["verify"], "celestia-app", go.get("verify"))
row("verify 148 rows, shared siblings", ours["verify_shared"], "celestia-app", go.get("verify"))
row("verify 148 rows and prepare", together(ours), "celestia-app", together(go))

best_hash = max(rate for name, rate in hashing.items() if name.startswith("sha256_"))
print(f"\nSHA-256 here: {best_hash / 1e6:,.0f} MB/s per core. Encoding hashes four bytes per byte of data, so "
      f"{best_hash / 4e6:,.0f} MB/s is the limit of any encoder; ours reaches {400 * ours['encode'] / best_hash:.0f} %.")
PYTHON
