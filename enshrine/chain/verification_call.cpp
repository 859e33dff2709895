// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/verification_call.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/system/addresses.hpp>

namespace enshrine::chain {
namespace {

using Method = VerificationCall::Method;

constexpr std::size_t selector_bytes = 4;
constexpr std::uint32_t register_key = codec::abi::selector("registerKey(bytes key)");
constexpr std::uint32_t verify = codec::abi::selector("verify(bytes32 keyId, uint256[] inputs, bytes proof)");
constexpr std::uint32_t claim_proven = codec::abi::selector(
    "claimProven(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 stateRoot, bytes32 outboxRoot, "
    "uint64 outboxCount, bytes32 receiptsRoot, bytes data, bytes outbox, bytes proof)");

Method method_of(const Address& contract, std::uint32_t selector) noexcept {
    if (contract == system::proof_verifier_address) {
        if (selector == register_key) return Method::register_key;
        return selector == verify ? Method::verify : Method::other;
    }
    return selector == claim_proven ? Method::claim_proven : Method::other;
}

}  // namespace

VerificationCall read_verification_call(const types::Transaction& txn) noexcept {
    if (txn.to != system::proof_verifier_address && txn.to != system::rollup_registry_address) return {};
    const BytesView data = txn.data;
    if (data.size() < selector_bytes + Hash32::size_bytes) return {};
    return {.method = method_of(*txn.to, load_be<std::uint32_t>(data.data())),
            .first_word = Hash32::from(data.subspan(selector_bytes, Hash32::size_bytes))};
}

}  // namespace enshrine::chain
