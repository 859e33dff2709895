// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/chain_for_test.hpp>
#include <enshrine/chain/contracts.hpp>
#include <enshrine/data_availability/block_root.hpp>
#include <enshrine/data_availability/byte_price.hpp>
#include <enshrine/data_availability/publications.hpp>
#include <enshrine/messaging/hub_root.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/vm/runner.hpp>

#include <gtest/gtest.h>

namespace enshrine::chain {
namespace {

TEST(Contracts, StandAtTheirAddressesInOrder) {
    const auto contracts = system_contracts();
    ASSERT_EQ(contracts.size(), 5U);
    EXPECT_EQ(find_contract(contracts, system::inbox_address)->name, "IInbox");
    EXPECT_EQ(find_contract(contracts, system::rollup_registry_address)->name, "IRollupRegistry");
    EXPECT_EQ(find_contract(contracts, system::data_availability_address)->name, "IDataAvailability");
    EXPECT_EQ(find_contract(contracts, system::message_hub_address)->name, "IMessageHub");
    EXPECT_EQ(find_contract(contracts, system::proof_verifier_address)->name, "IProofVerifier");
    EXPECT_EQ(find_contract(contracts, system::reserved_address(7)), nullptr);
    EXPECT_EQ(find_contract(contracts, system::governance_address), nullptr);
    EXPECT_EQ(find_contract(contracts, Address{}), nullptr);
    for (std::size_t i = 1; i < contracts.size(); ++i) EXPECT_LT(contracts[i - 1]->address, contracts[i]->address);
}

class RealProtocol : public testing::Test {
protected:
    RealProtocol() {
        const auto genesis = make_genesis(test::genesis_config(), protocol_);
        view_.apply(genesis->changes);
        nodes_.add(genesis->tree);
        header_ = genesis->block.header;
    }
    ExecutedBlock execute(const types::Transaction& txn) {
        const ValidTransaction valid = test::valid(txn, 0);
        const auto records = test::records_of(txn);
        const BlockTransaction item{.txn = &valid, .blobs = records};
        const BlockInput input{.timestamp = header_.timestamp + 1,
                               .proposer = test::plain(1),
                               .extra = {},
                               .transactions = std::span{&item, 1}};
        const ParentState parent{.view = view_, .nodes = nodes_, .header = header_};
        auto block = execute_block(parent, input, protocol_);
        ENSHRINE_ASSERT(block.has_value());
        const BlockClaim claim{.block = block->block, .transactions = std::span{&valid, 1}};
        const auto verified = verify_block(parent, claim, protocol_);
        ENSHRINE_ASSERT(verified.has_value());
        view_.apply(block->changes);
        nodes_.add(block->tree);
        header_ = block->block.header;
        return *std::move(block);
    }
    [[nodiscard]] Result<CallOutcome> ask(const Address& receiver, Bytes data) const {
        CallRequest request;
        request.receiver = receiver;
        request.data = std::move(data);
        request.gas_limit = 1'000'000;
        return call(view_, request, next_block_context(view_, header_, header_.timestamp + 1, {}), protocol_);
    }

    [[nodiscard]] Amount sum_of_balances() const {
        Amount sum;
        for (const auto& [key, value] : view_.entries()) {
            if (key.bytes()[0] != static_cast<Byte>(state::Module::account)) continue;
            sum = *checked_add(sum, types::decode_account(value)->balance);
        }
        return sum;
    }

    ExecutionCache cache_ = *ExecutionCache::make();
    Protocol protocol_ = enshrined_protocol(cache_);
    state::MemoryView view_;
    test::Nodes nodes_;
    types::BlockHeader header_;
};

TEST_F(RealProtocol, PublishedBlobsAreKnownToTheNextBlock) {
    const types::Transaction txn = test::blob_transfer(1);
    const ExecutedBlock block = execute(txn);
    ASSERT_EQ(block.receipts.size(), 1U);
    EXPECT_EQ(block.block.header.message_hub_root, messaging::hub_root(view_));
    codec::abi::Encoder arguments{1};
    arguments.bytes32(txn.blob_versioned_hashes[0]);
    const auto outcome = ask(system::data_availability_address,
                             arguments.finish_call(codec::abi::selector("blobInfo(bytes32 versionedHash)")));
    ASSERT_TRUE(outcome.has_value());
    ASSERT_TRUE(outcome->succeeded);
    ASSERT_EQ(outcome->output.size(), 128U);
    EXPECT_EQ(outcome->output[31], 1);  // known
    EXPECT_EQ(outcome->output[63], 1);  // height
}

// [CHAIN-BLOCK.9] [CHAIN-FEE.8] [DA-PUB.6]
TEST_F(RealProtocol, APublicationIsALeafOfItsBlock) {
    data_availability::Publication publication;
    publication.commitment[0] = 7;
    publication.blobs = {{.name_space = publication.commitment, .size = 5'000}};
    const auto key = test::key(0);
    const auto certificate = crypto::make_quorum_certificate(
        data_availability::publication_digest(test::chain_id, publication), std::span{&key, 1});
    types::Transaction txn = test::transfer();
    txn.to = system::data_availability_address;
    txn.value = Amount{std::uint64_t{1'000'000}};
    txn.gas_limit = 500'000;
    codec::abi::Encoder arguments{4};
    arguments.bytes32(publication.blobs[0].name_space).bytes32(publication.commitment).u64(5'000).bytes(*certificate);
    txn.data = arguments.finish_call(
        codec::abi::selector("publish(bytes32 namespace, bytes32 commitment, uint64 size, bytes certificate)"));
    const Amount before = sum_of_balances();
    const ExecutedBlock block = execute(txn);
    ASSERT_EQ(block.receipts.size(), 1U);
    ASSERT_TRUE(block.receipts[0].status);
    const types::BlockHeader& header = block.block.header;
    const auto leaves = data_availability::block_leaves({}, block.receipts);
    ASSERT_EQ(leaves.size(), 1U);
    EXPECT_EQ(leaves[0].commitment, publication.commitment);
    EXPECT_EQ(header.data_availability_root, data_availability::root_of_leaves(leaves));
    const U256 gas_burned = header.base_fee_per_gas * U256{header.gas_used};
    const std::uint64_t data_bytes = data_availability::shape_of(5'000)->data_bytes();
    EXPECT_EQ(sum_of_balances().wei() + gas_burned + U256{data_bytes}, before.wei());
    EXPECT_EQ(data_availability::load_publication(view_, publication.commitment)->height, header.number);
    EXPECT_EQ(data_availability::load_block_bytes(view_), 0U);  // the hook has settled them [CHAIN-BLOCK.7]
}

TEST_F(RealProtocol, EveryContractRefusesWhatItDoesNotKnow) {
    for (const system::Contract* contract : system_contracts()) {
        const auto outcome = ask(contract->address, Bytes{0xde, 0xad, 0xbe, 0xef});
        ASSERT_TRUE(outcome.has_value());
        EXPECT_FALSE(outcome->succeeded);
        ASSERT_GE(outcome->output.size(), 4U);
        EXPECT_EQ(load_be<std::uint32_t>(outcome->output.data()),
                  codec::abi::selector("UnknownSelector(bytes4 selector)"));
    }
}

TEST_F(RealProtocol, ARefusedDepositGivesTheValueBack) {
    types::Transaction txn = test::transfer();
    txn.to = system::inbox_address;
    txn.value = Amount{std::uint64_t{1'000}};
    txn.gas_limit = 500'000;
    txn.data = codec::abi::Encoder{2}
                   .u64(77)
                   .address(test::plain(3))
                   .finish_call(codec::abi::selector("deposit(uint64 rollup, address receiver)"));
    const ExecutedBlock block = execute(txn);
    ASSERT_EQ(block.receipts.size(), 1U);
    EXPECT_FALSE(block.receipts[0].status);
    EXPECT_GE(block.receipts[0].revert_data.size(), 4U);
    EXPECT_TRUE(system::load_account(view_, system::inbox_address).balance.is_zero());
}

}  // namespace
}  // namespace enshrine::chain
