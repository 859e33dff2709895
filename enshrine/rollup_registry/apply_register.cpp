// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/records.hpp>
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
    SettlementPolicy policy;
    std::optional<Validity> validity;  ///< when the policy names it
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

/// Identifier of the program [REG.2] [VALID.4] [VALID.5].
std::expected<Hash32, system::Revert> check_program(system::CallContext& context, const Registration& registration) {
    const BytesView bytes = registration.program;
    if (bytes.size() > program_bytes_max) {
        return refuse<errors::program_too_large>(std::uint64_t{program_bytes_max}, std::uint64_t{bytes.size()});
    }
    const std::uint64_t gas = bytes.size() * program_byte_gas;
    if (!context.charge(gas)) return system::out_of_gas(context.gas_limit(), gas);
    if (!registration.policy.names(Method::native)) return hash::sha256(bytes);
    const auto program = vm::Program::load(bytes);
    if (!program) return refuse<errors::program_refused>(program.error().message());
    return program->id();
}

/// State root of the entries [REG.7]; without the method native, the first bytes [VALID.4].
std::expected<Hash32, system::Revert> check_genesis(system::CallContext& context, const Registration& registration) {
    const BytesView genesis = registration.genesis;
    if (genesis.size() > genesis_bytes_max) {
        return refuse<errors::genesis_too_large>(std::uint64_t{genesis_bytes_max}, std::uint64_t{genesis.size()});
    }
    const std::uint64_t byte_gas = genesis.size() * genesis_byte_gas;
    if (!context.charge(byte_gas)) return system::out_of_gas(context.gas_limit(), byte_gas);
    if (!registration.policy.names(Method::native)) {
        if (genesis.size() >= Hash32::size_bytes) return Hash32::from(genesis.first(Hash32::size_bytes));
        return refuse<errors::genesis_too_small>(std::uint64_t{Hash32::size_bytes}, std::uint64_t{genesis.size()});
    }
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
                        .policy = registration.policy,
                        .program_id = derived.program_id,
                        .genesis_state_root = derived.genesis_state_root,
                        .registered_at = context.block.height,
                        .name = std::string{registration.name}});
    if (registration.validity) {
        store_validity(context.state, registration.id, *registration.validity);
        proofs::add_use(context.state, registration.validity->key_id, context.caller);  // [PKEY.5]
    }
    // Neither execution nor a proof can be challenged: no window [DA-RET.5].
    data_availability::register_rollup_namespace(
        context.state, {.rollup = registration.id, .owner = context.caller, .challenge_window_blocks = 0});
    Progress progress;
    progress.settled_state_root = derived.genesis_state_root;
    store_progress(context.state, registration.id, progress);
}

// [POLICY.1]
std::expected<SettlementPolicy, system::Revert> check_policy(std::uint64_t code) {
    const auto policy = SettlementPolicy::from_code(code);
    if (!policy) return refuse<errors::unknown_policy>(static_cast<std::uint8_t>(code));
    return *policy;
}

/// [VALID.1] [VALID.2] [POLICY.5]
std::expected<Validity, system::Revert> check_validity(const system::CallContext& context, SettlementPolicy policy,
                                                       BytesView bytes) {
    const auto validity = decode_validity(bytes);
    if (!validity) return refuse<errors::validity_refused>(validity.error().message());
    if (policy.joint() && validity->mapping != Mapping::digest) {
        return refuse<errors::validity_refused>(std::string_view{"a policy of several methods takes the mapping digest"});
    }
    const Hash32& id = validity->key_id;
    const auto key = proofs::load_key_record(context.state, id);
    const auto status = proofs::status_of(key, context.block.height);
    if (status == proofs::KeyStatus::unknown || status == proofs::KeyStatus::retired) {
        return refuse<errors::key_unusable>(id, to_text(status));
    }
    if (!proofs::load_holder(context.state, id, context.caller)) {
        return refuse<errors::key_not_held>(id, context.caller);
    }
    const std::uint64_t expected = input_count(*validity);
    if (key->input_count != expected) return refuse<errors::wrong_key_inputs>(expected, std::uint64_t{key->input_count});
    return *validity;
}

/// [MAP.3] The first state root of a circuit is an element of its field.
Check check_first_root(const system::CallContext& context, const Registration& registration, const Hash32& root) {
    if (!registration.validity || registration.validity->mapping != Mapping::words) return {};
    const auto key = proofs::load_key_record(context.state, registration.validity->key_id);
    if (U256::from_be(root.view()) < key->input_bound) return {};
    return refuse<errors::state_root_not_in_field>(root, key->input_bound);
}

CallResult register_rollup(system::CallContext& context, const Registration& registration) {
    std::vector<std::uint64_t> ids = load_rollup_ids(context.state);
    ENSHRINE_CHECK(check_id(context, registration.id, ids.size()));
    ENSHRINE_CHECK(check_name(registration.name));
    if (registration.sequencer.is_zero()) return refuse<errors::zero_sequencer>();
    ENSHRINE_TRY(const auto program_id, check_program(context, registration));
    ENSHRINE_TRY(const auto genesis_state_root, check_genesis(context, registration));
    ENSHRINE_CHECK(check_first_root(context, registration, genesis_state_root));
    store_registration(context, registration, Derived{program_id, genesis_state_root}, std::move(ids));
    system::emit<events::rollup_registered>(context, registration.id, context.caller, registration.sequencer,
                                            program_id, genesis_state_root, registration.policy.code(),
                                            registration.name);
    return Bytes{};
}

}  // namespace

// [REG.*]
CallResult apply_register(system::CallContext& context, const codec::abi::Arguments& arguments) {
    Registration registration;
    registration.id = arguments.u64(0);
    registration.program = arguments.bytes(1);
    registration.genesis = arguments.bytes(2);
    registration.sequencer = arguments.address(3);
    registration.name = as_text(arguments.bytes(5));
    ENSHRINE_TRY(registration.policy, check_policy(arguments.u64(4)));
    if (registration.policy.names(Method::validity)) {  // [POLICY.2]
        return refuse<errors::policy_needs_validity>(registration.policy.code());
    }
    return register_rollup(context, registration);
}

CallResult apply_register_proven(system::CallContext& context, const codec::abi::Arguments& arguments) {
    Registration registration;
    registration.id = arguments.u64(0);
    registration.program = arguments.bytes(1);
    registration.genesis = arguments.bytes(2);
    registration.sequencer = arguments.address(3);
    registration.name = as_text(arguments.bytes(6));
    ENSHRINE_TRY(registration.policy, check_policy(arguments.u64(4)));
    if (!registration.policy.names(Method::validity)) {  // [POLICY.2]
        return refuse<errors::policy_without_validity>(registration.policy.code());
    }
    ENSHRINE_TRY(registration.validity, check_validity(context, registration.policy, arguments.bytes(5)));
    return register_rollup(context, registration);
}

}  // namespace enshrine::rollup_registry
