// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/messaging/assets.hpp>
#include <enshrine/messaging/errors.hpp>
#include <enshrine/messaging/events.hpp>
#include <enshrine/messaging/handlers.hpp>
#include <enshrine/messaging/outbox.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::messaging {

using system::refuse;

// [MSG.6]
system::CallResult apply_withdraw(system::CallContext& context, const codec::abi::Arguments& arguments) {
    ENSHRINE_TRY(const auto proven, prove_message(context.state, arguments));
    const Message& message = proven.message();
    if (message.destination != context.block.chain_id) {
        return refuse<errors::wrong_destination>(context.block.chain_id, message.destination);
    }
    if (message.receiver.is_zero()) return refuse<errors::zero_receiver>();
    ENSHRINE_CHECK(leave_rollup(context.state, message.source, message.asset, message.value));
    ENSHRINE_CHECK(credit_account(context.state, message.receiver, message.asset, message.value));
    mark_consumed(context.state, proven);
    system::emit<events::withdrawn>(context, message.source, message.sequence, message.receiver, message.asset,
                                    message.value, proven.bytes());
    return Bytes{};
}

}  // namespace enshrine::messaging
