// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/messaging/assets.hpp>
#include <enshrine/messaging/errors.hpp>
#include <enshrine/messaging/handlers.hpp>
#include <enshrine/messaging/inbox.hpp>
#include <enshrine/messaging/outbox.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::messaging {

using system::CallResult;
using system::refuse;

CallResult query_count(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t rollup = arguments.u64(0);
    if (!rollup_registry::rollup_exists(context.state, rollup)) return refuse<errors::unknown_rollup>(rollup);
    return system::answer(load_inbox_count(context.state, rollup));
}

CallResult query_message(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t rollup = arguments.u64(0);
    const std::uint64_t index = arguments.u64(1);
    if (!rollup_registry::rollup_exists(context.state, rollup)) return refuse<errors::unknown_rollup>(rollup);
    const std::uint64_t count = load_inbox_count(context.state, rollup);
    if (index >= count) return refuse<errors::no_such_message>(count, index);
    const auto message = load_inbox_message(context.state, rollup, index);
    const auto entry = load_inbox_entry(context.state, rollup, index);
    ENSHRINE_ASSERT(message.has_value() && entry.has_value());
    return system::answer(*message, entry->l1_height);
}

CallResult query_rolling_hash(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t rollup = arguments.u64(0);
    const std::uint64_t index = arguments.u64(1);
    if (!rollup_registry::rollup_exists(context.state, rollup)) return refuse<errors::unknown_rollup>(rollup);
    const std::uint64_t count = load_inbox_count(context.state, rollup);
    if (index > count) return refuse<errors::no_such_message>(count, index);
    return system::answer(load_rolling_hash(context.state, rollup, index));
}

CallResult query_outbox_root(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t rollup = arguments.u64(0);
    const std::uint64_t batch = arguments.u64(1);
    if (!rollup_registry::rollup_exists(context.state, rollup)) return refuse<errors::unknown_rollup>(rollup);
    const auto outbox = load_outbox(context.state, rollup, batch);
    if (!outbox) return refuse<errors::not_settled>(rollup, batch);
    return system::answer(outbox->root, outbox->count);
}

CallResult query_consumed(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t source = arguments.u64(0);
    const std::uint64_t destination = arguments.u64(1);
    const std::uint64_t sequence = arguments.u64(2);
    return system::answer(is_consumed(context.state, source, destination, sequence));
}

CallResult query_escrow(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t rollup = arguments.u64(0);
    const AssetId asset = AssetId::from(arguments.bytes32(1).view());
    if (!rollup_registry::rollup_exists(context.state, rollup)) return refuse<errors::unknown_rollup>(rollup);
    return system::answer(load_escrow(context.state, rollup, asset));
}

CallResult query_balance_of(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const AssetId asset = AssetId::from(arguments.bytes32(0).view());
    return system::answer(load_balance(context.state, asset, arguments.address(1)));
}

}  // namespace enshrine::messaging
