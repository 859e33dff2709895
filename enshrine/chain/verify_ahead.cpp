// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/verification_load.hpp>
#include <enshrine/chain/verify_ahead.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/proofs/key_cache.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/system/addresses.hpp>

#include <set>
#include <utility>

namespace enshrine::chain {
namespace {

constexpr std::size_t selector_bytes = 4;
constexpr std::string_view declaration = "verify(bytes32 keyId, uint256[] inputs, bytes proof)";

bool is_verifier_call(const types::Transaction& txn) noexcept {
    return txn.to == system::proof_verifier_address && txn.data.size() >= selector_bytes;
}
bool is_verify_call(const types::Transaction& txn) noexcept {
    return is_verifier_call(txn) && load_be<std::uint32_t>(txn.data.data()) == codec::abi::selector(declaration);
}

/// The words that calls of other methods of the verifier begin with. Such a call may change the status of that key.
std::set<Hash32> touched_keys(std::span<const ValidTransaction* const> txns) {
    std::set<Hash32> out;
    for (const ValidTransaction* const valid : txns) {
        const types::Transaction& txn = valid->transaction();
        if (!is_verifier_call(txn) || is_verify_call(txn)) continue;
        const BytesView arguments = BytesView{txn.data}.subspan(selector_bytes);
        if (arguments.size() >= Hash32::size_bytes) out.insert(Hash32::from(arguments.first(Hash32::size_bytes)));
    }
    return out;
}

/// In the order of a block: the calls that are sure to pay in it [PROOF-BATCH.6].
std::vector<proofs::VerifyCall> find_paid(const state::StateView& parent, std::span<const ValidTransaction* const> txns,
                                          std::uint64_t height) {
    const std::set<Hash32> touched = touched_keys(txns);
    std::set<std::pair<Hash32, Hash32>> asked;  // the second of a pair may find the receipt of the first
    std::uint64_t budget = proofs::block_verification_microseconds_max;
    std::vector<proofs::VerifyCall> out;
    for (const ValidTransaction* const txn : txns) {
        const std::uint64_t load = verification_load(parent, txn->transaction());
        if (load > budget) continue;
        budget -= load;
        auto call = find_paid_verification(parent, *txn, height);
        if (!call || touched.contains(call->key_id)) continue;
        if (asked.emplace(call->source, call->statement).second) out.push_back(*std::move(call));
    }
    return out;
}

}  // namespace

std::optional<proofs::VerifyCall> find_paid_verification(const state::StateView& parent, const ValidTransaction& valid,
                                                         std::uint64_t height) {
    constexpr auto signature = codec::abi::parse_signature(declaration);
    static_assert(signature.has_value());
    const types::Transaction& txn = valid.transaction();
    if (!is_verify_call(txn) || !txn.value.is_zero()) return std::nullopt;
    const auto arguments = codec::abi::decode(*signature, BytesView{txn.data}.subspan(selector_bytes));
    if (!arguments) return std::nullopt;
    auto call = proofs::open_verify_call(
        {.state = parent, .chain_id = valid.chain_id(), .height = height, .caller = valid.sender()}, *arguments);
    if (!call) return std::nullopt;
    const std::uint64_t before = intrinsic_gas_of(txn.data.size(), txn.access_list) + proofs::verify_gas;
    if (txn.gas_limit < before + proofs::verification_gas(call->key.cost)) return std::nullopt;
    return *std::move(call);
}

void verify_ahead(const state::StateView& parent, std::span<const ValidTransaction* const> txns, std::uint64_t height,
                  const system::Services& services) {
    if (services.keys == nullptr || services.verdicts == nullptr) return;
    std::vector<proofs::Question> questions;
    for (proofs::VerifyCall& call : find_paid(parent, txns, height)) {
        // A key that is not prepared costs its decoding, and a batch that fails costs a second verification: no proof
        // causes both, so that its price covers it.
        const proofs::AnyKey* const key = services.keys->find(call.key_id);
        // Most of UltraHonk is each proof's own sum-check: twice that is above the price, and little is shared.
        if (key == nullptr || key->kind() == proofs::Kind::ultrahonk) continue;
        questions.push_back({.key = key, .inputs = std::move(call.inputs), .proof = call.proof});
    }
    proofs::verify_together(questions, *services.verdicts);
}

}  // namespace enshrine::chain
