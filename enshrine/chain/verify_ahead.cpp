// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/execute_call.hpp>
#include <enshrine/chain/verification_call.hpp>
#include <enshrine/chain/verification_load.hpp>
#include <enshrine/chain/verify_ahead.hpp>
#include <enshrine/proofs/key_cache.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/verify_together.hpp>
#include <enshrine/system/addresses.hpp>

#include <set>
#include <tuple>
#include <utility>

namespace enshrine::chain {
namespace {

using Method = VerificationCall::Method;

/// What the transactions of a block may change for each other's verifications: whom that touches is not verified ahead.
class Interference {
public:
    explicit Interference(std::span<const ValidTransaction* const> txns) {
        for (const ValidTransaction* const txn : txns) {
            if (txn->transaction().to != system::proof_verifier_address) continue;
            const VerificationCall call = read_verification_call(txn->transaction());
            if (call.method == Method::other) touched_keys_.insert(call.first_word);
        }
    }
    /// In the order of the block, for each of its transactions: whether the call comes before any other to the registry
    /// that begins with its rollup. Such a call may settle the batch, or void its payload.
    [[nodiscard]] bool is_first(const ValidTransaction& txn) {
        if (txn.transaction().to != system::rollup_registry_address) return true;
        return called_rollups_.insert(read_verification_call(txn.transaction()).first_word).second;
    }
    /// Whether the same account has asked the same before: it may have the receipt by then.
    [[nodiscard]] bool is_asked_again(const Address& sender, const proofs::PaidVerification& paid) {
        return !asked_.emplace(sender, paid.key_id, proofs::hash_inputs(paid.inputs)).second;
    }
    /// Whether another call may freeze the key or give it up.
    [[nodiscard]] bool touches(const Hash32& key_id) const { return touched_keys_.contains(key_id); }

private:
    std::set<Hash32> touched_keys_;
    std::set<Hash32> called_rollups_;
    std::set<std::tuple<Address, Hash32, Hash32>> asked_;
};

/// In the order of a block: the verifications that are sure to be paid for in it [PROOF-BATCH.6].
std::vector<proofs::PaidVerification> find_paid(const state::StateView& parent,
                                                std::span<const ValidTransaction* const> txns,
                                                const system::BlockContext& block, const Protocol& protocol) {
    Interference interference{txns};
    std::uint64_t budget = proofs::block_verification_microseconds_max;
    std::vector<proofs::PaidVerification> out;
    for (const ValidTransaction* const txn : txns) {
        const bool is_first = interference.is_first(*txn);
        const std::uint64_t load = verification_load(parent, txn->transaction());
        if (load > budget) continue;
        budget -= load;
        if (!is_first) continue;
        auto paid = find_paid_verification(parent, *txn, block, protocol);
        if (!paid || interference.touches(paid->key_id) || interference.is_asked_again(txn->sender(), *paid)) continue;
        out.push_back(*std::move(paid));
    }
    return out;
}

}  // namespace

std::optional<proofs::PaidVerification> find_paid_verification(const state::StateView& parent,
                                                               const ValidTransaction& valid,
                                                               const system::BlockContext& block,
                                                               const Protocol& protocol) {
    const types::Transaction& txn = valid.transaction();
    if (!read_verification_call(txn).asks_for_verification() || txn.data.size() > looked_at_bytes_max) return {};
    std::optional<proofs::PaidVerification> out;
    Protocol noting = protocol;
    noting.services.paid = &out;
    (void)call(parent,
               {.caller = valid.sender(),
                .receiver = txn.to,
                .value = txn.value,
                .data = txn.data,
                .access_list = txn.access_list,
                .gas_limit = txn.gas_limit},
               block, noting);
    return out;
}

void verify_ahead(const state::StateView& parent, std::span<const ValidTransaction* const> txns,
                  const system::BlockContext& block, const Protocol& protocol) {
    const system::Services& services = protocol.services;
    if (services.keys == nullptr || services.verdicts == nullptr) return;
    const auto paid = find_paid(parent, txns, block, protocol);
    std::vector<proofs::Question> questions;
    for (const proofs::PaidVerification& one : paid) {
        // A key that is not prepared costs its decoding, and a batch that fails costs a second verification: no proof
        // causes both, so that its price covers it.
        const proofs::AnyKey* const key = services.keys->find(one.key_id);
        if (key == nullptr || !key->check_sound()) continue;
        questions.push_back({.key = key, .inputs = one.inputs, .proof = one.proof});
    }
    proofs::verify_together(questions, *services.verdicts);
}

}  // namespace enshrine::chain
