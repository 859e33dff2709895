#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Enshrine developers
#
#   cross_check.sh VERDICTS_PROGRAM
#
# gnark draws circuits, proves them, and changes proofs, keys and inputs in many ways; its own verifier and ours have to
# say the same of each, but for the rules in rules.go, by which we refuse more. VERDICTS_PROGRAM is tools/proof_verdicts of
# a build. ENSHRINE_PROOFS is the number of fresh proofs of each kind and curve, with 40 changes each;
# ENSHRINE_CAMPAIGN=1 stands for 250 larger ones. ENSHRINE_SEED repeats a run. Skipped as ../go_oracle.sh says.

set -euo pipefail
verdicts=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=tools/go_oracle.sh
. ../go_oracle.sh
build_oracle

proofs=24
steps=60
if [ "${ENSHRINE_CAMPAIGN:-}" = 1 ]; then
    proofs=250
    steps=600
fi
proofs=${ENSHRINE_PROOFS:-$proofs}
"$oracle" compare "$verdicts" -seed "${ENSHRINE_SEED:-0}" -proofs "$proofs" -changes $((40 * proofs)) -steps "$steps" \
    ${ENSHRINE_KEEP:+-keep "$ENSHRINE_KEEP"} || fail "gnark and we do not agree"
echo "cross_check: gnark and we agree"
