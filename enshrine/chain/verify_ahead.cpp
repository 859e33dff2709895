// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/verification_load.hpp>
#include <enshrine/chain/verify_ahead.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/proofs/key_cache.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/records.hpp>
#include <enshrine/system/addresses.hpp>

namespace enshrine::chain {
namespace {

constexpr std::size_t selector_bytes = 4;
constexpr std::string_view declaration = "verify(bytes32 keyId, uint256[] inputs, bytes proof)";

}  // namespace

std::optional<ProofCall> find_proof_call(const state::StateView& parent, const types::Transaction& txn,
                                         std::uint64_t height) {
    constexpr auto signature = codec::abi::parse_signature(declaration);
    static_assert(signature.has_value());
    if (txn.to != system::proof_verifier_address || txn.data.size() < selector_bytes) return std::nullopt;
    if (load_be<std::uint32_t>(txn.data.data()) != codec::abi::selector(declaration)) return std::nullopt;
    const auto arguments = codec::abi::decode(*signature, BytesView{txn.data}.subspan(selector_bytes));
    if (!arguments) return std::nullopt;
    ProofCall out{.key_id = arguments->bytes32(0), .inputs = {}, .proof = arguments->bytes(2)};
    const auto key = proofs::load_key_record(parent, out.key_id);
    if (!key || proofs::status_of(key, height) != proofs::KeyStatus::active) return std::nullopt;
    if (arguments->array_size(1) != key->input_count) return std::nullopt;
    if (txn.gas_limit < proofs::verification_gas(key->cost)) return std::nullopt;
    for (std::size_t i = 0; i < key->input_count; ++i) {
        out.inputs.push_back(U256::from_be(arguments->array_word(1, i).view()));
    }
    return out;
}

void verify_ahead(const state::StateView& parent, std::span<const types::Transaction* const> txns, std::uint64_t height,
                  const system::Services& services) {
    if (services.keys == nullptr || services.verdicts == nullptr) return;
    std::uint64_t budget = proofs::block_verification_microseconds_max;
    std::vector<proofs::Question> questions;
    for (const types::Transaction* const txn : txns) {
        const std::uint64_t load = verification_load(parent, *txn);
        if (load > budget) continue;
        budget -= load;
        auto call = find_proof_call(parent, *txn, height);
        if (!call) continue;
        // A key that is not prepared costs its decoding, and a batch that fails costs a second verification: no proof
        // causes both, so that its price covers it.
        const proofs::AnyKey* const key = services.keys->find(call->key_id);
        // Most of UltraHonk is each proof's own sum-check: twice that is above the price, and little is shared.
        if (key == nullptr || key->kind() == proofs::Kind::ultrahonk) continue;
        questions.push_back({.key = key, .inputs = std::move(call->inputs), .proof = call->proof});
    }
    proofs::verify_together(questions, *services.verdicts);
}

}  // namespace enshrine::chain
