// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/blob_records.hpp>
#include <enshrine/node/node_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::node {
namespace {

using namespace test;
using engine::ProposalStatus;
using store::TempFolder;

TEST(Application, FirstStartMakesGenesis) {
    const TempFolder folder;
    const auto application = open(folder.path());
    EXPECT_EQ(application->info().last_height, 0U);
    EXPECT_EQ(account_of(*application, 3).balance, dev_balance());
    EXPECT_EQ(application->head()->header.timestamp, start_seconds);
}

TEST(Application, SubmittedTransactionIsMined) {
    const TempFolder folder;
    const auto application = open(folder.path());
    EXPECT_FALSE(application->has_pending());
    const auto hash = application->submit(sign(transfer(0, 5)));
    ASSERT_TRUE(hash.has_value()) << hash.error().message;
    EXPECT_TRUE(application->has_pending());
    EXPECT_EQ(mine(*application).txns.size(), 1U);
    EXPECT_FALSE(application->has_pending());
    EXPECT_EQ(account_of(*application, 0).nonce, 1U);
    EXPECT_EQ(account_of(*application, 1).balance, *checked_add(dev_balance(), Amount{std::uint64_t{5}}));
    const auto location = application->chain().txn_location(*hash);
    ASSERT_TRUE(location.has_value() && location->has_value());
    EXPECT_EQ((*location)->height, 1U);
}

TEST(Application, TimestampIsAtLeastTheParents) {
    const TempFolder folder;
    const auto application = open(folder.path());
    mine(*application, start_seconds + 50);
    mine(*application, start_seconds + 10);
    EXPECT_EQ(application->head()->header.timestamp, start_seconds + 50);
}

TEST(Application, RestartContinuesExactly) {
    const TempFolder restarted_folder;
    const TempFolder steady_folder;
    const auto steady = open(steady_folder.path());
    for (std::uint64_t i = 0; i < 5; ++i) {
        const auto restarted = open(restarted_folder.path());
        for (ChainApplication* application : {steady.get(), restarted.get()}) {
            ASSERT_TRUE(application->submit(sign(transfer(i, 7 + i))).has_value());
            mine(*application, start_seconds + i);
        }
        EXPECT_EQ(restarted->head()->hash, steady->head()->hash);
    }
    const auto restarted = open(restarted_folder.path());
    EXPECT_EQ(restarted->info().last_height, 5U);
    EXPECT_EQ(restarted->info().app_hash, steady->info().app_hash);
    const auto recomputed = restarted->head()->view->recompute_root();
    ASSERT_TRUE(recomputed.has_value());
    EXPECT_EQ(*recomputed, restarted->info().app_hash);
}

TEST(Application, RefusesTheFolderOfAnotherChainOrGenesis) {
    const TempFolder folder;
    open(folder.path()).reset();
    auto other_chain = application_config(folder.path());
    other_chain.genesis.chain_id = 901;
    EXPECT_FALSE(ChainApplication::open(other_chain, [] { return start_seconds; }).has_value());
    auto other_genesis = application_config(folder.path());
    other_genesis.genesis.accounts.pop_back();
    const auto refused = ChainApplication::open(other_genesis, [] { return start_seconds; });
    ASSERT_FALSE(refused.has_value());
    EXPECT_NE(refused.error().find("another genesis"), std::string::npos) << refused.error();
}

TEST(Application, AcknowledgedTransactionsSurviveTheProcess) {
    const TempFolder folder;
    {
        const auto application = open(folder.path());
        for (std::uint64_t i = 0; i < 3; ++i) ASSERT_TRUE(application->submit(sign(transfer(i))).has_value());
        mine(*application);
        ASSERT_TRUE(application->submit(sign(transfer(3))).has_value());
        ASSERT_TRUE(application->submit(sign(transfer(0), 2)).has_value());
        (void)application->prepare_proposal(2, start_seconds, Address{});  // executed, never committed
    }
    const auto application = open(folder.path());
    EXPECT_EQ(application->info().last_height, 1U);
    EXPECT_EQ(application->pending().size(), 2U);
    EXPECT_EQ(mine(*application).txns.size(), 2U);
    EXPECT_EQ(account_of(*application, 0).nonce, 4U);
    EXPECT_EQ(open(folder.path().string() + "/../" + folder.path().filename().string() + "_other")->pending().size(),
              0U);
    std::filesystem::remove_all(folder.path().string() + "_other");
}

TEST(Application, IncludedTransactionsLeaveTheJournal) {
    const TempFolder folder;
    {
        const auto application = open(folder.path());
        ASSERT_TRUE(application->submit(sign(transfer(0))).has_value());
        mine(*application);
    }
    EXPECT_EQ(open(folder.path())->pending().size(), 0U);
    EXPECT_EQ(std::filesystem::file_size(folder.path() / "pending.journal"), 0U);
}

TEST(Application, BlobsOfPendingTransactionsSurviveTheProcess) {
    const TempFolder folder;
    const auto network = blob_transaction(0, 3);
    const Hash32 versioned_hash = network.transaction.blob_versioned_hashes[0];
    {
        const auto application = open(folder.path());
        const auto hash = application->submit(types::encode_network_transaction(network));
        ASSERT_TRUE(hash.has_value()) << hash.error().message;
    }
    const auto application = open(folder.path());
    EXPECT_EQ(application->pending().size(), 1U);
    EXPECT_EQ(mine(*application).txns.size(), 1U);
    const auto info = data_availability::load_blob_info(*application->head()->view, versioned_hash);
    ASSERT_TRUE(info.has_value());
    EXPECT_EQ(info->height, 1U);
    const auto stored = application->blobs().get(versioned_hash);
    ASSERT_TRUE(stored.has_value() && stored->has_value());
    EXPECT_EQ((*stored)->blob, network.sidecar->blobs[0]);
    EXPECT_EQ(application->head()->header.blob_gas_used, 131'072U);
}

TEST(Application, BlobSidecarIsChecked) {
    const TempFolder folder;
    const auto application = open(folder.path());
    const auto code = [&](const Bytes& raw) {
        const auto answer = application->submit(raw);
        return answer ? std::string{"accepted"} : answer.error().stable_code;
    };
    auto network = blob_transaction(0, 3);
    EXPECT_EQ(code(types::encode_transaction(network.transaction)), "E-TXN-SIDECAR-MISSING");
    auto wrong_blob = network;
    wrong_blob.sidecar->blobs[0][31] = 4;
    EXPECT_EQ(code(types::encode_network_transaction(wrong_blob)), "E-KZG-BAD-PROOF");
    auto wrong_commitment = network;
    wrong_commitment.sidecar->commitments = blob_transaction(0, 4).sidecar->commitments;
    EXPECT_EQ(code(types::encode_network_transaction(wrong_commitment)), "E-SIDECAR-VERSIONED-HASH-MISMATCH");
    EXPECT_EQ(application->pending().size(), 0U);
    EXPECT_EQ(code(types::encode_network_transaction(network)), "accepted");
    EXPECT_EQ(code(types::encode_network_transaction(network)), "E-TXN-ALREADY-KNOWN");
}

TEST(Application, BalanceCoversEverythingPendingOfASender) {
    const TempFolder folder;
    const auto application = open(folder.path());
    const Amount half{divide(dev_balance().wei(), U256{2}).quotient};
    types::Transaction first = transfer(0);
    first.value = half;
    ASSERT_TRUE(application->submit(sign(first, 4)).has_value());
    types::Transaction second = transfer(1);
    second.value = half;
    const auto refused = application->submit(sign(second, 4));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().stable_code, "E-TXN-INSUFFICIENT-FUNDS");
    mine(*application);
    EXPECT_EQ(application->pending().size(), 0U);
}

TEST(Application, ProcessProposalJudgesForeignBlocks) {
    const TempFolder builder_folder;
    const TempFolder verifier_folder;
    const auto builder = open(builder_folder.path());
    const auto verifier = open(verifier_folder.path());
    ASSERT_TRUE(builder->submit(sign(transfer(0))).has_value());
    ASSERT_TRUE(builder->submit(sign(transfer(1))).has_value());
    const auto proposal = mine(*builder);

    auto reordered = proposal;
    std::swap(reordered.txns[0], reordered.txns[1]);
    EXPECT_EQ(verifier->process_proposal(reordered), ProposalStatus::reject);
    auto repeated = proposal;
    repeated.txns.push_back(repeated.txns[0]);
    EXPECT_EQ(verifier->process_proposal(repeated), ProposalStatus::reject);
    auto malformed = proposal;
    malformed.txns[0].push_back(0);
    EXPECT_EQ(verifier->process_proposal(malformed), ProposalStatus::reject);
    auto early = proposal;
    early.timestamp = start_seconds - 1;
    EXPECT_EQ(verifier->process_proposal(early), ProposalStatus::reject);
    auto high = proposal;
    high.height = 2;
    EXPECT_EQ(verifier->process_proposal(high), ProposalStatus::reject);
    auto blobs = proposal;
    blobs.txns = {types::encode_transaction(blob_transaction(0, 9).transaction)};
    EXPECT_EQ(verifier->process_proposal(blobs), ProposalStatus::reject) << "nobody gave the verifier the sidecar";

    ASSERT_EQ(verifier->process_proposal(proposal), ProposalStatus::accept);
    const auto finalized = verifier->finalize_block(proposal);
    verifier->commit();
    EXPECT_EQ(finalized.block_hash, builder->head()->hash);
    EXPECT_EQ(verifier->head()->hash, builder->head()->hash);
}

TEST(Application, ReplacedTransactionIsGone) {
    const TempFolder folder;
    const auto application = open(folder.path());
    ASSERT_TRUE(application->submit(sign(transfer(0, 1))).has_value());
    auto better = transfer(0, 2);
    better.max_fee_per_gas = U256{40'000'000'000};
    better.max_priority_fee_per_gas = U256{2'000'000'000};
    ASSERT_TRUE(application->submit(sign(better)).has_value());
    EXPECT_EQ(mine(*application).txns, std::vector<Bytes>{sign(better)});
    EXPECT_EQ(application->pending().size(), 0U);
}

TEST(Application, BlobPriceShutsOutWithoutDropping) {
    const TempFolder folder;
    const auto application = open(folder.path());
    auto network = blob_transaction(0, 5);
    network.transaction.max_fee_per_blob_gas = U256{};
    const auto signature = crypto::sign(types::signing_hash(network.transaction), dev_accounts()[0].key);
    network.transaction.signature = *signature;
    const auto refused = application->submit(types::encode_network_transaction(network));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().stable_code, "E-TXN-MAX-BLOB-FEE-BELOW-BLOB-BASE-FEE");
}

}  // namespace
}  // namespace enshrine::node
