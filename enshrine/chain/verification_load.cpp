// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/verification_load.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/records.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/system/addresses.hpp>

#include <algorithm>
#include <optional>

namespace enshrine::chain {
namespace {

constexpr std::size_t selector_bytes = 4;
constexpr std::uint32_t register_key = codec::abi::selector("registerKey(bytes key)");
constexpr std::uint32_t verify = codec::abi::selector("verify(bytes32 keyId, uint256[] inputs, bytes proof)");
constexpr std::uint32_t claim_proven = codec::abi::selector(
    "claimProven(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 stateRoot, bytes32 outboxRoot, "
    "uint64 "
    "outboxCount, bytes32 receiptsRoot, bytes data, bytes outbox, bytes proof)");

/// Calldata up to its first argument. A call without one is refused before any work.
struct Call {
    std::uint32_t selector = 0;
    Hash32 first_word;
};
std::optional<Call> read_call(BytesView data) noexcept {
    if (data.size() < selector_bytes + Hash32::size_bytes) return std::nullopt;
    return Call{.selector = load_be<std::uint32_t>(data.data()),
                .first_word = Hash32::from(data.subspan(selector_bytes, Hash32::size_bytes))};
}

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
    const bool to_verifier = txn.to == system::proof_verifier_address;
    const bool to_registry = txn.to == system::rollup_registry_address;
    if (!to_verifier && !to_registry) return 0;
    const auto call = read_call(txn.data);
    if (!call) return 0;
    if (to_verifier && call->selector == register_key) return load_of_registration(txn.data.size());
    if (to_verifier && call->selector == verify) return load_of_key(state, call->first_word);
    if (to_registry && call->selector == claim_proven)
        return load_of_rollup(state, U256::from_be(call->first_word.view()));
    return 0;
}

}  // namespace enshrine::chain
