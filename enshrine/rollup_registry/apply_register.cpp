// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/rollup_registry/errors.hpp>
#include <enshrine/rollup_registry/events.hpp>
#include <enshrine/rollup_registry/handlers.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/state/entries.hpp>
#include <enshrine/state/tree.hpp>
#include <enshrine/system/values.hpp>
#include <enshrine/vm/program.hpp>

#include <algorithm>

namespace enshrine::rollup_registry {
namespace {

using system::CallResult;
using system::refuse;
using Check = std::expected<void, system::Revert>;

struct Registration {
    std::uint64_t id = 0;
    BytesView program;
    BytesView genesis;
    Address sequencer;
    std::uint64_t policy = 0;
    std::string_view name;
};

Check check_id(const system::CallContext& context, std::uint64_t id, std::size_t rollup_count) {
    if (id == 0 || id > rollup_id_max) return refuse<errors::rollup_id_out_of_range>(std::uint64_t{1}, rollup_id_max, id);
    if (id == context.block.chain_id) return refuse<errors::rollup_id_is_l1>(id);
    if (rollup_exists(context.state, id)) return refuse<errors::rollup_exists>(id);
    if (rollup_count >= rollups_max) return refuse<errors::registry_full>(std::uint64_t{rollups_max});
    return {};
}

Check check_name(std::string_view name) {
    if (name.empty() || name.size() > rollup_name_bytes_max) {
        return refuse<errors::bad_name_length>(std::uint64_t{1}, std::uint64_t{rollup_name_bytes_max},
                                               std::uint64_t{name.size()});
    }
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(name[i]);
        if (byte < 0x20 || byte > 0x7e) return refuse<errors::bad_name_character>(std::uint64_t{i}, byte);
    }
    return {};
}

/// Identifier of a program that the machine loads.
std::expected<Hash32, system::Revert> check_program(system::CallContext& context, BytesView elf) {
    if (elf.size() > program_bytes_max) {
        return refuse<errors::program_too_large>(std::uint64_t{program_bytes_max}, std::uint64_t{elf.size()});
    }
    const std::uint64_t gas = elf.size() * program_byte_gas;
    if (!context.charge(gas)) return system::out_of_gas(context.gas_limit(), gas);
    const auto program = vm::Program::load(elf);
    if (!program) return refuse<errors::program_refused>(program.error().message());
    return program->id();
}

/// State root of the entries [REG.7].
std::expected<Hash32, system::Revert> check_genesis(system::CallContext& context, BytesView genesis) {
    if (genesis.size() > genesis_bytes_max) {
        return refuse<errors::genesis_too_large>(std::uint64_t{genesis_bytes_max}, std::uint64_t{genesis.size()});
    }
    const std::uint64_t byte_gas = genesis.size() * genesis_byte_gas;
    if (!context.charge(byte_gas)) return system::out_of_gas(context.gas_limit(), byte_gas);
    const auto entries = state::decode_entries(genesis);
    if (!entries) return refuse<errors::genesis_refused>(entries.error().message());
    if (entries->size() > genesis_entries_max) {
        return refuse<errors::too_many_genesis_entries>(std::uint64_t{genesis_entries_max}, std::uint64_t{entries->size()});
    }
    const std::uint64_t entry_gas = entries->size() * genesis_entry_gas;
    if (!context.charge(entry_gas)) return system::out_of_gas(context.gas_limit(), entry_gas);
    return state::root_of(*entries);
}

/// What registration computes from what it was given.
struct Derived {
    Hash32 program_id;
    Hash32 genesis_state_root;
};

void store_registration(system::CallContext& context, const Registration& registration, const Derived& derived,
                        std::vector<std::uint64_t> ids) {
    ids.insert(std::ranges::lower_bound(ids, registration.id), registration.id);
    store_rollup_ids(context.state, ids);
    store_program(context.state, derived.program_id, registration.program);
    store_genesis(context.state, registration.id, registration.genesis);
    store_rollup(context.state, registration.id,
                 Rollup{.owner = context.caller,
                        .sequencer = registration.sequencer,
                        .policy = SettlementPolicy::native,
                        .program_id = derived.program_id,
                        .genesis_state_root = derived.genesis_state_root,
                        .registered_at = context.block.height,
                        .name = std::string{registration.name}});
    // Native settlement is instant: no challenge window [DA-RET.5].
    data_availability::register_rollup_namespace(
        context.state, {.rollup = registration.id, .owner = context.caller, .challenge_window_blocks = 0});
    Progress progress;
    progress.settled_state_root = derived.genesis_state_root;
    store_progress(context.state, registration.id, progress);
}

}  // namespace

// [REG.*]
CallResult apply_register(system::CallContext& context, const codec::abi::Arguments& arguments) {
    Registration registration;
    registration.id = arguments.u64(0);
    registration.program = arguments.bytes(1);
    registration.genesis = arguments.bytes(2);
    registration.sequencer = arguments.address(3);
    registration.policy = arguments.u64(4);
    registration.name = as_text(arguments.bytes(5));

    std::vector<std::uint64_t> ids = load_rollup_ids(context.state);
    ENSHRINE_CHECK(check_id(context, registration.id, ids.size()));
    ENSHRINE_CHECK(check_name(registration.name));
    if (registration.sequencer.is_zero()) return refuse<errors::zero_sequencer>();
    if (registration.policy != static_cast<std::uint64_t>(SettlementPolicy::native)) {
        return refuse<errors::unknown_policy>(static_cast<std::uint8_t>(registration.policy));
    }
    ENSHRINE_TRY(const auto program_id, check_program(context, registration.program));
    ENSHRINE_TRY(const auto genesis_state_root, check_genesis(context, registration.genesis));
    store_registration(context, registration, Derived{program_id, genesis_state_root}, std::move(ids));
    system::emit<events::rollup_registered>(context, registration.id, context.caller, registration.sequencer, program_id,
                                            genesis_state_root,
                                            static_cast<std::uint8_t>(SettlementPolicy::native), registration.name);
    return Bytes{};
}

}  // namespace enshrine::rollup_registry
