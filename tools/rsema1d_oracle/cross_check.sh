#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Enshrine developers
#
#   cross_check.sh PROOFS_PROGRAM
#
# Against celestia-app's implementation of the native scheme: the committed vectors are what it prints, it verifies
# proofs that we make, we verify its proofs, and both refuse the same proofs with a digit changed. PROOFS_PROGRAM is
# tools/rsema1d_proofs of a build. Without a Go that is new enough, or where Go's modules cannot be fetched, it says so
# and exits with 77 (skipped); where CI=true and Go is there, that is a failure.

set -euo pipefail
proofs=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=tools/go_oracle.sh
. ../go_oracle.sh
build_oracle

"$oracle" vectors | cmp - ../../enshrine/data_availability/testdata/rsema1d_vectors.txt ||
    fail "rsema1d_vectors.txt is not what the oracle prints"
"$oracle" rows | cmp - ../../enshrine/data_availability/testdata/row_assignment_vectors.txt ||
    fail "row_assignment_vectors.txt is not what the oracle prints"

# changed LINE FIELD: the file with the last hex digit of that field replaced by another.
changed() {
    awk -v line="$1" -v field="$2" 'NR == line {
        word = $field
        $field = substr(word, 1, length(word) - 1) (word ~ /0$/ ? "1" : "0")
    } { print }' "$work/ours"
}

refused=0
# must_refuse LINE FIELD VERIFIER…: a statement with a changed digit is refused.
must_refuse() {
    local line=$1 field=$2
    shift 2
    changed "$line" "$field" >"$work/changed"
    ! cmp -s "$work/ours" "$work/changed" || fail "line $line, word $field of $shape was not changed"
    for verifier in "$@"; do
        ! "$verifier" verify "$work/changed" >/dev/null 2>&1 ||
            fail "$(basename "$verifier") accepts $shape with line $line, word $field changed"
        refused=$((refused + 1))
    done
}

while read -r -a case; do
    shape="${case[*]:0:3}"
    "$proofs" prove "${case[@]}" >"$work/ours"
    "$oracle" prove "${case[@]}" >"$work/theirs"
    cmp "$work/ours" "$work/theirs" || fail "proofs of $shape differ"
    "$oracle" verify "$work/ours" || fail "they refuse our proofs of $shape"
    "$proofs" verify "$work/theirs" || fail "we refuse their proofs of $shape"
    [ "${case[0]}" -le 1024 ] || continue # refusals do not depend on size, and each starts two programs
    # Line 3, the row root, is only in our message; they compute it from the first row.
    must_refuse 2 2 "$oracle" "$proofs"
    must_refuse 3 2 "$proofs"
    must_refuse 4 2 "$oracle" "$proofs"
    line=5
    while read -r kind _ _ siblings _ combination_siblings; do
        must_refuse "$line" 3 "$oracle" "$proofs"
        [ "$siblings" = - ] || must_refuse "$line" 4 "$oracle" "$proofs"
        if [ "$kind" = standalone ]; then
            must_refuse "$line" 5 "$proofs"
            [ "$combination_siblings" = - ] || must_refuse "$line" 6 "$oracle" "$proofs"
        fi
        line=$((line + 1))
    done < <(sed 1,4d "$work/ours")
done <<'CASES'
1 1 64 1 0 1
1 3 64 2 0 3
2 2 64 3 0 1 2 3
4 4 192 4 0 3 4 7
4 12 64 5 2 15
8 56 128 6 1 7 8 63
64 192 4032 7 0 63 64 255
256 256 64 8 0 255 256 511
1024 3072 320 9 0 511 1023 1024 4095
4096 12288 64 10 0 1 4095 4096 16383
4096 12288 2048 11 17 4000 8191 8192 12288
8192 8192 128 12 8191 8192
16384 16384 64 13 5 20000
CASES
echo "cross_check: both sides made and verified the same proofs and refused $refused changed ones"
