// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// A rollup for payments. Plain transfers of the native coin are the runtime's; the program adds payments with a memo,
// payments to many, assets of other chains, and the ways out to the L1 and to other rollups.
#include <sdk/guest/program.hpp>

namespace rollups::payments {
namespace {

using namespace enshrine;
using codec::abi::Arguments;
using codec::abi::Encoder;
using guest::CallResult;
using guest::Context;
using messaging::AssetId;
using messaging::native_asset;

constexpr guest::EventDeclaration events[] = {
    {"Payment(address indexed from, address indexed to, uint256 value, bytes32 memo)",
     "native coins changed hands through pay or payMany (whose memo is zero)"},
    {"AssetPayment(address indexed from, address indexed to, bytes32 indexed asset, uint256 amount)",
     "an asset of another chain changed hands"},
};
constexpr Hash32 payment_topic = codec::abi::signature_hash(events[0].declaration);
constexpr Hash32 asset_payment_topic = codec::abi::signature_hash(events[1].declaration);

constexpr guest::ErrorDeclaration errors[] = {
    guest::insufficient_balance_error,
    guest::record_too_large_error,
    guest::invalid_receiver_error,
    guest::own_destination_error,
    guest::invalid_destination_error,
    guest::value_without_call_error,
    {"LengthMismatch(uint256 receivers, uint256 amounts)", "payMany takes one amount per receiver"},
    {"WrongTotal(uint256 sent, uint256 total)", "payMany spends exactly the value it is sent"},
    {"NativeAsset()", "this method moves assets of other chains; native coins move by value"},
};
constexpr const guest::ErrorDeclaration& length_mismatch = errors[6];
constexpr const guest::ErrorDeclaration& wrong_total = errors[7];
constexpr const guest::ErrorDeclaration& own_asset_only = errors[8];

/// Gas of one more receiver of payMany: two balance updates and an event.
constexpr std::uint64_t receiver_gas = 12'000;

CallResult nothing() {
    return Bytes{};
}

AssetId asset_of(const Hash32& word) {
    return AssetId::from(word.view());
}

void emit_payment(Context& context, const Address& to, const U256& value, const Hash32& memo) {
    const Hash32 parties[] = {guest::topic_of(context.sender()), guest::topic_of(to)};
    Encoder data{2};
    data.u256(value).bytes32(memo);
    context.emit_event(payment_topic, parties, data);
}

CallResult pay(Context& context, const Arguments& arguments) {
    const Address to = arguments.address(0);
    const Hash32 memo = arguments.bytes32(1);
    if (!guest::can_own(to)) return guest::refuse_receiver(to);
    const auto paid = context.transfer(guest::program_address, to, native_asset, context.value);
    if (!paid) return guest::refuse_balance(context, guest::program_address, native_asset, context.value);
    emit_payment(context, to, context.value.wei(), memo);
    return nothing();
}

/// Sum of the amounts; nullopt when it exceeds 256 bits.
std::optional<U256> total_of(const Arguments& arguments, std::size_t parameter) {
    U256 total;
    for (std::size_t i = 0; i < arguments.array_size(parameter); ++i) {
        const auto sum = checked_add(total, U256::from_be(arguments.array_word(parameter, i).view()));
        if (!sum) return std::nullopt;
        total = *sum;
    }
    return total;
}

CallResult pay_many(Context& context, const Arguments& arguments) {
    const std::size_t receivers = arguments.array_size(0);
    const std::size_t amounts = arguments.array_size(1);
    if (receivers != amounts) return guest::refuse(length_mismatch, Encoder{2}.u64(receivers).u64(amounts));
    const std::uint64_t gas = receiver_gas * receivers;
    if (!context.charge(gas)) return system::out_of_gas(context.gas_limit(), gas);
    const auto total = total_of(arguments, 1);
    if (!total || Amount{*total} != context.value) {
        return guest::refuse(wrong_total, Encoder{2}.u256(context.value.wei()).u256(total.value_or(U256{})));
    }
    for (std::size_t i = 0; i < receivers; ++i) {
        const Hash32 word = arguments.array_word(0, i);
        const Address to = Address::from(word.view().last(Address::size_bytes));
        const U256 amount = U256::from_be(arguments.array_word(1, i).view());
        if (!guest::can_own(to)) return guest::refuse_receiver(to);
        const auto paid = context.transfer(guest::program_address, to, native_asset, Amount{amount});
        if (!paid) return guest::refuse_balance(context, guest::program_address, native_asset, Amount{amount});
        emit_payment(context, to, amount, Hash32{});
    }
    return nothing();
}

CallResult send_value(Context& context, std::uint64_t destination, const Address& receiver) {
    ENSHRINE_CHECK(context.send(
        {.destination = destination, .receiver = receiver, .asset = native_asset, .value = context.value, .data = {}}));
    return nothing();
}

CallResult withdraw(Context& context, const Arguments& arguments) {
    return send_value(context, context.l1_chain_id(), arguments.address(0));
}

CallResult bridge(Context& context, const Arguments& arguments) {
    return send_value(context, arguments.u64(0), arguments.address(1));
}

CallResult pay_asset(Context& context, const Arguments& arguments) {
    const AssetId asset = asset_of(arguments.bytes32(0));
    const Address to = arguments.address(1);
    const Amount amount{arguments.u256(2)};
    if (asset == native_asset) return guest::refuse(own_asset_only, Encoder{0});
    if (!guest::can_own(to)) return guest::refuse_receiver(to);
    const auto paid = context.transfer(context.sender(), to, asset, amount);
    if (!paid) return guest::refuse_balance(context, context.sender(), asset, amount);
    const Hash32 indexed[] = {guest::topic_of(context.sender()), guest::topic_of(to), arguments.bytes32(0)};
    context.emit_event(asset_payment_topic, indexed, Encoder{1}.u256(amount.wei()));
    return nothing();
}

CallResult bridge_asset(Context& context, const Arguments& arguments) {
    const AssetId asset = asset_of(arguments.bytes32(0));
    const std::uint64_t destination = arguments.u64(1);
    const Address receiver = arguments.address(2);
    const Amount amount{arguments.u256(3)};
    if (asset == native_asset) return guest::refuse(own_asset_only, Encoder{0});
    const auto collected = context.transfer(context.sender(), guest::program_address, asset, amount);
    if (!collected) return guest::refuse_balance(context, context.sender(), asset, amount);
    ENSHRINE_CHECK(
        context.send({.destination = destination, .receiver = receiver, .asset = asset, .value = amount, .data = {}}));
    return nothing();
}

CallResult balance_of(Context& context, const Arguments& arguments) {
    return Encoder{1}.u256(context.balance(arguments.address(0), native_asset).wei()).finish();
}

CallResult asset_balance_of(Context& context, const Arguments& arguments) {
    const AssetId asset = asset_of(arguments.bytes32(1));
    return Encoder{1}.u256(context.balance(arguments.address(0), asset).wei()).finish();
}

using enum guest::Mutability;
constexpr guest::Method methods[] = {
    {"pay(address to, bytes32 memo)", "", payable, 15'000, pay, "Pays the value it is sent to `to`, with a memo."},
    {"payMany(address[] to, uint256[] amounts)", "", payable, 5'000, pay_many,
     "Pays several receivers at once; the amounts add up to the value."},
    {"withdraw(address receiver)", "", payable, 30'000, withdraw,
     "Sends the value to `receiver` on the L1; it can be collected there once the batch has settled."},
    {"bridge(uint64 destination, address receiver)", "", payable, 30'000, bridge,
     "Sends the value to `receiver` on another rollup."},
    {"payAsset(bytes32 asset, address to, uint256 amount)", "", nonpayable, 20'000, pay_asset,
     "Pays in an asset that came from another chain."},
    {"bridgeAsset(bytes32 asset, uint64 destination, address receiver, uint256 amount)", "", nonpayable, 40'000,
     bridge_asset, "Sends an asset onward or home to another chain."},
    {"balanceOf(address owner)", "uint256 balance", view, 1'000, balance_of, "Native coins of an account."},
    {"assetBalanceOf(address owner, bytes32 asset)", "uint256 balance", view, 1'000, asset_balance_of,
     "What an account owns of an asset of another chain."},
};

struct Payments {
    static constexpr guest::Interface interface{
        .name = "IPayments",
        .documentation = "Payments on a rollup: with memo, to many, in assets of other chains, and to other chains.",
        .address = guest::program_address,
        .methods = methods,
        .events = events,
        .errors = errors,
    };
};

}  // namespace

ENSHRINE_ROLLUP_MAIN(Payments)

}  // namespace rollups::payments
