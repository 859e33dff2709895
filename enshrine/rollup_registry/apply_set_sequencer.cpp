// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rollup_registry/errors.hpp>
#include <enshrine/rollup_registry/events.hpp>
#include <enshrine/rollup_registry/handlers.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::rollup_registry {

// [REG.6]
system::CallResult apply_set_sequencer(system::CallContext& context, const codec::abi::Arguments& arguments) {
    const std::uint64_t id = arguments.u64(0);
    const Address sequencer = arguments.address(1);
    auto rollup = load_rollup(context.state, id);
    if (!rollup) return system::refuse<errors::unknown_rollup>(id);
    if (context.caller != rollup->owner) return system::refuse<errors::not_owner>(rollup->owner, context.caller);
    if (sequencer.is_zero()) return system::refuse<errors::zero_sequencer>();
    const Address previous = rollup->sequencer;
    rollup->sequencer = sequencer;
    store_rollup(context.state, id, *rollup);
    system::emit<events::sequencer_changed>(context, id, previous, sequencer);
    return Bytes{};
}

}  // namespace enshrine::rollup_registry
