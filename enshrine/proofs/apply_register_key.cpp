// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/errors.hpp>
#include <enshrine/proofs/events.hpp>
#include <enshrine/proofs/handlers.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/records.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::proofs {
namespace {

using system::refuse;

/// The key, decoded after its bytes are paid for [PKEY.1] [PKEY.2].
std::expected<AnyKey, system::Revert> check_key(system::CallContext& context, BytesView bytes) {
    if (bytes.size() > key_bytes_max) {
        return refuse<errors::key_too_large>(std::uint64_t{key_bytes_max}, std::uint64_t{bytes.size()});
    }
    const std::uint64_t gas = bytes.size() * key_byte_gas;
    if (!context.charge(gas)) return system::out_of_gas(context.gas_limit(), gas);
    auto key = AnyKey::decode(bytes);
    if (!key) return refuse<errors::key_refused>(key.error().message());
    if (const auto sound = key->check_sound(); !sound) {  // [PKIND.6]
        return refuse<errors::key_refused>(sound.error().message());
    }
    return *std::move(key);
}

/// [PKEY.4] The record of a key that gains a holder; a key without holders begins anew.
KeyRecord with_holder(const std::optional<KeyRecord>& known, const AnyKey& key, std::uint64_t height) {
    KeyRecord out = known.value_or(KeyRecord{});
    if (out.holders == 0) {
        out.registered_at = height;
        out.input_count = static_cast<std::uint32_t>(key.input_count());
        out.input_bound = key.input_bound();
        out.cost = key.cost();
    }
    out.holders += 1;
    return out;
}

}  // namespace

system::CallResult apply_register_key(system::CallContext& context, const Arguments& arguments) {
    const BytesView bytes = arguments.bytes(0);
    ENSHRINE_TRY(const auto key, check_key(context, bytes));
    const Hash32 id = key.id();
    const Amount deposit{U256{bytes.size()} * U256{key_deposit_per_byte}};  // [PKEY.3]
    if (context.value != deposit) return refuse<errors::wrong_deposit>(deposit, context.value);
    const auto known = load_key_record(context.state, id);
    if (known && known->verdict == Verdict::retired) return refuse<errors::key_retired>(id);
    if (load_holder(context.state, id, context.caller)) return refuse<errors::key_held>(id, context.caller);

    const KeyRecord record = with_holder(known, key, context.block.height);
    if (record.holders == 1) store_key_bytes(context.state, id, bytes);
    store_key_record(context.state, id, record);
    store_holder(context.state, id, context.caller, {.deposit = deposit, .since = context.block.height});
    system::emit<events::key_registered>(context, id, context.caller, static_cast<std::uint8_t>(key.kind()),
                                         key.version(), std::uint64_t{record.input_count},
                                         verification_gas(record.cost), deposit);
    return system::answer(id);
}

}  // namespace enshrine::proofs
