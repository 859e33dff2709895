#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Enshrine developers
#
#   cross_check.sh VERDICTS_PROGRAM TARGET_FOLDER [share]
#
# Proofs of SP1 and RISC Zero, real and changed, before their own verifiers (sp1-verifier, risc0-zkvm,
# risc0-aggregation) and before ours: what we accept they accept, and what they accept we accept but for the list in
# src/stricter.rs. VERDICTS_PROGRAM is tools/proof_verdicts of a build; cargo builds into TARGET_FOLDER. The proofs are
# those of enshrine/prover_files/testdata and, where the folder is, of ENSHRINE_VECTORS. ENSHRINE_CAMPAIGN=1 takes every
# change of every part, a quarter of an hour for each PLONK proof; `share` a part of them, another one in every run, five
# minutes with the build of the oracle. Without either it is skipped.
# Without a Rust that is new enough, or where its crates cannot be had, it says so and exits with 77 (skipped); where
# CI=true and Rust is there, that is a failure.

set -euo pipefail
verdicts=$(realpath "$1")
target=$(realpath -m "$2")
cd "$(dirname "${BASH_SOURCE[0]}")"

skip() {
    echo "cross_check: skipped: $1"
    exit 77
}

[ "${ENSHRINE_CAMPAIGN:-}" = 1 ] || [ "${3:-}" = share ] || skip "ENSHRINE_CAMPAIGN=1 or the argument share runs it"
command -v cargo >/dev/null || skip "there is no cargo"
wanted=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
present=$(rustc --version | cut -d ' ' -f 2)
[ "$(printf '%s\n' "$wanted" "$present" | sort -V | head -n 1)" = "$wanted" ] ||
    skip "Rust $present is older than $wanted"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A copy, because cargo writes its lock file beside the manifest.
cp -r Cargo.toml src "$work"
if ! CARGO_TARGET_DIR=$target cargo build --quiet --release --manifest-path "$work/Cargo.toml" 2>"$work/build.log"; then
    tail -n 40 "$work/build.log"
    if [ "${CI:-}" = true ]; then
        echo "cross_check: FAILED: the oracle does not build"
        exit 1
    fi
    skip "the oracle does not build; are its crates within reach?"
fi

folders=(../../enshrine/prover_files/testdata)
for name in sp1 risc0; do
    vectors=${ENSHRINE_VECTORS:-../../../shared/vectors}/snark/$name
    [ ! -d "$vectors" ] || folders+=("$vectors")
done
"$target/release/wrapper_oracle" "$verdicts" "$work" "${folders[@]}"
echo "cross_check: they and we agree on all proofs but for where the list says why"
