// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/client/chain_source.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/data_availability/events.hpp>

#include <gtest/gtest.h>

namespace enshrine::client {
namespace {

namespace events = data_availability::events;

Hash32 named(Byte byte) {
    Hash32 out;
    out[31] = byte;
    return out;
}
Bytes words(std::initializer_list<U256> values) {
    Bytes out;
    for (const U256& value : values) append(out, value.to_be().view());
    return out;
}
types::Log matrix_log(const Hash32& commitment, std::uint64_t blobs, std::uint64_t epoch, std::uint64_t expires_at) {
    return {.address = {},
            .topics = {codec::abi::signature_hash(events::matrix_published.declaration), commitment, named(9)},
            .data = words({U256{blobs}, U256{1000}, U256{7}, U256{epoch}, U256{expires_at}})};
}
types::Log blob_log(const Hash32& name_space, const Hash32& commitment, const U256& size) {
    return {.address = {},
            .topics = {codec::abi::signature_hash(events::blob_published.declaration), name_space, commitment},
            .data = words({size, U256{1}})};
}

TEST(ChainSource, ReadsPublicationsFromLogs) {
    const std::vector<types::Log> logs{matrix_log(named(1), 2, 3, 500), blob_log(named(7), named(1), U256{10}),
                                       blob_log(named(8), named(1), U256{20}), matrix_log(named(2), 1, 4, 600),
                                       blob_log(named(7), named(2), U256{30})};
    const auto found = publications_in(logs);
    ASSERT_TRUE(found) << found.error().message;
    ASSERT_EQ(found->size(), 2U);
    const auto& first = found->front();
    EXPECT_EQ(first.expires_at, 500U);
    EXPECT_EQ(first.publication.commitment, named(1));
    EXPECT_EQ(first.publication.epoch, 3U);
    ASSERT_EQ(first.publication.blobs.size(), 2U);
    EXPECT_EQ(first.publication.blobs[1].name_space, named(8));
    EXPECT_EQ(first.publication.blobs[1].size, 20U);
    EXPECT_EQ(found->back().publication.blobs[0].size, 30U);
    EXPECT_TRUE(publications_in({})->empty());
}

TEST(ChainSource, RefusesLogsThatContradictEachOther) {
    const auto refused = [](std::vector<types::Log> logs) { return !publications_in(logs); };
    EXPECT_TRUE(refused({matrix_log(named(1), 1, 0, 5)})) << "a blob is missing";
    EXPECT_TRUE(refused({blob_log(named(7), named(1), U256{10})})) << "no matrix";
    EXPECT_TRUE(refused({matrix_log(named(1), 1, 0, 5), blob_log(named(7), named(2), U256{10})})) << "another matrix's";
    EXPECT_TRUE(refused({matrix_log(named(1), 1, 0, 5), matrix_log(named(2), 1, 0, 5)}));
    EXPECT_TRUE(refused({matrix_log(named(1), 1, 0, 5), blob_log(named(7), named(1), U256{10}),
                         blob_log(named(7), named(1), U256{10})}))
        << "one too many";
    EXPECT_TRUE(refused({matrix_log(named(1), 1, 0, 5), blob_log(named(7), named(1), U256{1, 0, 0, 0})}));
    auto cut = matrix_log(named(1), 1, 0, 5);
    cut.data.pop_back();
    EXPECT_TRUE(refused({cut}));
}

TEST(ChainSource, AnL1ThatIsAwayIsNamed) {
    RpcChainSource away{"http://127.0.0.1:1"};
    const auto height = away.height();
    ASSERT_FALSE(height);
    EXPECT_NE(height.error().find("127.0.0.1:1"), std::string::npos) << height.error();
    EXPECT_FALSE(away.published(1, 2));
    EXPECT_FALSE(away.committee(std::nullopt));
    RpcChainSource nonsense{"nonsense"};
    EXPECT_FALSE(nonsense.height());
}

}  // namespace
}  // namespace enshrine::client
