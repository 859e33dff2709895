// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/messaging/assets.hpp>
#include <enshrine/messaging/errors.hpp>
#include <enshrine/messaging/events.hpp>
#include <enshrine/messaging/handlers.hpp>
#include <enshrine/messaging/inbox.hpp>
#include <enshrine/messaging/outbox.hpp>
#include <enshrine/messaging/params.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::messaging {
namespace {

using system::refuse;

AssetCheck check_destination(const system::CallContext& context, const Message& message) {
    const std::uint64_t destination = message.destination;
    if (destination == context.block.chain_id) return refuse<errors::destination_is_l1>(destination);
    if (destination == message.source) return refuse<errors::destination_is_source>(destination);
    if (!rollup_registry::rollup_exists(context.state, destination)) return refuse<errors::unknown_rollup>(destination);
    return check_carried(context.state, destination, message.asset);
}

}  // namespace

// [MSG.6] The message keeps its bytes, so the destination sees who sent it, from where and with which sequence.
system::CallResult apply_relay(system::CallContext& context, const codec::abi::Arguments& arguments) {
    ENSHRINE_TRY(const auto proven, prove_message(context.state, arguments));
    const Message& message = proven.message();
    ENSHRINE_CHECK(check_destination(context, message));
    const std::uint64_t gas = message.data.size() * message_byte_gas;
    if (!context.charge(gas)) return system::out_of_gas(context.gas_limit(), gas);
    ENSHRINE_CHECK(leave_rollup(context.state, message.source, message.asset, message.value));
    ENSHRINE_CHECK(enter_rollup(context.state, message.destination, message.asset, message.value));
    mark_consumed(context.state, proven);
    const std::uint64_t index = enqueue(context, message.destination, proven.bytes());
    system::emit<events::relayed>(context, message.source, message.destination, message.sequence, index);
    return system::answer(index);
}

}  // namespace enshrine::messaging
