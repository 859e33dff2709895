// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/verification_call.hpp>
#include <enshrine/chain/verification_load.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/records.hpp>
#include <enshrine/rollup_registry/records.hpp>

#include <algorithm>

namespace enshrine::chain {
namespace {

std::uint64_t load_of_key(const state::StateView& state, const Hash32& id) {
    const auto key = proofs::load_key_record(state, id);
    if (!key) return 0;
    return std::uint64_t{key->cost.verify_microseconds} + key->cost.decode_microseconds;
}

/// The gas that registration costs before it decodes the key.
std::uint64_t load_of_registration(std::size_t calldata_bytes) noexcept {
    const std::uint64_t key_bytes = std::min(calldata_bytes, proofs::key_bytes_max);
    return proofs::registration_gas(key_bytes) / proofs::gas_per_microsecond;
}

std::uint64_t load_of_rollup(const state::StateView& state, const U256& rollup) {
    if (!rollup.fits_u64()) return 0;
    const auto validity = rollup_registry::load_validity(state, rollup.low_u64());
    return validity ? load_of_key(state, validity->key_id) : 0;
}

}  // namespace

std::uint64_t verification_load(const state::StateView& state, const types::Transaction& txn) {
    using Method = VerificationCall::Method;
    const VerificationCall call = read_verification_call(txn);
    switch (call.method) {
        case Method::none:
        case Method::other:
            break;
        case Method::register_key:
            return load_of_registration(txn.data.size());
        case Method::verify:
            return load_of_key(state, call.first_word);
        case Method::claim_proven:
            return load_of_rollup(state, U256::from_be(call.first_word.view()));
    }
    return 0;
}

}  // namespace enshrine::chain
