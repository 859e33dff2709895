// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/errors.hpp>
#include <enshrine/data_availability/events.hpp>
#include <enshrine/data_availability/handlers.hpp>
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::data_availability {

using system::CallResult;
using system::refuse;

// [DA-RET.2]
CallResult apply_claim_namespace(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const Hash32 name_space = arguments.bytes32(0);
    if (rollup_of_namespace(name_space)) return refuse<errors::namespace_reserved>(name_space);
    NamespaceRecord record = load_namespace(context.state, name_space);
    if (!record.owner.is_zero()) return refuse<errors::namespace_taken>(name_space, record.owner);
    record.owner = context.caller;
    store_namespace(context.state, name_space, record);
    system::emit<events::namespace_claimed>(context, name_space, record.owner);
    return Bytes{};
}

// [DA-RET.3]
CallResult apply_set_retention(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const Hash32 name_space = arguments.bytes32(0);
    const std::uint64_t blocks = arguments.u64(1);
    NamespaceRecord record = load_namespace(context.state, name_space);
    if (record.owner.is_zero() || context.caller != record.owner) {
        return refuse<errors::not_namespace_owner>(name_space, record.owner, context.caller);
    }
    const RetentionBounds range = retention_range(context.state, record);
    if (blocks < range.least || blocks > range.most) {
        return refuse<errors::retention_out_of_range>(range.least, range.most, blocks);
    }
    record.retention_blocks = blocks;
    store_namespace(context.state, name_space, record);
    system::emit<events::retention_changed>(context, name_space, blocks);
    return Bytes{};
}

}  // namespace enshrine::data_availability
