// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/keys.hpp>
#include <enshrine/proofs/receipts.hpp>
#include <enshrine/state/memory_nodes_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::proofs {
namespace {

Receipt receipt_of(std::uint64_t number) {
    return {
        .statement = hash::sha256(U256{number}.to_be().view()), .key_id = U256{number / 3}.to_be(), .height = number};
}

/// Every index at every count up to 70: the state's proofs are those of the whole list.
TEST(Receipts, Prcpt2StateProofsAreThoseOfTheList) {  // [PRCPT.1] [PRCPT.2] [PRCPT.3]
    const state::MemoryView base;
    state::Overlay state{base};
    const Hash32 source = source_of_rollup(901);
    std::vector<Hash32> leaves;
    for (std::uint64_t count = 1; count <= 70; ++count) {
        const Receipt receipt = receipt_of(count);
        EXPECT_EQ(append_receipt(state, source, receipt), count - 1);
        leaves.push_back(receipt_leaf(receipt));
        const ReceiptList list = load_receipt_list(state, source);
        ASSERT_EQ(list, (ReceiptList{.count = count, .root = crypto::merkle_root(leaves)}));
        const Bytes entry = *state.get(keys::receipt_list(source));
        EXPECT_EQ(load_be<std::uint64_t>(entry.data()), count);
        EXPECT_EQ(Hash32::from(BytesView{entry}.subspan(8, 32)), list.root);
        for (std::uint64_t index = 0; index < count; ++index) {
            ASSERT_EQ(prove_receipt(state, source, index), crypto::merkle_proof(leaves, index))
                << index << '/' << count;
        }
    }
    EXPECT_EQ(load_receipt(state, source, 4), receipt_of(5));
    EXPECT_EQ(load_receipt(state, source, 70), std::nullopt);
    EXPECT_EQ(find_receipt(state, source, receipt_of(5).statement), 4U);
    EXPECT_EQ(find_receipt(state, source_of_rollup(902), receipt_of(5).statement), std::nullopt);
    EXPECT_EQ(load_receipt_list(state, source_of_rollup(902)), ReceiptList{});
}

/// What ProofReceipt.sol checks, step by step: receipt → list → state root.
TEST(Receipts, Prcpt6AStateRootShowsAReceipt) {  // [PRCPT.3] [PRCPT.6]
    const state::MemoryView base;
    state::Overlay state{base};
    const Hash32 source = source_of_rollup(901);
    for (std::uint64_t i = 1; i <= 5; ++i) ASSERT_TRUE(append_receipt(state, source, receipt_of(i)).has_value());
    state::MemoryNodes nodes;
    const auto tree = state::update(nodes, state::empty_root, state::path_changes(state.changes()));
    ASSERT_TRUE(tree.has_value() && nodes.apply(*tree));
    const Hash32 path = hash::sha256(Bytes{8, 4}, source.view());
    const auto proof = state::prove(nodes, tree->root, path);
    ASSERT_TRUE(proof.has_value());
    const Bytes list = *state.get(keys::receipt_list(source));
    EXPECT_EQ(*state::verify_proof(tree->root, path, *proof), std::optional{state::value_hash_of(list)});
    const crypto::MerkleStatement statement{.root = Hash32::from(BytesView{list}.subspan(8, 32)),
                                            .leaf_count = load_be<std::uint64_t>(list.data()),
                                            .index = 3,
                                            .leaf = receipt_leaf(receipt_of(4))};
    EXPECT_TRUE(crypto::verify_merkle_proof(statement, prove_receipt(state, source, 3)).has_value());
    crypto::MerkleStatement other = statement;
    other.leaf = receipt_leaf(receipt_of(5));
    EXPECT_FALSE(crypto::verify_merkle_proof(other, prove_receipt(state, source, 3)).has_value());
}

TEST(Receipts, Prcpt2SourcesAreApart) {  // [PRCPT.2]
    Address address;
    address[19] = 7;
    EXPECT_NE(source_of_rollup(7), source_of_account(address));
    EXPECT_EQ(source_of_rollup(7)[31], 7);
    EXPECT_EQ(source_of_account(address)[0], 1);
    EXPECT_EQ(source_of_account(address)[31], 7);
}

}  // namespace
}  // namespace enshrine::proofs
