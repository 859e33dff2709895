// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/chain_for_test.hpp>
#include <enshrine/chain/verification_load.hpp>
#include <enshrine/chain/verify_block.hpp>
#include <enshrine/proofs/interface.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/records.hpp>
#include <enshrine/rollup_registry/interface.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/system/addresses.hpp>

#include <gtest/gtest.h>

#include <random>

namespace enshrine::chain {
namespace {

using test::valid;

/// A protocol in which a transaction declares as many microseconds as it moves wei.
Protocol budgeted() {
    Protocol out = test::protocol();
    out.verification_load = [](const state::StateView&, const types::Transaction& txn) {
        return txn.value.wei().low_u64();
    };
    return out;
}
/// Declares a load and pays gas for `paid` microseconds.
ValidTransaction declaring(std::uint64_t microseconds, std::uint64_t paid, std::size_t sender) {
    types::Transaction txn = test::call_of(test::spend_declaration, paid * proofs::gas_per_microsecond);
    txn.value = Amount{microseconds};
    txn.gas_limit = 100'000 + paid * proofs::gas_per_microsecond;
    return valid(txn, sender);
}
ValidTransaction declaring(std::uint64_t microseconds, std::size_t sender) {
    return declaring(microseconds, microseconds, sender);
}
Result<ExecutedBlock> build(test::Chain& chain, std::span<const ValidTransaction> txns, const Protocol& protocol) {
    std::vector<BlockTransaction> items;
    for (const ValidTransaction& txn : txns) items.push_back({.txn = &txn, .blobs = {}});
    const BlockInput input{
        .timestamp = chain.header.timestamp + 1, .proposer = chain.proposer, .extra = {}, .transactions = items};
    return execute_block(chain.parent(), input, protocol);
}
Result<ExecutedBlock> verify(test::Chain& chain, const types::Block& block, const Protocol& protocol) {
    ENSHRINE_TRY(const auto txns, validate_transactions(block.transactions, test::chain_id));
    return verify_block(chain.parent(), BlockClaim{.block = block, .transactions = txns}, protocol);
}

constexpr std::uint64_t most = proofs::block_verification_microseconds_max;

TEST(VerificationBudget, Pgas3WhatDoesNotFitWaits) {  // [PGAS.3] [CHAIN-BLOCK.6]
    test::Chain chain;
    const std::vector txns{declaring(most - 10, 0), declaring(11, 1), declaring(10, 2), declaring(1, 3)};
    const auto block = build(chain, txns, budgeted());
    ASSERT_TRUE(block.has_value());
    ASSERT_EQ(block->skipped.size(), 2U);
    EXPECT_EQ(block->skipped[0].index, 1U);
    EXPECT_TRUE(block->skipped[0].reason.is(ChainError::block_verification_exhausted));
    EXPECT_EQ(block->skipped[1].index, 3U);
    EXPECT_TRUE(verify(chain, block->block, budgeted()).has_value());

    // A proposer without the budget makes a block that nobody else takes.
    const auto over = build(chain, txns, test::protocol());
    ASSERT_TRUE(over.has_value() && over->skipped.empty());
    const auto refused = verify(chain, over->block, budgeted());
    ASSERT_FALSE(refused.has_value());
    EXPECT_TRUE(refused.error().is(ChainError::block_verification_exhausted));
}

/// Who is refused before it pays leaves room for others.
TEST(VerificationBudget, Pgas3CountsWhatIsPaid) {  // [PGAS.3]
    test::Chain chain;
    const std::vector txns{declaring(most, 0, 0), declaring(most - 500, 0, 1), declaring(most - 500, 2), declaring(most, 0, 3)};
    const auto block = build(chain, txns, budgeted());
    ASSERT_TRUE(block.has_value());
    ASSERT_EQ(block->receipts.size(), 3U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_LT(block->receipts[i].gas_used, 250 * proofs::gas_per_microsecond) << "the call itself";
    }
    ASSERT_EQ(block->skipped.size(), 1U);
    EXPECT_EQ(block->skipped[0].index, 3U);
    EXPECT_TRUE(block->skipped[0].reason.is(ChainError::block_verification_exhausted));
    EXPECT_TRUE(verify(chain, block->block, budgeted()).has_value());
}

TEST(VerificationBudget, Pgas3NoOrderExceedsIt) {  // [PGAS.3]
    std::mt19937_64 random{17};
    test::Chain chain;
    std::size_t waited = 0;
    for (int round = 0; round < 40; ++round) {
        std::vector<ValidTransaction> txns;
        for (std::size_t sender = 0; sender < test::key_count; ++sender) {
            const std::uint64_t declared = random() % (random() % 3 == 0 ? 2 * most : most / 2);
            const std::uint64_t paid = random() % 2 == 0 ? 0 : std::min<std::uint64_t>(declared, 140'000);
            txns.push_back(declaring(declared, paid, sender));
        }
        const auto block = build(chain, txns, budgeted());
        ASSERT_TRUE(block.has_value());
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < block->receipts.size(); ++i) {
            const auto txn = validate_transaction(block->block.transactions[i], test::chain_id);
            const std::uint64_t declared = txn->transaction().value.wei().low_u64();
            ASSERT_LE(declared, most - sum) << "the load fits what is left";
            sum += std::min(declared, block->receipts[i].gas_used / proofs::gas_per_microsecond);
        }
        ASSERT_LE(sum, most);
        ASSERT_EQ(block->block.transactions.size() + block->skipped.size(), txns.size());
        waited += block->skipped.size();
    }
    EXPECT_GT(waited, 0U);
}

TEST(VerificationLoad, Pgas2IsKnownFromBytesAndState) {  // [PGAS.2]
    const state::MemoryView base;
    state::Overlay state{base};
    const Hash32 id = U256{5}.to_be();
    proofs::store_key_record(state, id,
                             {.holders = 1, .cost = {.verify_microseconds = 700, .decode_microseconds = 50}});
    rollup_registry::store_validity(state, 901, {.mapping = rollup_registry::Mapping::digest, .key_id = id});
    const auto load = [&](const Address& to, std::string_view method, const Hash32& word, std::size_t more = 64) {
        types::Transaction txn = test::transfer();
        txn.to = to;
        codec::abi::Encoder arguments{1};
        txn.data = arguments.bytes32(word).finish_call(codec::abi::selector(method));
        txn.data.resize(txn.data.size() + more);
        return verification_load(state, txn);
    };
    const Address& verifier = system::proof_verifier_address;
    const Address& registry = system::rollup_registry_address;
    const std::string_view verify_method = "verify(bytes32 keyId, uint256[] inputs, bytes proof)";
    const std::string_view claim_method =
        "claimProven(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 stateRoot, bytes32 outboxRoot, "
        "uint64 outboxCount, bytes32 receiptsRoot, bytes data, bytes outbox, bytes proof)";
    EXPECT_EQ(load(verifier, verify_method, id), 750U);
    EXPECT_EQ(load(verifier, verify_method, U256{6}.to_be()), 0U);
    EXPECT_EQ(load(registry, verify_method, id), 0U);
    EXPECT_EQ(load(registry, claim_method, U256{901}.to_be()), 750U);
    EXPECT_EQ(load(registry, claim_method, U256{902}.to_be()), 0U);
    EXPECT_EQ(load(registry, claim_method, (U256{901} + (U256{1} << 64)).to_be()), 0U);
    EXPECT_EQ(load(verifier, claim_method, U256{901}.to_be()), 0U);
    EXPECT_EQ(load(test::plain(3), verify_method, id), 0U);
    EXPECT_EQ(load(verifier, "registerKey(bytes key)", U256{32}.to_be(), 964), 1'100U + 2'500U);
    const std::uint64_t largest = load(verifier, "registerKey(bytes key)", U256{32}.to_be(), 3'000'000);
    EXPECT_EQ(largest, proofs::registration_gas(proofs::key_bytes_max) / proofs::gas_per_microsecond);
    EXPECT_LT(largest, most);
    types::Transaction empty = test::transfer();
    empty.to = verifier;
    EXPECT_EQ(verification_load(state, empty), 0U);
}

/// A method that is renamed must not verify for free.
TEST(VerificationLoad, Pgas2NamesMethodsOfTheTables) {  // [PGAS.2]
    const auto has = [](const system::Contract& contract, std::string_view declaration) {
        return std::ranges::any_of(contract.methods,
                                   [&](const auto& method) { return method.declaration == declaration; });
    };
    EXPECT_TRUE(has(proofs::contract(), "registerKey(bytes key)"));
    EXPECT_TRUE(has(proofs::contract(), "verify(bytes32 keyId, uint256[] inputs, bytes proof)"));
    EXPECT_TRUE(has(rollup_registry::contract(),
                    "claimProven(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 stateRoot, bytes32 "
                    "outboxRoot, uint64 outboxCount, bytes32 receiptsRoot, bytes data, bytes outbox, bytes proof)"));
}

}  // namespace
}  // namespace enshrine::chain
