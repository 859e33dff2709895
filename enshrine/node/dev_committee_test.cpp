// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/network/tls_identity.hpp>
#include <enshrine/node/dev_accounts.hpp>
#include <enshrine/node/dev_committee.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>

#include <gtest/gtest.h>

#include <fstream>

namespace enshrine::node {
namespace {

namespace fs = std::filesystem;

class DevCommittee : public ::testing::Test {
protected:
    [[nodiscard]] auto load_or_make(std::span<const crypto::SecretKey> keys, const std::string& listen = {}) const {
        return load_or_make_dev_committee({.folder = folder_.path() / "storage",
                                           .chain_folder = folder_.path() / "chain",
                                           .keys = keys,
                                           .listen = listen});
    }
    [[nodiscard]] fs::path file() const { return folder_.path() / "storage" / "committee.yaml"; }

    store::TempFolder folder_;
    crypto::SecretKey keys_[3] = {dev_accounts()[0].key, dev_accounts()[1].key, dev_accounts()[2].key};
};

// [DA-CERT.1]
TEST_F(DevCommittee, IsMadeOnceAndValid) {
    const auto made = load_or_make(keys_);
    ASSERT_TRUE(made.has_value()) << made.error();
    EXPECT_TRUE(data_availability::validate_committee(*made).has_value());
    ASSERT_EQ(made->size(), 3U);
    for (const auto& member : *made) {
        const fs::path folder = storage_folder(folder_.path() / "storage", member.address);
        EXPECT_EQ(network::TlsIdentity::load_or_make(tls_key_file(folder)).value().key_hash(), member.tls_key_hash);
        EXPECT_TRUE(fs::exists(folder / "key"));
    }
    fs::create_directories(folder_.path() / "chain");
    const auto again = load_or_make(keys_);
    ASSERT_TRUE(again.has_value()) << again.error();
    EXPECT_EQ(*again, *made);
}

TEST_F(DevCommittee, SoleMemberListensWhereItIsTold) {
    const auto made = load_or_make(std::span{keys_}.first(1), "localhost:9545");
    ASSERT_TRUE(made.has_value()) << made.error();
    EXPECT_EQ(made->front().endpoint, "localhost:9545");
}

TEST_F(DevCommittee, OtherMembersAreRefused) {
    ASSERT_TRUE(load_or_make(std::span{keys_}.first(2)).has_value());
    for (const std::size_t count : {std::size_t{1}, std::size_t{3}}) {
        const auto other = load_or_make(std::span{keys_}.first(count));
        ASSERT_FALSE(other.has_value());
        EXPECT_NE(other.error().find("the chain has another committee: expected"), std::string::npos) << other.error();
    }
    EXPECT_FALSE(load_or_make(std::span{keys_}.last(2)).has_value());
}

TEST_F(DevCommittee, AChainWithoutItsFileIsRefused) {
    ASSERT_TRUE(load_or_make(keys_).has_value());
    fs::remove(file());
    fs::create_directories(folder_.path() / "chain");
    const auto lost = load_or_make(keys_);
    ASSERT_FALSE(lost.has_value());
    EXPECT_NE(lost.error().find("committee.yaml is missing"), std::string::npos) << lost.error();
}

TEST_F(DevCommittee, ADamagedFileIsNamed) {
    ASSERT_TRUE(load_or_make(keys_).has_value());
    for (const char* content : {"- {address: 0x12, stake: 1, endpoint: \"a:1\"}\n", "- {\n", "members: 3\n", ""}) {
        std::ofstream{file(), std::ios::trunc} << content;
        const auto damaged = load_or_make(keys_);
        ASSERT_FALSE(damaged.has_value()) << content;
        EXPECT_TRUE(damaged.error().starts_with(file().string())) << damaged.error();
    }
}

}  // namespace
}  // namespace enshrine::node
