// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/json_rpc_client.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/data_availability/committee.hpp>
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/data_availability/root_proof.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/node/node.hpp>
#include <enshrine/node/node_for_test.hpp>
#include <enshrine/system/addresses.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace enshrine::node {
namespace {

using namespace test;
using nlohmann::json;

std::string hex(const Hash32& hash) {
    return codec::format_hex(hash.view());
}
Hash32 named(Byte first) {
    Hash32 out;
    out[0] = first;
    return out;
}

/// A development chain: its account "proposer" is the committee. Block 1 publishes a native matrix of two blobs and an
/// EIP-4844 blob, block 2 nothing.
class DaPublications : public ::testing::Test {
protected:
    void SetUp() override {
        NodeConfig config;
        config.dev = true;
        config.data_dir = folder_.path();
        config.storage.enabled = false;
        config.rpc.port = 0;
        config.block_mode = engine::BlockMode::manual;
        config.store_cache_bytes = std::uint64_t{1} << 20;
        auto started = Node::start(config, "test");
        ASSERT_TRUE(started.has_value()) << started.error();
        node_ = *std::move(started);
        rpc_ = *client::JsonRpcClient::make("http://127.0.0.1:" + std::to_string(node_->port()));
        publication_.commitment = named(7);
        publication_.blobs = {{.name_space = named(2), .size = 5'000}, {.name_space = named(2), .size = 70}};
        send(publish());
        const auto blob = blob_transaction(1, 9);
        versioned_hash_ = blob.transaction.blob_versioned_hashes[0];
        send(types::encode_network_transaction(blob));
        call("dev_mine", 1);
        call("dev_mine", 1);
    }
    [[nodiscard]] Bytes publish() const {
        const crypto::SecretKey key = find_dev_account("proposer")->key;
        const auto certificate = crypto::make_quorum_certificate(
            data_availability::publication_digest(dev_chain_id, publication_), std::span{&key, 1});
        std::vector<Hash32> namespaces;
        std::vector<Hash32> sizes;
        for (const data_availability::PublishedBlob& blob : publication_.blobs) {
            namespaces.push_back(blob.name_space);
            sizes.push_back(U256{blob.size}.to_be());
        }
        types::Transaction txn = transfer(0);
        txn.to = system::data_availability_address;
        txn.value = Amount{std::uint64_t{1'000'000}};
        txn.gas_limit = 1'000'000;
        codec::abi::Encoder arguments{4};
        arguments.words(namespaces).words(sizes).bytes32(publication_.commitment).bytes(*certificate);
        txn.data = arguments.finish_call(codec::abi::selector(
            "publishMatrix(bytes32[] namespaces, uint64[] sizes, bytes32 commitment, bytes certificate)"));
        return sign(txn);
    }
    void send(const Bytes& raw) { call("eth_sendRawTransaction", codec::format_hex(raw)); }

    template <class... Values>
    static std::string parameters(const Values&... values) {
        json out = json::array();
        (out.push_back(values), ...);
        return out.dump();
    }
    template <class... Values>
    json call(std::string_view method, const Values&... values) {
        const auto answer = rpc_->call(method, parameters(values...));
        EXPECT_TRUE(answer.has_value()) << method << ": " << answer.error().message;
        return answer ? json::parse(*answer) : json{};
    }
    template <class... Values>
    rpc::RpcError refused(std::string_view method, const Values&... values) {
        const auto answer = rpc_->call(method, parameters(values...));
        EXPECT_FALSE(answer.has_value()) << method << ": " << *answer;
        return answer ? rpc::RpcError{} : answer.error();
    }
    /// The root that a light client takes from the header, after it has compared its hash.
    static Hash32 root_of(const json& proof) {
        const Bytes header = *codec::parse_hex(proof["header"].get<std::string>());
        EXPECT_EQ(proof["blockHash"], hex(hash::keccak256(header)));
        const Hash32 root = types::decode_block_header(header)->data_availability_root;
        EXPECT_EQ(proof["dataAvailabilityRoot"], hex(root));
        return root;
    }
    static data_availability::RootProof decoded(const json& proof) {
        return *data_availability::decode_root_proof(*codec::parse_hex(proof["proof"].get<std::string>()));
    }

    store::TempFolder folder_;
    std::unique_ptr<Node> node_;
    std::unique_ptr<client::JsonRpcClient> rpc_;
    data_availability::Publication publication_;
    Hash32 versioned_hash_;
};

TEST_F(DaPublications, R4InclusionIsProvenAgainstTheHeader) {  // [DA-ROOT.4]
    const json leaves = call("da_publicationsAt", "0x1");
    ASSERT_EQ(leaves.size(), 3U);
    EXPECT_EQ(leaves[0]["scheme"], "kzg");
    EXPECT_EQ(leaves[0]["commitment"], hex(versioned_hash_));
    EXPECT_EQ(leaves[1]["size"], "0x1388");
    EXPECT_EQ(leaves[1]["index"], "0x1");
    EXPECT_EQ(call("da_publicationsAt", "0x1", hex(named(2))).size(), 2U);
    EXPECT_EQ(call("da_publicationsAt", "0x2").size(), 0U);
    for (const json& leaf : leaves) {
        const json proof = call("da_getProof", "0x1", leaf["namespace"], leaf["commitment"], leaf["index"]);
        EXPECT_EQ(proof["kind"], "inclusion");
        EXPECT_EQ(proof["leafCount"], "0x3");
        for (const auto& [field, value] : leaf.items()) EXPECT_EQ(proof["entry"][field], value) << field;
        const auto inclusion = std::get<data_availability::InclusionProof>(decoded(proof));
        EXPECT_TRUE(data_availability::verify_inclusion(root_of(proof), inclusion).has_value());
        EXPECT_EQ(leaf["commitment"], hex(inclusion.entry.leaf.commitment));
        EXPECT_EQ(proof["entry"]["siblings"].size(), inclusion.entry.siblings.size());
    }
    EXPECT_EQ(call("da_included", "0x1", hex(named(2))), true);
    EXPECT_EQ(call("da_included", "0x1", hex(named(2)), hex(named(7))), true);
}

TEST_F(DaPublications, R5AbsenceIsProvenAgainstTheHeader) {  // [DA-ROOT.5]
    struct Case {
        std::string block;
        data_availability::AbsentItem item;
        bool below;
        bool above;
    };
    const std::vector<Case> cases{
        {"0x1", {.name_space = named(1), .commitment = std::nullopt}, true, true},
        {"0x1", {.name_space = named(2), .commitment = named(6)}, true, true},
        {"0x1", {.name_space = named(3), .commitment = std::nullopt}, true, false},
        {"0x1", {.name_space = Hash32{}, .commitment = Hash32{}}, false, true},
        {"0x2", {.name_space = named(2), .commitment = std::nullopt}, false, false},
        {"0x0", {.name_space = named(2), .commitment = std::nullopt}, false, false},
    };
    for (const Case& c : cases) {
        const json proof = c.item.commitment
                               ? call("da_getProof", c.block, hex(c.item.name_space), hex(*c.item.commitment))
                               : call("da_getProof", c.block, hex(c.item.name_space));
        EXPECT_EQ(proof["kind"], "absence");
        EXPECT_EQ(proof["below"].is_object(), c.below);
        EXPECT_EQ(proof["above"].is_object(), c.above);
        const auto absence = std::get<data_availability::AbsenceProof>(decoded(proof));
        EXPECT_TRUE(data_availability::verify_absence(root_of(proof), c.item, absence).has_value());
    }
    EXPECT_EQ(call("da_included", "0x2", hex(named(2))), false);
}

TEST_F(DaPublications, WhatIsKnownOfACommitment) {
    EXPECT_EQ(call("da_has", hex(named(7))), true);
    EXPECT_EQ(call("da_has", hex(versioned_hash_)), true);
    EXPECT_EQ(call("da_has", hex(named(8))), false);
    EXPECT_EQ(call("da_publication", hex(named(8))), nullptr);
    const json known = call("da_publication", hex(named(7)));
    EXPECT_EQ(known["height"], "0x1");
    EXPECT_EQ(known["expired"], false);
    EXPECT_EQ(known["blobs"].size(), 2U);
    EXPECT_EQ(known["blobs"][1]["size"], "0x46");
    EXPECT_EQ(known["dataRows"], "0x40");
    const json price = call("da_price");
    EXPECT_EQ(price["bytePrice"], "0x1");
    EXPECT_EQ(price["excessBytes"], "0x0");
    const json committee = call("da_committee");
    ASSERT_EQ(committee["members"].size(), 1U);
    EXPECT_EQ(committee["members"][0]["address"], codec::format_hex(find_dev_account("proposer")->address.view()));
    EXPECT_EQ(call("da_committee", "0x0"), committee);
}

TEST_F(DaPublications, ErrorsNameTheField) {
    const auto field = [&](std::string_view method, const auto&... values) { return refused(method, values...).field; };
    EXPECT_EQ(field("da_getProof", "0x9", hex(named(2))), "block");
    EXPECT_EQ(field("da_getProof", "0x1"), "namespace");
    EXPECT_EQ(field("da_getProof", "0x1", "0x12"), "namespace");
    EXPECT_EQ(field("da_getProof", "0x1", hex(named(2)), 7), "commitment");
    EXPECT_EQ(field("da_getProof", "0x1", hex(named(2)), hex(named(7)), "0x7"), "index");
    EXPECT_EQ(field("da_getProof", "0x1", hex(named(2)), nullptr, "0x1"), "index");
    EXPECT_EQ(field("da_has", "text"), "commitment");
    EXPECT_EQ(field("da_committee", "0x1"), "epoch");
    EXPECT_EQ(refused("da_committee", "0x1").stable_code, "E-DA-UNKNOWN-EPOCH");
}

}  // namespace
}  // namespace enshrine::node
