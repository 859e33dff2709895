// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/hash/sha256_lane_code.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace enshrine::hash {
namespace {

/// Rows of one size at odd distances, so that every alignment occurs, and bytes behind each that no digest may depend
/// on.
struct Rows {
    Bytes bytes;
    std::vector<const Byte*> pointers;

    Rows(std::size_t count, std::size_t row_bytes, std::uint64_t seed) : bytes(count * (row_bytes + 13)) {
        for (Byte& byte : bytes) {
            seed = seed * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
            byte = static_cast<Byte>(seed >> 56);
        }
        for (std::size_t i = 0; i < count; ++i) pointers.push_back(bytes.data() + i * (row_bytes + 13));
    }
};

/// Digests by the functions of sha256.hpp.
std::vector<Hash32> expected_rows(Byte prefix, const Rows& rows, std::size_t row_bytes) {
    std::vector<Hash32> out;
    for (const Byte* row : rows.pointers) out.push_back(sha256({&prefix, 1}, {row, row_bytes}));
    return out;
}

std::vector<const Sha256LaneCode*> supported_codes() {
    std::vector<const Sha256LaneCode*> out;
    for (const Sha256LaneCode* code : sha256_lane_codes()) {
        if (code->supported()) out.push_back(code);
    }
    return out;
}

std::vector<Hash32> hash_rows(const Sha256LaneCode& code, Byte prefix, const Rows& rows, std::size_t row_bytes) {
    std::vector<Hash32> out(rows.pointers.size());
    code.rows(prefix, rows.pointers, row_bytes, out.data());
    return out;
}

TEST(Sha256Lanes, TheFirstSupportedInstructionSetIsChosen) {
    const auto supported = supported_codes();
    ASSERT_FALSE(supported.empty());
    EXPECT_EQ(supported.back(), &sha256_lanes_portable);
    EXPECT_EQ(&sha256_lane_code(), supported.front());
}

TEST(Sha256Lanes, RowsOfEverySizeUpTo200) {
    for (const Sha256LaneCode* code : supported_codes()) {
        for (std::size_t row_bytes = 0; row_bytes <= 200; ++row_bytes) {
            const Rows rows{17, row_bytes, row_bytes};
            EXPECT_EQ(hash_rows(*code, 0, rows, row_bytes), expected_rows(0, rows, row_bytes))
                << code->name << " " << row_bytes;
        }
    }
}

TEST(Sha256Lanes, EveryCountUpTo40) {
    for (const Sha256LaneCode* code : supported_codes()) {
        for (std::size_t count = 0; count <= 40; ++count) {
            for (const std::size_t row_bytes : {std::size_t{64}, std::size_t{100}, std::size_t{256}}) {
                const Rows rows{count, row_bytes, count};
                EXPECT_EQ(hash_rows(*code, 0xA5, rows, row_bytes), expected_rows(0xA5, rows, row_bytes))
                    << code->name << " " << count << " of " << row_bytes;
            }
        }
    }
}

TEST(Sha256Lanes, LengthsBeyond32BitsOfBits) {
    // The length field alone: states as they are after nothing was absorbed.
    for (const Sha256LaneCode* code : supported_codes()) {
        for (const std::uint64_t message_bytes : {std::uint64_t{1} << 29, (std::uint64_t{5} << 33) + 1}) {
            Sha256LaneStates states;
            code->start(states, 7);
            code->absorb_carry(states, message_bytes, sha256_lane_count);
            std::vector<Hash32> out(sha256_lane_count);
            code->digests(states, out.data(), out.size());
            Bytes block(64);
            block[0] = 7;
            block[1] = 0x80;
            store_be(block.data() + 56, 8 * message_bytes);
            Sha256State state = sha256_initial_state;
            sha256_compress_portable(state, block.data(), 1);
            Hash32 expected;
            for (std::size_t i = 0; i < 8; ++i) store_be(expected.data() + 4 * i, state[i]);
            EXPECT_EQ(out, std::vector<Hash32>(sha256_lane_count, expected)) << code->name;
        }
    }
}

RC_GTEST_PROP(Sha256Lanes, EveryInstructionSetHashesRowsAlike, ()) {
    const auto count = *rc::gen::inRange<std::size_t>(1, 41);
    const auto row_bytes = *rc::gen::inRange<std::size_t>(0, 3'000);
    const auto prefix = *rc::gen::arbitrary<Byte>();
    const Rows rows{count, row_bytes, *rc::gen::arbitrary<std::uint64_t>()};
    const auto expected = expected_rows(prefix, rows, row_bytes);
    for (const Sha256LaneCode* code : supported_codes()) {
        RC_ASSERT(hash_rows(*code, prefix, rows, row_bytes) == expected);
    }
}

RC_GTEST_PROP(Sha256Lanes, EveryInstructionSetHashesPairsAlike, ()) {
    const auto count = *rc::gen::inRange<std::size_t>(1, 41);
    const auto prefix = *rc::gen::arbitrary<Byte>();
    const Rows random{2 * count, 32, *rc::gen::arbitrary<std::uint64_t>()};
    std::vector<Hash32> in;
    for (const Byte* row : random.pointers) in.push_back(Hash32::from({row, 32}));
    std::vector<Hash32> expected;
    for (std::size_t i = 0; i < count; ++i) {
        expected.push_back(sha256_tagged_pair(prefix, in[2 * i], in[2 * i + 1]));
    }
    for (const Sha256LaneCode* code : supported_codes()) {
        std::vector<Hash32> level = in;
        code->pairs(prefix, level.data(), count, level.data());  // in place, as trees are built
        level.resize(count);
        RC_ASSERT(level == expected);
    }
}

RC_GTEST_PROP(Sha256Lanes, EveryInstructionSetHashesSeedsAlike, ()) {
    const auto count = *rc::gen::inRange<std::size_t>(1, 41);
    const auto first = *rc::gen::arbitrary<std::uint32_t>();
    const Rows random{1, 32, *rc::gen::arbitrary<std::uint64_t>()};
    const Hash32 seed = Hash32::from({random.pointers[0], 32});
    std::vector<Hash32> expected;
    for (std::size_t i = 0; i < count; ++i) {
        Bytes index(4);
        store_le(index.data(), static_cast<std::uint32_t>(first + i));
        expected.push_back(sha256(seed.view(), index));
    }
    for (const Sha256LaneCode* code : supported_codes()) {
        std::vector<Hash32> out(count);
        code->seed_index(seed, first, count, out.data());
        RC_ASSERT(out == expected);
    }
}

RC_GTEST_PROP(Sha256Lanes, StripesGiveTheDigestsOfWholeRows, ()) {
    const auto stripes = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 9));
    std::size_t row_bytes = 0;
    for (const std::size_t block_count : stripes) row_bytes += 64 * block_count;
    const auto prefix = *rc::gen::arbitrary<Byte>();
    const Rows rows{sha256_lane_count, row_bytes, *rc::gen::arbitrary<std::uint64_t>()};
    const auto expected = expected_rows(prefix, rows, row_bytes);
    for (const Sha256LaneCode* code : supported_codes()) {
        Sha256LaneStates states;
        code->start(states, prefix);
        auto at = rows.pointers;
        for (const std::size_t block_count : stripes) {
            code->absorb_shifted(states, at.data(), block_count, sha256_lane_count);
            for (const Byte*& pointer : at) pointer += 64 * block_count;
        }
        std::vector<Hash32> out(sha256_lane_count);
        code->absorb_carry(states, row_bytes + 1, sha256_lane_count);
        code->digests(states, out.data(), out.size());
        RC_ASSERT(out == expected);
    }
    Sha256Lanes lanes;
    lanes.start(prefix);
    auto at = rows.pointers;
    for (const std::size_t block_count : stripes) {
        lanes.push(at.data(), block_count);
        for (const Byte*& pointer : at) pointer += 64 * block_count;
    }
    std::vector<Hash32> out(sha256_lane_count);
    lanes.finish(row_bytes, out.data());
    RC_ASSERT(out == expected);
}

}  // namespace
}  // namespace enshrine::hash
