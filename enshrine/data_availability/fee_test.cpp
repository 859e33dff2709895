// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/errors.hpp>
#include <enshrine/data_availability/keys.hpp>
#include <enshrine/data_availability/publication_for_test.hpp>
#include <enshrine/system/addresses.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::data_availability {
namespace {

using system::refusal_word;
using system::refused_with;

/// The largest matrix: half of what a block takes.
Publication largest(Byte commitment = 7) {
    return publication_of({{.name_space = open_namespace(1), .size = native_blob_bytes_max}}, commitment);
}
Publication small(Byte commitment = 7) {
    return publication_of({{.name_space = open_namespace(1), .size = 1}}, commitment);
}
void set_excess(PublicationChain& chain, std::uint64_t excess) {
    std::array<Byte, 8> bytes{};
    store_be(bytes.data(), excess);
    chain.state.put(keys::excess_bytes(), bytes);
}

TEST(PublicationFee, R1DataRowsAreCharged) {  // [DA-FEE.1]
    PublicationChain chain;
    for (const auto& [size, bytes] : {std::pair<std::uint64_t, std::uint64_t>{1, 4'096},
                                      {4'091, 4'096},
                                      {4'092, 8'192},
                                      {native_blob_bytes_max, matrix_bytes_max}}) {
        const Amount before = chain.balance(chain.publisher);
        const Publication publication = publication_of({{.name_space = open_namespace(1), .size = size}});
        ASSERT_TRUE(chain.publish(publication).has_value());
        EXPECT_EQ(before, *checked_add(chain.balance(chain.publisher), Amount{bytes})) << size;
        chain.next_block();
        set_excess(chain, 0);
    }
}

TEST(PublicationFee, R2PriceGrowsExponentially) {  // [DA-FEE.2]
    EXPECT_EQ(byte_price_at(0), U256{1});
    EXPECT_EQ(byte_price_at(744'261'117), U256{1});  // ln 2 · 2^30 = 744,261,117.9
    EXPECT_EQ(byte_price_at(744'261'200), U256{2});
    const U256 before = byte_price_at(20'000'000'000);
    const U256 after = byte_price_at(20'000'000'000 + block_data_bytes_target);  // one full block
    EXPECT_GT(after * U256{1'000}, before * U256{1'133});
    EXPECT_LT(after * U256{1'000}, before * U256{1'134});
    EXPECT_EQ(byte_price_at(~std::uint64_t{0}), (U256{~0ULL, ~0ULL, ~0ULL, ~0ULL}));
}

TEST(PublicationFee, R3ExcessFollowsTheBlocks) {  // [DA-FEE.3]
    EXPECT_EQ(next_excess(0, 0), 0U);
    EXPECT_EQ(next_excess(0, block_data_bytes_target), 0U);
    EXPECT_EQ(next_excess(5, block_data_bytes_max), 5 + block_data_bytes_target);
    EXPECT_EQ(next_excess(block_data_bytes_target + 5, 0), 5U);
    EXPECT_EQ(next_excess(3, block_data_bytes_target - 4), 0U);
    EXPECT_EQ(next_excess(~std::uint64_t{0}, block_data_bytes_max), ~std::uint64_t{0} - block_data_bytes_target);
    PublicationChain chain;
    ASSERT_TRUE(chain.publish(largest(1)).has_value());
    ASSERT_TRUE(chain.publish(largest(2)).has_value());
    EXPECT_EQ(load_excess_bytes(chain.state), 0U);  // the same price for the whole block [DA-FEE.2]
    EXPECT_EQ(load_block_bytes(chain.state), block_data_bytes_max);
    chain.next_block();
    EXPECT_EQ(load_excess_bytes(chain.state), block_data_bytes_target);
    EXPECT_EQ(load_block_bytes(chain.state), 0U);
    chain.next_block();
    EXPECT_EQ(load_excess_bytes(chain.state), 0U);
    const auto unchanged = chain.state.changes();
    chain.next_block();
    EXPECT_EQ(chain.state.changes(), unchanged);
}

TEST(PublicationFee, R4ABlockIsFull) {  // [DA-FEE.4]
    PublicationChain chain;
    ASSERT_TRUE(chain.publish(largest(1)).has_value());
    ASSERT_TRUE(chain.publish(largest(2)).has_value());
    const auto refused = chain.publish(small(3));
    EXPECT_TRUE(refused_with(refused, errors::block_full));
    EXPECT_EQ(refusal_word(refused, 0), U256{block_data_bytes_max});
    EXPECT_EQ(refusal_word(refused, 1), U256{block_data_bytes_max});
    EXPECT_EQ(refusal_word(refused, 2), U256{4'096});
    chain.next_block();
    EXPECT_TRUE(chain.publish(small(3)).has_value());
}

TEST(PublicationFee, R5FeeIsBurnedAndTheRestComesBack) {  // [DA-FEE.5]
    PublicationChain chain;
    set_excess(chain, 2'000'000'000);
    const U256 price = byte_price(chain.state);
    ASSERT_EQ(price, U256{6});
    const std::uint64_t fee = 4'096 * 6;
    const auto refused = chain.publish(small(), fee - 1);
    EXPECT_TRUE(refused_with(refused, errors::fee_too_low));
    EXPECT_EQ(refusal_word(refused, 0), U256{fee});
    EXPECT_EQ(refusal_word(refused, 1), U256{fee - 1});
    EXPECT_EQ(refusal_word(refused, 2), price);
    for (const std::uint64_t value : {fee, fee + 1, 10 * fee}) {
        const Amount before = chain.balance(chain.publisher);
        ASSERT_TRUE(chain.publish(small(), value).has_value());
        EXPECT_EQ(before, *checked_add(chain.balance(chain.publisher), Amount{fee}));
        EXPECT_TRUE(chain.balance(system::data_availability_address).is_zero());
    }
    set_excess(chain, ~std::uint64_t{0});  // a price that no value can pay
    EXPECT_TRUE(refused_with(chain.publish(small(), fee), errors::fee_too_low));
}

// [CHAIN-FEE.8] [DA-FEE.5]
RC_GTEST_PROP(PublicationFeeProperty, R5NothingElseIsCreatedOrDestroyed, ()) {
    PublicationChain chain;
    set_excess(chain, *rc::gen::inRange<std::uint64_t>(0, 10'000'000'000));
    const auto calls = *rc::gen::inRange(1, 6);
    for (int i = 0; i < calls; ++i) {
        Publication publication =
            publication_of({{.name_space = open_namespace(1), .size = *rc::gen::inRange<std::uint64_t>(0, 300'000)}});
        const Bytes certificate = chain.certificate(publication, *rc::gen::inRange<Byte>(1, 3));
        const U256 price = byte_price(chain.state);
        const Amount before = chain.balance(chain.publisher);
        const auto value = *rc::gen::inRange<std::uint64_t>(0, 1'000'000'000);
        const bool published = chain.publish(publication, value, certificate).has_value();
        const std::uint64_t bytes = published ? shape_of(publication.blobs[0].size)->data_bytes() : 0;
        RC_ASSERT(chain.balance(chain.publisher).wei() + price * U256{bytes} == before.wei());
        RC_ASSERT(chain.balance(system::data_availability_address).is_zero());
        if (*rc::gen::arbitrary<bool>()) chain.next_block();
    }
}

}  // namespace
}  // namespace enshrine::data_availability
