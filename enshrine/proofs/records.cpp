// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/proofs/keys.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/records.hpp>

#include <utility>

namespace enshrine::proofs {
namespace {

using codec::BinaryReader;
using codec::BinaryWriter;

/// The registry wrote what it reads: a record that does not decode is a broken database, not input.
template <class T>
std::optional<T> load(const state::StateView& state, const state::Key& key,
                      Result<T> (*decode)(BinaryReader&) noexcept) {
    const auto bytes = state.get(key);
    if (!bytes) return std::nullopt;
    BinaryReader reader{*bytes};
    auto out = decode(reader);
    ENSHRINE_ASSERT(out.has_value() && reader.finish().has_value());
    return *std::move(out);
}

Result<KeyRecord> decode_key_record(BinaryReader& reader) noexcept {
    KeyRecord out;
    ENSHRINE_TRY(out.registered_at, reader.u64());
    ENSHRINE_TRY(out.holders, reader.u32());
    ENSHRINE_TRY(out.frozen_holders, reader.u32());
    ENSHRINE_TRY(const auto verdict, reader.u8());
    out.verdict = Verdict{verdict};
    ENSHRINE_TRY(out.input_count, reader.u32());
    ENSHRINE_TRY(out.input_bound, reader.u256());
    ENSHRINE_TRY(out.cost.verify_microseconds, reader.u32());
    ENSHRINE_TRY(out.cost.decode_microseconds, reader.u32());
    return out;
}

Result<HolderRecord> decode_holder(BinaryReader& reader) noexcept {
    HolderRecord out;
    ENSHRINE_TRY(const auto deposit, reader.u256());
    out.deposit = Amount{deposit};
    ENSHRINE_TRY(out.since, reader.u64());
    ENSHRINE_TRY(out.frozen, reader.boolean());
    ENSHRINE_TRY(out.uses, reader.u32());
    return out;
}

}  // namespace

std::string_view to_text(KeyStatus status) noexcept {
    switch (status) {
        case KeyStatus::unknown:
            return "unknown";
        case KeyStatus::probation:
            return "probation";
        case KeyStatus::active:
            return "active";
        case KeyStatus::frozen:
            return "frozen";
        case KeyStatus::retired:
            return "retired";
    }
    return {};
}

std::optional<KeyRecord> load_key_record(const state::StateView& state, const Hash32& id) {
    return load(state, keys::key_record(id), &decode_key_record);
}

std::optional<Bytes> load_key_bytes(const state::StateView& state, const Hash32& id) {
    return state.get(keys::key_bytes(id));
}

std::optional<HolderRecord> load_holder(const state::StateView& state, const Hash32& id, const Address& address) {
    return load(state, keys::holder(id, address), &decode_holder);
}

void store_key_record(state::Overlay& state, const Hash32& id, const KeyRecord& record) {
    BinaryWriter writer;
    writer.u64(record.registered_at);
    writer.u32(record.holders);
    writer.u32(record.frozen_holders);
    writer.u8(std::to_underlying(record.verdict));
    writer.u32(record.input_count);
    writer.u256(record.input_bound);
    writer.u32(record.cost.verify_microseconds);
    writer.u32(record.cost.decode_microseconds);
    state.put(keys::key_record(id), writer.bytes());
}

void store_key_bytes(state::Overlay& state, const Hash32& id, BytesView bytes) {
    state.put(keys::key_bytes(id), bytes);
}

void erase_key_bytes(state::Overlay& state, const Hash32& id) {
    state.erase(keys::key_bytes(id));
}

void store_holder(state::Overlay& state, const Hash32& id, const Address& address, const HolderRecord& holder) {
    BinaryWriter writer;
    writer.u256(holder.deposit.wei());
    writer.u64(holder.since);
    writer.boolean(holder.frozen);
    writer.u32(holder.uses);
    state.put(keys::holder(id, address), writer.bytes());
}

void erase_holder(state::Overlay& state, const Hash32& id, const Address& address) {
    state.erase(keys::holder(id, address));
}

// [PKEY.6]
KeyStatus status_of(const std::optional<KeyRecord>& record, std::uint64_t height) noexcept {
    if (!record) return KeyStatus::unknown;
    if (record->verdict == Verdict::retired || record->holders == 0) return KeyStatus::retired;
    if (record->verdict == Verdict::frozen || record->frozen_holders == record->holders) return KeyStatus::frozen;
    if (height < record->registered_at + probation_blocks) return KeyStatus::probation;
    return KeyStatus::active;
}

std::uint64_t verification_gas(const Cost& cost) noexcept {
    return (std::uint64_t{cost.verify_microseconds} + cost.decode_microseconds) * gas_per_microsecond;
}

void add_use(state::Overlay& state, const Hash32& id, const Address& address) {
    auto holder = load_holder(state, id, address);
    ENSHRINE_ASSERT(holder.has_value());
    holder->uses += 1;
    store_holder(state, id, address, *holder);
}

}  // namespace enshrine::proofs
