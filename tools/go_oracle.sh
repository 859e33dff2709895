# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Enshrine developers
#
# For the cross-checks of the oracles in Go, which source it in the folder of theirs: build_oracle makes $work, a temporary
# folder, and $oracle, the program. Without a Go that is new enough, or where Go's modules cannot be fetched, it says so
# and exits with 77 (skipped); where CI=true and Go is there, that is a failure.

skip() {
    echo "cross_check: skipped: $1"
    exit 77
}

fail() {
    echo "cross_check: FAILED: $1"
    exit 1
}

build_oracle() {
    local wanted present
    export GOTOOLCHAIN=local GOFLAGS=-mod=readonly CGO_ENABLED=0
    command -v go >/dev/null || skip "there is no Go"
    wanted=$(awk '$1 == "go" { print $2 }' go.mod)
    present=$(cd / && go env GOVERSION)
    present=${present#go}
    [ "$(printf '%s\n' "$wanted" "$present" | sort -V | head -n 1)" = "$wanted" ] ||
        skip "Go $present is older than $wanted"
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    oracle=$work/oracle
    if ! go build -buildvcs=false -trimpath -o "$oracle" . 2>"$work/build.log"; then
        cat "$work/build.log"
        [ "${CI:-}" != true ] || fail "the oracle does not build"
        skip "the oracle does not build; are Go's modules within reach?"
    fi
}
