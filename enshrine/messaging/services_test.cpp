// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/messaging/message.hpp>
#include <enshrine/messaging/services.hpp>

#include <gtest/gtest.h>

namespace enshrine::messaging {
namespace {

Message plain_message() {
    Message out;
    out.source = 901;
    out.destination = 900;
    out.sequence = 65'536;
    out.sender[0] = 1;
    out.receiver[0] = 2;
    out.value = Amount{std::uint64_t{77}};
    return out;
}

TEST(Messages, Map5FactsAreThoseOfTheBytes) {  // [MAP.5] [MAP.8] [MSG.1]
    const Messages reader;
    Message message = plain_message();
    const Bytes bytes = encode_message(message);
    EXPECT_EQ(bytes.size(), system::plain_message_bytes);
    const auto facts = reader.read(bytes);
    ASSERT_TRUE(facts.has_value());
    EXPECT_EQ(facts->source, 901U);
    EXPECT_EQ(facts->destination, 900U);
    EXPECT_EQ(facts->sequence, 65'536U);
    EXPECT_EQ(facts->sender, message.sender);
    EXPECT_EQ(facts->receiver, message.receiver);
    EXPECT_EQ(facts->value, U256{77});
    EXPECT_TRUE(facts->is_token && !facts->is_call && facts->native_coins && !facts->has_data);
    EXPECT_EQ(reader.outbox_leaf(bytes), message_hash(bytes));

    message.kind = MessageKind::call;
    message.asset = make_asset(902, message.sender);
    message.data = Bytes{1};
    const auto other = reader.read(encode_message(message));
    EXPECT_TRUE(!other->is_token && other->is_call && !other->native_coins && other->has_data);
    message.kind = MessageKind::forced_transaction;
    const auto forced = reader.read(encode_message(message));
    EXPECT_TRUE(!forced->is_token && !forced->is_call);
    EXPECT_FALSE(reader.read(BytesView{bytes}.first(133)).has_value());
}

}  // namespace
}  // namespace enshrine::messaging
