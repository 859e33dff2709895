// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/chain/chain_for_test.hpp>
#include <enshrine/chain/contracts.hpp>
#include <enshrine/chain/execute_call.hpp>
#include <enshrine/chain/verify_ahead.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/snark/groth16_for_test.hpp>

#include <gtest/gtest.h>

/// For tests of verifications ahead of a block.
namespace enshrine::chain::test {

using algebra::bn254::Draw;
using proofs::groth16::test::Trapdoor;

inline constexpr std::uint64_t call_gas = 1'000'000;

inline types::Transaction call_contract(const Address& receiver, std::string_view method,
                                        const codec::abi::Encoder& arguments, std::uint64_t nonce) {
    types::Transaction txn = transfer();
    txn.to = receiver;
    txn.value = Amount{};
    txn.gas_limit = call_gas;
    txn.nonce = nonce;
    txn.data = arguments.finish_call(codec::abi::selector(method));
    return txn;
}
inline types::Transaction call_verifier(std::string_view method, const codec::abi::Encoder& arguments,
                                        std::uint64_t nonce) {
    return call_contract(system::proof_verifier_address, method, arguments, nonce);
}

/// A chain of the real protocol with an active key of two inputs.
class ProofChain : public testing::Test {
protected:
    ProofChain() {
        const Bytes key = trapdoor.key();
        codec::abi::Encoder arguments{1};
        types::Transaction txn = call_verifier("registerKey(bytes key)", arguments.bytes(key), 0);
        txn.value = Amount{U256{key.size()} * U256{proofs::key_deposit_per_byte}};
        txn.gas_limit = 3'000'000;
        const std::vector registration{valid(txn, 0)};
        commit(registration);
        for (std::uint64_t i = 0; i < proofs::probation_blocks; ++i) commit({});
        id = proofs::AnyKey::decode(key)->id();
    }
    void commit(std::span<const ValidTransaction> txns) {
        const auto block = build(txns, enshrined_protocol(cache));
        ENSHRINE_ASSERT(block.has_value() && block->skipped.empty());
        chain.commit(*block);
    }
    Result<ExecutedBlock> build(std::span<const ValidTransaction> txns, const Protocol& protocol) {
        std::vector<BlockTransaction> items;
        for (const ValidTransaction& txn : txns) items.push_back({.txn = &txn, .blobs = {}});
        const BlockInput input{
            .timestamp = chain.header.timestamp + 1, .proposer = chain.proposer, .extra = {}, .transactions = items};
        return execute_block(chain.parent(), input, protocol);
    }
    /// Without any verdict that was known before, and each proof where it is met.
    Result<ExecutedBlock> build_alone(std::span<const ValidTransaction> txns) {
        ExecutionCache fresh = *ExecutionCache::make();
        Protocol protocol = enshrined_protocol(fresh);
        protocol.verify_ahead = nullptr;
        protocol.services.verdicts = nullptr;
        return build(txns, protocol);
    }
    types::Transaction asking(const std::vector<U256>& inputs, const Bytes& proof, std::uint64_t nonce = 0) const {
        std::vector<Hash32> words;
        for (const U256& input : inputs) words.push_back(input.to_be());
        codec::abi::Encoder arguments{3};
        return call_verifier("verify(bytes32 keyId, uint256[] inputs, bytes proof)",
                             arguments.bytes32(id).words(words).bytes(proof), nonce);
    }
    /// How many proofs are verified ahead of a block with these transactions of one sender.
    std::size_t verified_ahead(const std::vector<types::Transaction>& txns, std::size_t sender = 2) {
        std::vector<ValidTransaction> signed_txns;
        for (const auto& txn : txns) signed_txns.push_back(valid(txn, sender));
        std::vector<const ValidTransaction*> pointers;
        for (const auto& txn : signed_txns) pointers.push_back(&txn);
        cache.verdicts = {};
        verify_ahead(chain.view, pointers, next_block(), enshrined_protocol(cache));
        return cache.verdicts.size();
    }
    [[nodiscard]] system::BlockContext next_block() const {
        return next_block_context(chain.view, chain.header, chain.header.timestamp + 1, chain.proposer);
    }
    [[nodiscard]] std::optional<proofs::PaidVerification> find_paid(const types::Transaction& txn,
                                                                    std::size_t sender) const {
        return find_paid_verification(chain.view, valid(txn, sender), next_block(), enshrined_protocol());
    }
    /// The answer of a view.
    Bytes ask(const Address& receiver, std::string_view method, const codec::abi::Encoder& arguments) {
        const auto answer = call(chain.view,
                                 {.caller = account(0),
                                  .receiver = receiver,
                                  .value = {},
                                  .data = arguments.finish_call(codec::abi::selector(method)),
                                  .access_list = {},
                                  .gas_limit = 10'000'000},
                                 next_block(), enshrined_protocol());
        ENSHRINE_ASSERT(answer && answer->succeeded);
        return answer->output;
    }
    void prepare_key() { ENSHRINE_ASSERT(cache.keys.load(trapdoor.key()).has_value()); }
    void expect_same(const ExecutedBlock& a, const ExecutedBlock& b) {
        EXPECT_EQ(a.hash, b.hash);
        EXPECT_EQ(a.block.header.state_root, b.block.header.state_root);
        EXPECT_EQ(a.block.header.gas_used, b.block.header.gas_used);
        EXPECT_EQ(a.skipped.size(), b.skipped.size());
    }

    Chain chain;
    ExecutionCache cache = *ExecutionCache::make();
    Draw draw{5};
    Trapdoor trapdoor = Trapdoor::draw(draw, 2);
    Hash32 id;
};

}  // namespace enshrine::chain::test
