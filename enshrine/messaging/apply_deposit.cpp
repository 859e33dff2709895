// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/messaging/assets.hpp>
#include <enshrine/messaging/errors.hpp>
#include <enshrine/messaging/handlers.hpp>
#include <enshrine/messaging/inbox.hpp>
#include <enshrine/messaging/params.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/system/accounts.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::messaging {
namespace {

using system::CallResult;
using system::refuse;

AssetCheck check_target(const system::CallContext& context, std::uint64_t rollup, const Address& receiver) {
    if (!rollup_registry::rollup_exists(context.state, rollup)) return refuse<errors::unknown_rollup>(rollup);
    if (receiver.is_zero()) return refuse<errors::zero_receiver>();
    return {};
}

/// The coins that came with the call move on to the hub and count as the rollup's [MSG.5].
AssetCheck take_value(system::CallContext& context, std::uint64_t rollup) {
    ENSHRINE_CHECK(enter_rollup(context.state, rollup, native_asset, context.value));
    const auto moved = system::transfer(context.state, context.self, system::message_hub_address, context.value);
    if (!moved) {
        const Amount held = system::load_account(context.state, system::message_hub_address).balance;
        return refuse<errors::amount_overflow>(native_asset, held, context.value);
    }
    return {};
}

}  // namespace

CallResult apply_deposit(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t rollup = arguments.u64(0);
    Message message;
    message.kind = MessageKind::token;
    message.sender = context.caller;
    message.receiver = arguments.address(1);
    message.value = context.value;
    ENSHRINE_CHECK(check_target(context, rollup, message.receiver));
    if (context.value.is_zero()) return refuse<errors::zero_value>();
    ENSHRINE_CHECK(take_value(context, rollup));
    return system::answer(send_from_l1(context, rollup, std::move(message)));
}

CallResult apply_deposit_and_call(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t rollup = arguments.u64(0);
    const BytesView data = arguments.bytes(2);
    Message message;
    message.kind = MessageKind::call;
    message.sender = context.caller;
    message.receiver = arguments.address(1);
    message.value = context.value;
    ENSHRINE_CHECK(check_target(context, rollup, message.receiver));
    if (data.size() > message_data_bytes_max) {
        return refuse<errors::data_too_large>(std::uint64_t{message_data_bytes_max}, std::uint64_t{data.size()});
    }
    const std::uint64_t gas = data.size() * message_byte_gas;
    if (!context.charge(gas)) return system::out_of_gas(context.gas_limit(), gas);
    message.data = to_bytes(data);
    ENSHRINE_CHECK(take_value(context, rollup));
    return system::answer(send_from_l1(context, rollup, std::move(message)));
}

CallResult apply_deposit_asset(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t rollup = arguments.u64(0);
    Message message;
    message.kind = MessageKind::token;
    message.sender = context.caller;
    message.receiver = arguments.address(1);
    message.asset = AssetId::from(arguments.bytes32(2).view());
    message.value = Amount{arguments.u256(3)};
    ENSHRINE_CHECK(check_target(context, rollup, message.receiver));
    if (message.asset == native_asset || !well_formed(message.asset)) {
        return refuse<errors::not_an_issued_asset>(message.asset);
    }
    ENSHRINE_CHECK(check_carried(context.state, rollup, message.asset));
    if (message.value.is_zero()) return refuse<errors::zero_value>();
    ENSHRINE_CHECK(debit_account(context.state, context.caller, message.asset, message.value));
    ENSHRINE_CHECK(enter_rollup(context.state, rollup, message.asset, message.value));
    return system::answer(send_from_l1(context, rollup, std::move(message)));
}

}  // namespace enshrine::messaging
