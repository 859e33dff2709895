// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/messaging/assets.hpp>
#include <enshrine/messaging/errors.hpp>
#include <enshrine/messaging/hub_root.hpp>
#include <enshrine/messaging/inbox.hpp>
#include <enshrine/messaging/interface.hpp>
#include <enshrine/messaging/outbox.hpp>
#include <enshrine/messaging/services.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/rollup_registry/validity.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/system/call_for_test.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::messaging {
namespace {

using system::refused_with;

constexpr std::uint64_t l1 = 900;
constexpr std::string_view deposit = "deposit(uint64 rollup, address receiver)";
constexpr std::string_view withdraw = "withdraw(bytes message, uint64 batch, uint64 index, bytes32[] siblings)";
constexpr std::string_view relay = "relay(bytes message, uint64 batch, uint64 index, bytes32[] siblings)";

Address account(Byte number) noexcept {
    Address out;
    out[0] = 0xac;
    out[19] = number;
    return out;
}
const Address alice = account(1);
const Address bob = account(2);

/// Two rollups that settle whatever they like: the hub has to cope.
class HubWorld {
public:
    HubWorld() {
        chain.services.inbox = &inbox;
        chain.services.settlement = &hub;
        for (const std::uint64_t id : {901U, 902U}) rollup_registry::store_rollup(chain.state, id, {});
        rollup_registry::store_rollup_ids(chain.state, {901, 902});
        EXPECT_TRUE(system::credit(chain.state, alice, Amount{1'000'000}).has_value());
    }
    system::CallResult call_inbox(std::string_view method, const auto&... values) {
        return chain.call({.contract = inbox_contract(), .caller = alice, .method = method}, values...);
    }
    system::CallResult call_deposit(std::uint64_t rollup, std::uint64_t value) {
        return chain.call({.contract = inbox_contract(), .caller = alice, .method = deposit, .value = Amount{value}},
                          rollup, alice);
    }
    /// Settles a batch whose outbox holds these messages.
    void settle(std::uint64_t rollup, const std::vector<Message>& messages) {
        outbox.clear();
        for (const Message& message : messages) outbox.push_back(message_hash(encode_message(message)));
        batch = load_hub_tip(chain.state, rollup).settled_sequence + 1;
        hub.on_settled(chain.state, {.rollup = rollup,
                                     .sequence = batch,
                                     .state_root = Hash32{},
                                     .outbox_root = crypto::merkle_root(outbox),
                                     .outbox_count = outbox.size()});
    }
    system::CallResult consume(std::string_view method, const Message& message, std::uint64_t index) {
        const auto path = index < outbox.size() ? crypto::merkle_proof(outbox, index) : std::vector<Hash32>{};
        return chain.call({.contract = hub_contract(), .caller = bob, .method = method}, encode_message(message), batch,
                          index, path);
    }
    /// Settles the message alone and consumes it.
    system::CallResult send(std::string_view method, const Message& message) {
        settle(message.source, {message});
        return consume(method, message, 0);
    }
    Amount coins(const Address& owner) const { return system::load_account(chain.state, owner).balance; }

    system::TestChain chain;
    Inbox inbox;
    Hub hub;
    std::vector<Hash32> outbox;
    std::uint64_t batch = 0;
};

Message message_to(std::uint64_t source, std::uint64_t destination, std::uint64_t sequence, std::uint64_t value) {
    Message out;
    out.source = source;
    out.destination = destination;
    out.sequence = sequence;
    out.sender = alice;
    out.receiver = bob;
    out.value = Amount{value};
    return out;
}

TEST(Inbox, DepositMovesCoinsAndEnqueues) {  // [MSG.2], [MSG.5]
    HubWorld world;
    world.chain.block.height = 77;
    const auto result = world.call_deposit(901, 500);
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(world.coins(alice), Amount{999'500});
    EXPECT_EQ(world.coins(system::message_hub_address), Amount{500});
    EXPECT_EQ(world.coins(system::inbox_address), Amount{});
    EXPECT_EQ(load_escrow(world.chain.state, 901, native_asset), Amount{500});
    const auto bytes = load_inbox_message(world.chain.state, 901, 0);
    ASSERT_TRUE(bytes.has_value());
    const auto message = decode_message(*bytes);
    ASSERT_TRUE(message.has_value());
    EXPECT_EQ(message->source, l1);
    EXPECT_EQ(message->destination, 901U);
    EXPECT_EQ(message->value, Amount{500});
    EXPECT_EQ(load_rolling_hash(world.chain.state, 901, 1), next_rolling_hash(Hash32{}, message_hash(*bytes)));
    EXPECT_EQ(world.inbox.enqueued_at(world.chain.state, 901, 0), 77U);
    EXPECT_EQ(world.inbox.count_at(world.chain.state, 901, 76), 0U);
    EXPECT_EQ(world.inbox.count_at(world.chain.state, 901, 77), 1U);
    ASSERT_EQ(world.chain.logs.size(), 1U);
    EXPECT_EQ(world.chain.logs[0].address, system::inbox_address);
}

TEST(Inbox, RefusesEachBadField) {
    HubWorld world;
    EXPECT_TRUE(refused_with(world.call_deposit(903, 5), errors::unknown_rollup));
    EXPECT_TRUE(refused_with(world.call_deposit(901, 0), errors::zero_value));
    EXPECT_TRUE(refused_with(world.call_inbox(deposit, std::uint64_t{901}, Address{}), errors::zero_receiver));
    constexpr std::string_view send = "send(uint64 rollup, bytes transaction)";
    EXPECT_TRUE(refused_with(world.call_inbox(send, std::uint64_t{903}, Bytes{1}), errors::unknown_rollup));
    EXPECT_TRUE(refused_with(world.call_inbox(send, std::uint64_t{901}, Bytes{}), errors::empty_transaction));
    EXPECT_TRUE(refused_with(world.call_inbox(send, std::uint64_t{901}, Bytes(1025)), errors::data_too_large));
    EXPECT_TRUE(world.call_inbox(send, std::uint64_t{901}, Bytes(1024)).has_value());
    constexpr std::string_view asset = "depositAsset(uint64 rollup, address receiver, bytes32 asset, uint256 amount)";
    const AssetId token = make_asset(902, account(7));
    EXPECT_TRUE(refused_with(world.call_inbox(asset, std::uint64_t{901}, bob, native_asset, U256{1}),
                             errors::not_an_issued_asset));
    EXPECT_TRUE(
        refused_with(world.call_inbox(asset, std::uint64_t{901}, bob, token, U256{1}), errors::insufficient_asset));
    EXPECT_TRUE(
        refused_with(world.call_inbox("message(uint64 rollup, uint64 index)", std::uint64_t{901}, std::uint64_t{1}),
                     errors::no_such_message));
}

TEST(Hub, WithdrawPaysOnce) {  // [MSG.4], [MSG.6]
    HubWorld world;
    ASSERT_TRUE(world.call_deposit(901, 500).has_value());
    const Message message = message_to(901, l1, 300, 200);
    ASSERT_TRUE(world.send(withdraw, message).has_value());
    EXPECT_EQ(world.coins(bob), Amount{200});
    EXPECT_EQ(load_escrow(world.chain.state, 901, native_asset), Amount{300});
    EXPECT_TRUE(is_consumed(world.chain.state, 901, l1, 300));
    EXPECT_FALSE(is_consumed(world.chain.state, 901, l1, 299));
    EXPECT_TRUE(refused_with(world.consume(withdraw, message, 0), errors::already_consumed));
    EXPECT_TRUE(refused_with(world.send(withdraw, message), errors::already_consumed));
    EXPECT_EQ(world.coins(bob), Amount{200});
}

TEST(Hub, EscrowBoundsWhatLeaves) {  // [MSG.5]
    HubWorld world;
    ASSERT_TRUE(world.call_deposit(901, 500).has_value());
    ASSERT_TRUE(world.call_deposit(902, 500).has_value());
    const auto refused = world.send(withdraw, message_to(901, l1, 0, 501));
    ASSERT_TRUE(refused_with(refused, errors::escrow_exceeded));
    EXPECT_EQ(system::refusal_word(refused, 2), U256{500});
    EXPECT_EQ(system::refusal_word(refused, 3), U256{501});
    EXPECT_FALSE(is_consumed(world.chain.state, 901, l1, 0));
    EXPECT_TRUE(refused_with(world.send(relay, message_to(901, 902, 0, 501)), errors::escrow_exceeded));
    EXPECT_TRUE(world.send(withdraw, message_to(901, l1, 0, 500)).has_value());
}

TEST(Hub, RelayMovesTheMessageVerbatim) {  // [MSG.12]
    HubWorld world;
    ASSERT_TRUE(world.call_deposit(901, 500).has_value());
    const Message message = message_to(901, 902, 0, 200);
    ASSERT_TRUE(world.send(relay, message).has_value());
    EXPECT_EQ(load_escrow(world.chain.state, 901, native_asset), Amount{300});
    EXPECT_EQ(load_escrow(world.chain.state, 902, native_asset), Amount{200});
    EXPECT_EQ(load_inbox_message(world.chain.state, 902, 0), encode_message(message));
    EXPECT_TRUE(refused_with(world.consume(relay, message, 0), errors::already_consumed));
}

TEST(Hub, IssuedAssetsNeedNoEscrowAtHome) {  // [MSG.11]
    HubWorld world;
    const AssetId token = make_asset(901, account(7));
    Message out = message_to(901, l1, 0, 50);
    out.asset = token;
    ASSERT_TRUE(world.send(withdraw, out).has_value());
    EXPECT_EQ(load_balance(world.chain.state, token, bob), Amount{50});
    Message across = message_to(901, 902, 0, 60);
    across.asset = token;
    ASSERT_TRUE(world.send(relay, across).has_value());
    EXPECT_EQ(load_escrow(world.chain.state, 902, token), Amount{60});
    Message too_much = message_to(902, 901, 0, 61);
    too_much.asset = token;
    EXPECT_TRUE(refused_with(world.send(relay, too_much), errors::escrow_exceeded));
    Message home = message_to(902, 901, 1, 60);
    home.asset = token;
    ASSERT_TRUE(world.send(relay, home).has_value());
    EXPECT_EQ(load_escrow(world.chain.state, 902, token), Amount{});
    EXPECT_EQ(load_escrow(world.chain.state, 901, token), Amount{});
    // A rollup cannot mint what another one issued.
    Message forged = message_to(902, l1, 0, 1);
    forged.asset = token;
    EXPECT_TRUE(refused_with(world.send(withdraw, forged), errors::escrow_exceeded));
    constexpr std::string_view transfer = "transferAsset(bytes32 asset, address to, uint256 amount)";
    const system::TestCall by_bob{.contract = hub_contract(), .caller = bob, .method = transfer};
    EXPECT_TRUE(refused_with(world.chain.call(by_bob, token, alice, U256{51}), errors::insufficient_asset));
    EXPECT_TRUE(world.chain.call(by_bob, token, alice, U256{20}).has_value());
    EXPECT_EQ(load_balance(world.chain.state, token, alice), Amount{20});
}

TEST(Hub, Valid7RollupsOfWordsTakeNativeCoinsAlone) {  // [VALID.7]
    HubWorld world;
    const AssetId token = make_asset(901, account(7));
    Message out = message_to(901, l1, 0, 50);
    out.receiver = alice;
    out.asset = token;
    ASSERT_TRUE(world.send(withdraw, out).has_value());
    constexpr std::string_view asset = "depositAsset(uint64 rollup, address receiver, bytes32 asset, uint256 amount)";
    std::uint64_t sequence = 0;
    const auto bring = [&] { return world.call_inbox(asset, std::uint64_t{902}, bob, token, U256{20}); };
    const auto send = [&](const AssetId& what) {
        Message across = message_to(901, 902, sequence++, 60);
        across.asset = what;
        return world.send(relay, across);
    };
    using rollup_registry::Mapping;
    rollup_registry::store_validity(world.chain.state, 902, {.mapping = Mapping::words, .key_id = {}});
    const auto refused = bring();
    ASSERT_TRUE(refused_with(refused, errors::asset_not_carried));
    EXPECT_EQ(system::refusal_word(refused, 0), U256{902});
    EXPECT_EQ(system::refusal_word(refused, 1), U256{});
    EXPECT_TRUE(refused_with(send(token), errors::asset_not_carried));
    EXPECT_EQ(load_balance(world.chain.state, token, alice), Amount{50});
    EXPECT_EQ(load_escrow(world.chain.state, 902, token), Amount{});
    ASSERT_TRUE(world.call_deposit(901, 60).has_value());
    EXPECT_TRUE(world.call_deposit(902, 5).has_value());
    EXPECT_TRUE(send(native_asset).has_value());
    rollup_registry::store_validity(world.chain.state, 902, {.mapping = Mapping::digest, .key_id = {}});
    EXPECT_TRUE(bring().has_value());
    EXPECT_TRUE(send(token).has_value());
}

TEST(Hub, RefusesEachBadField) {  // [MSG.3], [MSG.9], [MSG.10]
    HubWorld world;
    ASSERT_TRUE(world.call_deposit(901, 500).has_value());
    EXPECT_TRUE(refused_with(world.send(withdraw, message_to(901, 902, 0, 1)), errors::wrong_destination));
    EXPECT_TRUE(refused_with(world.send(relay, message_to(901, l1, 0, 1)), errors::destination_is_l1));
    EXPECT_TRUE(refused_with(world.send(relay, message_to(901, 901, 0, 1)), errors::destination_is_source));
    EXPECT_TRUE(refused_with(world.send(relay, message_to(901, 903, 0, 1)), errors::unknown_rollup));
    Message forced = message_to(901, 902, 0, 0);
    forced.kind = MessageKind::forced_transaction;
    EXPECT_TRUE(refused_with(world.send(relay, forced), errors::wrong_kind));
    Message nobody = message_to(901, l1, 0, 1);
    nobody.receiver = Address{};
    EXPECT_TRUE(refused_with(world.send(withdraw, nobody), errors::zero_receiver));

    const std::vector<Message> messages{message_to(901, l1, 0, 1), message_to(901, l1, 1, 2),
                                        message_to(901, l1, 2, 3)};
    world.settle(901, messages);
    EXPECT_TRUE(refused_with(world.consume(withdraw, messages[0], 3), errors::index_out_of_range));
    EXPECT_TRUE(refused_with(world.consume(withdraw, messages[0], 1), errors::proof_mismatch));
    EXPECT_TRUE(refused_with(world.consume(withdraw, message_to(902, l1, 0, 1), 0), errors::not_settled));
    EXPECT_TRUE(refused_with(world.consume(withdraw, message_to(903, l1, 0, 1), 0), errors::unknown_rollup));
    const system::TestCall by_bob{.contract = hub_contract(), .caller = bob, .method = withdraw};
    const auto length =
        world.chain.call(by_bob, encode_message(messages[0]), world.batch, std::uint64_t{0}, std::vector<Hash32>{});
    ASSERT_TRUE(refused_with(length, errors::wrong_proof_length));
    EXPECT_EQ(system::refusal_word(length, 0), U256{2});
    EXPECT_TRUE(
        refused_with(world.chain.call(by_bob, Bytes{1, 2}, world.batch, std::uint64_t{0}, std::vector<Hash32>{}),
                     errors::bad_message));
    for (std::uint64_t i = 0; i < 3; ++i) EXPECT_TRUE(world.consume(withdraw, messages[i], i).has_value());
}

TEST(HubRoot, CoversEveryRollup) {  // [HUB.1], [HUB.2]
    HubWorld world;
    const auto expected = [&world] {
        const std::vector<Hash32> leaves{hub_leaf(901, load_hub_tip(world.chain.state, 901)),
                                         hub_leaf(902, load_hub_tip(world.chain.state, 902))};
        return crypto::merkle_root(leaves);
    };
    const Hash32 before = hub_root(world.chain.state);
    EXPECT_EQ(before, expected());
    world.settle(902, {message_to(902, l1, 0, 1)});
    EXPECT_EQ(hub_root(world.chain.state), expected());
    EXPECT_NE(hub_root(world.chain.state), before);
    const Hash32 leaf = outbox_leaf(1, world.outbox[0], 1);
    EXPECT_EQ(load_hub_tip(world.chain.state, 902).outboxes.root(), leaf);
    EXPECT_NE(leaf, outbox_leaf(1, world.outbox[0], 2));
}

/// Deposits, and rollups that emit any message with any value: coins are conserved, and what leaves a rollup came in.
RC_GTEST_PROP(Hub, NothingIsCreatedOrPaidTwice, ()) {
    HubWorld world;
    const AssetId token = make_asset(901, account(7));
    std::vector<Message> sent;
    std::uint64_t paid = 0;
    const auto steps = *rc::gen::inRange(1, 40);
    for (int step = 0; step < steps; ++step) {
        const std::uint64_t rollup = *rc::gen::element<std::uint64_t>(901, 902);
        const auto value = *rc::gen::inRange<std::uint64_t>(0, 400);
        if (*rc::gen::inRange(0, 3) == 0) {
            (void)world.call_deposit(rollup, value);
        } else {
            Message message = message_to(rollup, *rc::gen::element<std::uint64_t>(900, 901, 902, 903),
                                         *rc::gen::inRange<std::uint64_t>(0, 8), value);
            if (*rc::gen::arbitrary<bool>()) message.asset = token;
            const bool again = is_consumed(world.chain.state, rollup, message.destination, message.sequence);
            const Amount escrow = load_escrow(world.chain.state, rollup, message.asset);
            const std::string_view method = message.destination == l1 ? withdraw : relay;
            const bool accepted = world.send(method, message).has_value();
            RC_ASSERT(!(accepted && again));
            const bool home = message.asset == token && rollup == 901;
            RC_ASSERT(!accepted || home || message.value <= escrow);
            if (accepted && message.destination == l1 && message.asset == native_asset) paid += value;
        }
        const Amount held = world.coins(system::message_hub_address);
        const auto escrows = checked_add(load_escrow(world.chain.state, 901, native_asset),
                                         load_escrow(world.chain.state, 902, native_asset));
        RC_ASSERT(escrows.has_value() && held == *escrows);
        RC_ASSERT(world.coins(bob) == Amount{paid});
        RC_ASSERT(*checked_add(*checked_add(world.coins(alice), world.coins(bob)), held) == Amount{1'000'000});
        RC_ASSERT(load_escrow(world.chain.state, 901, token).is_zero());
    }
}

RC_GTEST_PROP(Message, RoundTrip, (const Bytes& data, std::uint64_t source, std::uint64_t sequence)) {  // [MSG.1]
    Message message = message_to(source, 900, sequence, sequence);
    message.kind = MessageKind::call;
    message.asset = make_asset(source | 1, alice);
    message.data = data;
    message.data.resize(std::min(data.size(), message_data_bytes_max));
    const Bytes bytes = encode_message(message);
    const auto decoded = decode_message(bytes);
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(encode_message(*decoded) == bytes);
}

TEST(Message, RefusesWhatIsNotCanonical) {
    constexpr std::size_t asset_at = 98;
    const Bytes good = encode_message(message_to(901, l1, 0, 1));
    const auto with = [&good](std::size_t at, Byte value) {
        Bytes bytes = good;
        bytes[at] = value;
        return decode_message(bytes);
    };
    EXPECT_TRUE(with(0, 2).error().is(MessageError::bad_version));
    EXPECT_TRUE(with(1, 3).error().is(MessageError::bad_kind));
    EXPECT_TRUE(with(asset_at + 31, 1).error().is(MessageError::bad_asset));  // issuer without origin
    EXPECT_TRUE(with(good.size() - 3, 5).error().is(MessageError::data_too_large));
    for (std::size_t size = 0; size < good.size(); ++size) {
        EXPECT_FALSE(decode_message(BytesView{good}.first(size)).has_value()) << size;
    }
}

}  // namespace
}  // namespace enshrine::messaging
