// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/errors.hpp>
#include <enshrine/proofs/events.hpp>
#include <enshrine/proofs/handlers.hpp>
#include <enshrine/proofs/records.hpp>
#include <enshrine/system/accounts.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/system/values.hpp>

/// freezeKey, unfreezeKey, retireKey [PKEY.7 … PKEY.10].
namespace enshrine::proofs {
namespace {

using system::CallResult;
using system::refuse;

struct Held {
    KeyRecord key;
    HolderRecord holder;
};
std::expected<Held, system::Revert> load_held(const system::CallContext& context, const Hash32& id) {
    const auto key = load_key_record(context.state, id);
    if (!key) return refuse<errors::unknown_key>(id);
    const auto holder = load_holder(context.state, id, context.caller);
    if (!holder) return refuse<errors::not_holder>(id, context.caller);
    return Held{.key = *key, .holder = *holder};
}

/// A verdict of governance [PKEY.8].
std::expected<void, system::Revert> judge(system::CallContext& context, const Hash32& id, Verdict verdict) {
    auto key = load_key_record(context.state, id);
    if (!key) return refuse<errors::unknown_key>(id);
    if (key->verdict == Verdict::retired) return refuse<errors::key_retired>(id);
    if (key->verdict == verdict) return refuse<errors::status_unchanged>(id);
    key->verdict = verdict;
    store_key_record(context.state, id, *key);
    return {};
}

std::expected<void, system::Revert> set_frozen(system::CallContext& context, const Hash32& id, bool frozen) {
    if (context.caller == system::governance_address) {
        return judge(context, id, frozen ? Verdict::frozen : Verdict::none);
    }
    ENSHRINE_TRY(auto held, load_held(context, id));
    if (held.holder.frozen == frozen) return refuse<errors::status_unchanged>(id);
    held.holder.frozen = frozen;
    held.key.frozen_holders = frozen ? held.key.frozen_holders + 1 : held.key.frozen_holders - 1;
    store_holder(context.state, id, context.caller, held.holder);
    store_key_record(context.state, id, held.key);
    return {};
}

/// [PKEY.9] The deposit lies on the account of the contract.
CallResult give_up(system::CallContext& context, const Hash32& id) {
    ENSHRINE_TRY(auto held, load_held(context, id));
    if (held.holder.uses != 0) return refuse<errors::key_in_use>(id, std::uint64_t{held.holder.uses});
    held.key.holders -= 1;
    if (held.holder.frozen) held.key.frozen_holders -= 1;
    if (held.key.holders == 0) erase_key_bytes(context.state, id);
    store_key_record(context.state, id, held.key);
    erase_holder(context.state, id, context.caller);
    const auto paid = system::transfer(context.state, context.self, context.caller, held.holder.deposit);
    ENSHRINE_ASSERT(paid.has_value());  // it came from an account of this chain
    system::emit<events::key_retired>(context, id, context.caller, held.holder.deposit);
    return Bytes{};
}

}  // namespace

CallResult apply_freeze_key(system::CallContext& context, const Arguments& arguments) {
    const Hash32 id = arguments.bytes32(0);
    ENSHRINE_CHECK(set_frozen(context, id, true));
    system::emit<events::key_frozen>(context, id, context.caller);
    return Bytes{};
}

CallResult apply_unfreeze_key(system::CallContext& context, const Arguments& arguments) {
    const Hash32 id = arguments.bytes32(0);
    ENSHRINE_CHECK(set_frozen(context, id, false));
    system::emit<events::key_unfrozen>(context, id, context.caller);
    return Bytes{};
}

CallResult apply_retire_key(system::CallContext& context, const Arguments& arguments) {
    const Hash32 id = arguments.bytes32(0);
    if (context.caller != system::governance_address) return give_up(context, id);
    ENSHRINE_CHECK(judge(context, id, Verdict::retired));
    system::emit<events::key_retired>(context, id, context.caller, Amount{});
    return Bytes{};
}

}  // namespace enshrine::proofs
