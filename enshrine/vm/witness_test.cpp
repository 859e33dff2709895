// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/vm/arguments.hpp>
#include <enshrine/vm/hash_index.hpp>
#include <enshrine/vm/witness.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::vm {
namespace {

Witness sample() {
    Witness witness;
    witness.append(Bytes{1, 2, 3});
    witness.append({});
    witness.append(Bytes(reveal_bytes_max, 7));
    return witness;
}

TEST(Witness, WireForm) {  // [VM-WIT.3]
    Witness witness;
    witness.append(Bytes{0xaa, 0xbb});
    witness.append({});
    EXPECT_EQ(witness.encode(), (Bytes{0, 0, 0, 2, 0, 2, 0xaa, 0xbb, 0, 0}));
    EXPECT_EQ(witness.encoded_size(), 10U);
    EXPECT_EQ(Witness{}.encode(), Bytes(4));
    EXPECT_EQ(Witness::decode(sample().encode()), sample());
}

TEST(Witness, RefusesMalformedBytes) {  // [VM-WIT.3]
    const Bytes good = sample().encode();
    for (std::size_t size = 0; size < good.size(); ++size) {
        const auto decoded = Witness::decode(BytesView{good}.first(size));
        ASSERT_FALSE(decoded.has_value()) << size;
        EXPECT_TRUE(decoded.error().is(WitnessError::malformed));
    }
    Bytes longer = good;
    longer.push_back(0);
    EXPECT_TRUE(Witness::decode(longer).error().is(WitnessError::malformed));
    Bytes many(4, 0xff);
    EXPECT_TRUE(Witness::decode(many).error().is(WitnessError::malformed));
    Bytes large{0, 0, 0, 1, 0x10, 0x01};
    large.resize(large.size() + 4097);
    EXPECT_TRUE(Witness::decode(large).error().is(WitnessError::item_too_large));
    EXPECT_TRUE(Witness::decode(Bytes(witness_bytes_max + 1)).error().is(WitnessError::too_large));
}

RC_GTEST_PROP(Witness, DecodeInvertsEncode, (const std::vector<Bytes>& items)) {
    Witness witness;
    for (const Bytes& item : items) witness.append(item);
    const auto decoded = Witness::decode(witness.encode());
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(*decoded == witness);
    for (std::size_t i = 0; i < items.size(); ++i) RC_ASSERT(equal(decoded->item(i), items[i]));
}

RC_GTEST_PROP(Witness, WhatDecodesIsCanonical, (Bytes bytes)) {
    if (const auto decoded = Witness::decode(bytes)) RC_ASSERT(decoded->encode() == bytes);
}

TEST(HashIndex, FindsWhatWasAppended) {
    HashIndex index;
    const auto hash_of = [](std::uint32_t k, bool crowded) {
        Hash32 hash;
        if (!crowded) store_le(hash.data(), k * 0x9e3779b97f4a7c15ULL);
        store_le(hash.data() + 16, std::uint64_t{k});
        return hash;
    };
    // Half of them fight for one slot.
    constexpr std::uint32_t count = 5000;
    for (std::uint32_t k = 0; k < count; ++k) {
        EXPECT_FALSE(index.find(hash_of(k, k % 2 == 0)).has_value());
        index.append(hash_of(k, k % 2 == 0));
    }
    EXPECT_EQ(index.size(), count);
    for (std::uint32_t k = 0; k < count; ++k) {
        EXPECT_EQ(index.find(hash_of(k, k % 2 == 0)), k);
        EXPECT_FALSE(index.find(hash_of(k + count, k % 2 == 0)).has_value());
    }
}

ProgramArguments arguments() {
    ProgramArguments out;
    out.mode = RunMode::view;
    out.rollup_id = 0x0102030405060708;
    out.previous_state_root.data_.fill(0x11);
    out.inbox_start.data_.fill(0x22);
    out.inbox_end.data_.fill(0x33);
    out.inbox_first = 4;
    out.inbox_count = 5;
    out.batch_hash.data_.fill(0x44);
    out.batch_sequence = 6;
    out.l1_height = 7;
    out.l1_timestamp = 8;
    out.weight_max = 9;
    out.payload_void = true;
    return out;
}

TEST(Arguments, LayoutOfTheSpecification) {
    const Bytes page = arguments().encode();
    ASSERT_EQ(page.size(), 4096U);
    const auto u64_at = [&](std::size_t offset) { return load_be<std::uint64_t>(page.data() + offset); };
    EXPECT_EQ(u64_at(0), 1U);
    EXPECT_EQ(u64_at(8), 2U);
    EXPECT_EQ(u64_at(16), 0x0102030405060708U);
    EXPECT_EQ(page[24], 0x11);
    EXPECT_EQ(page[56], 0x22);
    EXPECT_EQ(page[119], 0x33);
    EXPECT_EQ(u64_at(120), 4U);
    EXPECT_EQ(u64_at(128), 5U);
    EXPECT_EQ(page[136], 0x44);
    EXPECT_EQ(u64_at(168), 6U);
    EXPECT_EQ(u64_at(176), 7U);
    EXPECT_EQ(u64_at(184), 8U);
    EXPECT_EQ(u64_at(192), 9U);
    EXPECT_EQ(u64_at(200), 1U);
    EXPECT_EQ(ProgramArguments::decode(page), arguments());
}

TEST(Arguments, RefusesOtherPages) {
    const Bytes page = arguments().encode();
    EXPECT_TRUE(ProgramArguments::decode(BytesView{page}.first(4095)).error().is(ArgumentsError::wrong_size));
    const auto with = [&](std::size_t at, Byte value) {
        Bytes out = page;
        out[at] = value;
        return ProgramArguments::decode(out).error();
    };
    EXPECT_TRUE(with(7, 2).is(ArgumentsError::unknown_abi_version));
    EXPECT_TRUE(with(15, 0).is(ArgumentsError::unknown_mode));
    EXPECT_TRUE(with(15, 3).is(ArgumentsError::unknown_mode));
    EXPECT_TRUE(with(207, 2).is(ArgumentsError::bad_payload_status));
    EXPECT_TRUE(with(208, 1).is(ArgumentsError::padding_not_zero));
    EXPECT_TRUE(with(4095, 1).is(ArgumentsError::padding_not_zero));
}

}  // namespace
}  // namespace enshrine::vm
