// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/rollup_registry/keys.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/types/transaction.hpp>

namespace enshrine::rollup_registry {
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

Result<std::vector<std::uint64_t>> decode_rollup_ids(BinaryReader& reader) noexcept {
    ENSHRINE_TRY(const auto count, reader.u32());
    std::vector<std::uint64_t> out;
    for (std::uint32_t i = 0; i < count; ++i) {
        ENSHRINE_TRY(const auto id, reader.u64());
        out.push_back(id);
    }
    return out;
}

Result<Rollup> decode_rollup(BinaryReader& reader) noexcept {
    Rollup out;
    ENSHRINE_TRY(out.owner, reader.fixed<20>());
    ENSHRINE_TRY(out.sequencer, reader.fixed<20>());
    ENSHRINE_TRY(const auto policy, reader.u8());
    const auto known = SettlementPolicy::from_code(policy);
    ENSHRINE_ASSERT(known.has_value());
    out.policy = *known;
    ENSHRINE_TRY(out.program_id, reader.fixed<32>());
    ENSHRINE_TRY(out.genesis_state_root, reader.fixed<32>());
    ENSHRINE_TRY(out.registered_at, reader.u64());
    ENSHRINE_TRY(const auto name, reader.variable(rollup_name_bytes_max));
    out.name = as_text(name);
    return out;
}

Result<Progress> decode_progress(BinaryReader& reader) noexcept {
    Progress out;
    ENSHRINE_TRY(out.last_sequence, reader.u64());
    ENSHRINE_TRY(out.last_batch_hash, reader.fixed<32>());
    ENSHRINE_TRY(out.last_anchor_height, reader.u64());
    ENSHRINE_TRY(out.inbox_consumed, reader.u64());
    ENSHRINE_TRY(out.settled_sequence, reader.u64());
    ENSHRINE_TRY(out.settled_state_root, reader.fixed<32>());
    return out;
}

Result<BatchRecord> decode_batch(BinaryReader& reader) noexcept {
    BatchRecord out;
    ENSHRINE_TRY(const auto header, reader.variable(batch_header_bytes_max));
    out.header = to_bytes(header);
    ENSHRINE_TRY(out.hash, reader.fixed<32>());
    ENSHRINE_TRY(out.l1_height, reader.u64());
    ENSHRINE_TRY(out.l1_txn, reader.fixed<32>());
    ENSHRINE_TRY(out.inbox_first, reader.u64());
    ENSHRINE_TRY(out.anchor_timestamp, reader.u64());
    ENSHRINE_TRY(out.certified, reader.boolean());
    ENSHRINE_TRY(const auto blob_count, reader.u8());
    for (std::uint8_t i = 0; i < blob_count; ++i) {
        ENSHRINE_TRY(const auto hash, reader.fixed<32>());
        out.versioned_hashes.push_back(hash);
    }
    ENSHRINE_TRY(out.payload_void, reader.boolean());
    return out;
}

Result<Settlement> decode_settlement(BinaryReader& reader) noexcept {
    Settlement out;
    ENSHRINE_TRY(out.state_root, reader.fixed<32>());
    ENSHRINE_TRY(out.outbox_root, reader.fixed<32>());
    ENSHRINE_TRY(out.outbox_count, reader.u64());
    ENSHRINE_TRY(out.receipts_root, reader.fixed<32>());
    ENSHRINE_TRY(out.machine_root, reader.fixed<32>());
    ENSHRINE_TRY(out.steps, reader.u64());
    ENSHRINE_TRY(out.l1_height, reader.u64());
    ENSHRINE_TRY(out.l1_txn, reader.fixed<32>());
    ENSHRINE_TRY(out.methods, reader.u8());
    return out;
}

Bytes encode_settlement(const Settlement& settlement) {
    BinaryWriter writer;
    writer.fixed(settlement.state_root.view());
    writer.fixed(settlement.outbox_root.view());
    writer.u64(settlement.outbox_count);
    writer.fixed(settlement.receipts_root.view());
    writer.fixed(settlement.machine_root.view());
    writer.u64(settlement.steps);
    writer.u64(settlement.l1_height);
    writer.fixed(settlement.l1_txn.view());
    writer.u8(settlement.methods);
    return writer.take();
}

}  // namespace

std::vector<std::uint64_t> load_rollup_ids(const state::StateView& state) {
    return load(state, keys::rollup_ids(), &decode_rollup_ids).value_or(std::vector<std::uint64_t>{});
}

bool rollup_exists(const state::StateView& state, std::uint64_t id) { return state.get(keys::rollup(id)).has_value(); }

std::optional<Rollup> load_rollup(const state::StateView& state, std::uint64_t id) {
    return load(state, keys::rollup(id), &decode_rollup);
}

std::optional<Progress> load_progress(const state::StateView& state, std::uint64_t id) {
    return load(state, keys::progress(id), &decode_progress);
}

std::optional<BatchRecord> load_batch(const state::StateView& state, std::uint64_t id, std::uint64_t sequence) {
    return load(state, keys::batch(id, sequence), &decode_batch);
}

std::optional<Settlement> load_settlement(const state::StateView& state, std::uint64_t id, std::uint64_t sequence) {
    return load(state, keys::settlement(id, sequence), &decode_settlement);
}

std::optional<Settlement> load_agreement(const state::StateView& state, std::uint64_t id) {
    return load(state, keys::agreement(id), &decode_settlement);
}

std::optional<Validity> load_validity(const state::StateView& state, std::uint64_t id) {
    const auto bytes = state.get(keys::validity(id));
    if (!bytes) return std::nullopt;
    const auto validity = decode_validity(*bytes);
    ENSHRINE_ASSERT(validity.has_value());
    return *validity;
}

std::uint64_t inbox_messages_max(const state::StateView& state, std::uint64_t id) {
    const auto validity = load_validity(state, id);
    return validity ? validity->inbox_max : sequencing::inbox_messages_per_batch_max;
}

std::optional<Bytes> load_program(const state::StateView& state, const Hash32& program_id) {
    return state.get(keys::program(program_id));
}

std::optional<Bytes> load_genesis(const state::StateView& state, std::uint64_t id) { return state.get(keys::genesis(id)); }

void store_rollup_ids(state::Overlay& state, const std::vector<std::uint64_t>& ids) {
    ENSHRINE_ASSERT(ids.size() <= rollups_max);
    BinaryWriter writer;
    writer.u32(static_cast<std::uint32_t>(ids.size()));
    for (const std::uint64_t id : ids) writer.u64(id);
    state.put(keys::rollup_ids(), writer.bytes());
}

void store_rollup(state::Overlay& state, std::uint64_t id, const Rollup& rollup) {
    BinaryWriter writer;
    writer.fixed(rollup.owner.view());
    writer.fixed(rollup.sequencer.view());
    writer.u8(rollup.policy.code());
    writer.fixed(rollup.program_id.view());
    writer.fixed(rollup.genesis_state_root.view());
    writer.u64(rollup.registered_at);
    writer.variable(as_bytes(rollup.name));
    state.put(keys::rollup(id), writer.bytes());
}

void store_progress(state::Overlay& state, std::uint64_t id, const Progress& progress) {
    BinaryWriter writer;
    writer.u64(progress.last_sequence);
    writer.fixed(progress.last_batch_hash.view());
    writer.u64(progress.last_anchor_height);
    writer.u64(progress.inbox_consumed);
    writer.u64(progress.settled_sequence);
    writer.fixed(progress.settled_state_root.view());
    state.put(keys::progress(id), writer.bytes());
}

void store_batch(state::Overlay& state, std::uint64_t id, std::uint64_t sequence, const BatchRecord& batch) {
    ENSHRINE_ASSERT(batch.versioned_hashes.size() <= types::blobs_per_txn_max);
    BinaryWriter writer;
    writer.variable(batch.header);
    writer.fixed(batch.hash.view());
    writer.u64(batch.l1_height);
    writer.fixed(batch.l1_txn.view());
    writer.u64(batch.inbox_first);
    writer.u64(batch.anchor_timestamp);
    writer.boolean(batch.certified);
    writer.u8(static_cast<std::uint8_t>(batch.versioned_hashes.size()));
    for (const Hash32& hash : batch.versioned_hashes) writer.fixed(hash.view());
    writer.boolean(batch.payload_void);
    state.put(keys::batch(id, sequence), writer.bytes());
}

void store_settlement(state::Overlay& state, std::uint64_t id, std::uint64_t sequence, const Settlement& settlement) {
    state.put(keys::settlement(id, sequence), encode_settlement(settlement));
}

void store_agreement(state::Overlay& state, std::uint64_t id, const Settlement& agreement) {
    state.put(keys::agreement(id), encode_settlement(agreement));
}

void erase_agreement(state::Overlay& state, std::uint64_t id) { state.erase(keys::agreement(id)); }

void store_validity(state::Overlay& state, std::uint64_t id, const Validity& validity) {
    state.put(keys::validity(id), encode_validity(validity));
}

void store_program(state::Overlay& state, const Hash32& program_id, BytesView elf) {
    const state::Key key = keys::program(program_id);
    if (!state.get(key)) state.put(key, elf);
}

void store_genesis(state::Overlay& state, std::uint64_t id, BytesView entries) { state.put(keys::genesis(id), entries); }

}  // namespace enshrine::rollup_registry
