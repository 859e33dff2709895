// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/messaging/errors.hpp>
#include <enshrine/messaging/handlers.hpp>
#include <enshrine/messaging/inbox.hpp>
#include <enshrine/messaging/params.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::messaging {

using system::refuse;

// [MSG.8] Whether the transaction is any good is for the rollup to say: the L1 does not know its accounts.
system::CallResult apply_send(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t rollup = arguments.u64(0);
    const BytesView transaction = arguments.bytes(1);
    if (!rollup_registry::rollup_exists(context.state, rollup)) return refuse<errors::unknown_rollup>(rollup);
    if (transaction.empty()) return refuse<errors::empty_transaction>();
    if (transaction.size() > message_data_bytes_max) {
        return refuse<errors::data_too_large>(std::uint64_t{message_data_bytes_max}, std::uint64_t{transaction.size()});
    }
    const std::uint64_t gas = transaction.size() * message_byte_gas;
    if (!context.charge(gas)) return system::out_of_gas(context.gas_limit(), gas);
    Message message;
    message.kind = MessageKind::forced_transaction;
    message.sender = context.caller;
    message.data = to_bytes(transaction);
    return system::answer(send_from_l1(context, rollup, std::move(message)));
}

}  // namespace enshrine::messaging
