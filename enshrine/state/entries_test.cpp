// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>
#include <enshrine/state/entries.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::state {
namespace {

Key key_of(std::uint64_t number) {
    return Key{Module::rollup_program}.u64(number);
}

RC_GTEST_PROP(StateEntries, DecodeUndoesEncode, ()) {
    std::map<Key, Bytes> entries;
    for (const auto& [number, value] : *rc::gen::arbitrary<std::map<std::uint64_t, Bytes>>()) {
        if (!value.empty()) entries.emplace(key_of(number), value);
    }
    RC_ASSERT(decode_entries(encode_entries(entries)).value() == entries);
}

TEST(StateEntries, RefusesWhatIsNotCanonical) {
    const Key first = key_of(1);
    const Key second = key_of(2);
    const auto encode = [](std::initializer_list<std::pair<BytesView, Bytes>> items) {
        codec::BinaryWriter out;
        out.u32(static_cast<std::uint32_t>(items.size()));
        for (const auto& [key, value] : items) out.variable(key).variable(value);
        return out.take();
    };
    EXPECT_TRUE(decode_entries(encode({{first.bytes(), {1}}, {second.bytes(), {2}}})).has_value());
    EXPECT_TRUE(decode_entries(encode({{second.bytes(), {1}}, {first.bytes(), {2}}}))
                    .error()
                    .is(EntriesError::keys_not_ascending));
    EXPECT_TRUE(decode_entries(encode({{first.bytes(), {1}}, {first.bytes(), {2}}}))
                    .error()
                    .is(EntriesError::keys_not_ascending));
    EXPECT_TRUE(decode_entries(encode({{{}, {1}}})).error().is(EntriesError::key_size));
    const Bytes long_key(key_bytes_max + 1, 7);
    EXPECT_TRUE(decode_entries(encode({{long_key, {1}}})).error().is(EntriesError::key_size));
    EXPECT_TRUE(decode_entries(encode({{first.bytes(), {}}})).error().is(EntriesError::value_empty));
    EXPECT_TRUE(decode_entries(encode({{first.bytes(), Bytes(entry_value_bytes_max + 1, 1)}}))
                    .error()
                    .is(EntriesError::value_too_large));
    Bytes trailing = encode({{first.bytes(), {1}}});
    trailing.push_back(0);
    EXPECT_TRUE(decode_entries(trailing).error().is(codec::BinaryError::trailing_bytes));
    const Bytes huge_count{0xff, 0xff, 0xff, 0xff};
    EXPECT_TRUE(decode_entries(huge_count).error().is(codec::BinaryError::truncated));
}

}  // namespace
}  // namespace enshrine::state
