// SPDX-License-Identifier: Apache-2.0
#include <enshrine/state/view.hpp>

#include <gtest/gtest.h>

namespace enshrine::state {
namespace {

const Key key_a = Key{Module::account}.u8(1);
const Key key_b = Key{Module::account}.u8(2);

TEST(Key, BytesAreModuleThenFieldsInBigEndian) {
    const Key key = Key{Module::messaging}.u64(0x0102).u8(9);
    EXPECT_EQ(to_bytes(key.bytes()), (Bytes{6, 0, 0, 0, 0, 0, 0, 1, 2, 9}));
    EXPECT_EQ(Key::from_bytes(key.bytes()), key);
}

TEST(Key, OrderIsThatOfTheBytes) {
    EXPECT_LT(Key{Module::account}, key_a);  // a prefix comes before what it begins
    EXPECT_LT(key_a, key_b);
    EXPECT_LT(key_b, Key{Module::messaging});
}

TEST(Overlay, ReadsThroughAndHidesErased) {
    MemoryView base;
    base.apply({{key_a, Bytes{1}}, {key_b, Bytes{2}}});
    Overlay overlay{base};
    EXPECT_EQ(overlay.get(key_a), Bytes{1});
    overlay.put(key_a, Bytes{3});
    overlay.erase(key_b);
    EXPECT_EQ(overlay.get(key_a), Bytes{3});
    EXPECT_EQ(overlay.get(key_b), std::nullopt);
    EXPECT_EQ(base.get(key_b), Bytes{2});
}

TEST(Overlay, ChildIsMergedOrDropped) {
    const MemoryView base;
    Overlay parent{base};
    parent.put(key_a, Bytes{1});
    {
        Overlay dropped{parent};
        dropped.erase(key_a);
    }
    EXPECT_EQ(parent.get(key_a), Bytes{1});
    Overlay kept{parent};
    kept.erase(key_a);
    kept.put(key_b, Bytes{});
    std::move(kept).merge_into(parent);
    EXPECT_EQ(parent.get(key_a), std::nullopt);
    EXPECT_EQ(parent.get(key_b), Bytes{});  // an empty value is a value
    EXPECT_EQ(parent.changes().size(), 2U);
}

TEST(MemoryView, ApplyWritesAndErases) {
    MemoryView view;
    view.apply({{key_a, Bytes{1}}});
    view.apply({{key_a, std::nullopt}, {key_b, Bytes{2}}});
    EXPECT_EQ(view.entries(), (std::map<Key, Bytes>{{key_b, Bytes{2}}}));
}

}  // namespace
}  // namespace enshrine::state
