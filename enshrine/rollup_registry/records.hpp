// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rollup_registry/policy.hpp>
#include <enshrine/rollup_registry/validity.hpp>
#include <enshrine/state/view.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the registry keeps in L1 state, and access to it. Writers are the registry's own; everybody may read.
namespace enshrine::rollup_registry {

struct Rollup {
    Address owner;
    Address sequencer;
    SettlementPolicy policy;
    Hash32 program_id;
    Hash32 genesis_state_root;
    std::uint64_t registered_at = 0;  ///< L1 height
    std::string name;
    [[nodiscard]] friend bool operator==(const Rollup&, const Rollup&) noexcept = default;
};
/// How far a rollup is. Before the first batch: zeros, and the genesis state root as settled.
struct Progress {
    std::uint64_t last_sequence = 0;
    Hash32 last_batch_hash;
    std::uint64_t last_anchor_height = 0;
    std::uint64_t inbox_consumed = 0;  ///< messages consumed by registered batches
    std::uint64_t settled_sequence = 0;
    Hash32 settled_state_root;
    [[nodiscard]] friend bool operator==(const Progress&, const Progress&) noexcept = default;
};
struct BatchRecord {
    Bytes header;  ///< canonical; decodes
    Hash32 hash;
    std::uint64_t l1_height = 0;
    Hash32 l1_txn;
    std::uint64_t inbox_first = 0;       ///< index of the first message that the batch consumes
    std::uint64_t anchor_timestamp = 0;  ///< seconds
    bool certified = false;              ///< came with an order certificate (P1)
    std::vector<Hash32> versioned_hashes;
    bool payload_void = false;  ///< proven to be no codeword [DA-BATCH.3]
    [[nodiscard]] friend bool operator==(const BatchRecord&, const BatchRecord&) noexcept = default;
};
/// Steps and machine root are those of native settlement; zero without it.
struct Settlement {
    Hash32 state_root;
    Hash32 outbox_root;
    std::uint64_t outbox_count = 0;
    Hash32 receipts_root;
    Hash32 machine_root;
    std::uint64_t steps = 0;
    std::uint64_t l1_height = 0;
    Hash32 l1_txn;
    std::uint8_t methods = 0;  ///< bits of the methods that agreed
    [[nodiscard]] friend bool operator==(const Settlement&, const Settlement&) noexcept = default;
};

[[nodiscard]] std::vector<std::uint64_t> load_rollup_ids(const state::StateView& state);  ///< ascending
[[nodiscard]] bool rollup_exists(const state::StateView& state, std::uint64_t id);
[[nodiscard]] std::optional<Rollup> load_rollup(const state::StateView& state, std::uint64_t id);
[[nodiscard]] std::optional<Progress> load_progress(const state::StateView& state, std::uint64_t id);
[[nodiscard]] std::optional<BatchRecord> load_batch(const state::StateView& state, std::uint64_t id,
                                                    std::uint64_t sequence);
[[nodiscard]] std::optional<Settlement> load_settlement(const state::StateView& state, std::uint64_t id,
                                                        std::uint64_t sequence);
/// What claims by fewer methods than the policy asks for have shown of the batch behind the settled one [POLICY.4].
[[nodiscard]] std::optional<Settlement> load_agreement(const state::StateView& state, std::uint64_t id);
/// Of a rollup whose policy names validity.
[[nodiscard]] std::optional<Validity> load_validity(const state::StateView& state, std::uint64_t id);
/// How many inbox messages a batch of the rollup consumes at most [BATCH.6] [VALID.3].
[[nodiscard]] std::uint64_t inbox_messages_max(const state::StateView& state, std::uint64_t id);
[[nodiscard]] std::optional<Bytes> load_program(const state::StateView& state, const Hash32& program_id);
/// Canonical entries of the first state (state::decode_entries).
[[nodiscard]] std::optional<Bytes> load_genesis(const state::StateView& state, std::uint64_t id);

void store_rollup_ids(state::Overlay& state, const std::vector<std::uint64_t>& ids);
void store_rollup(state::Overlay& state, std::uint64_t id, const Rollup& rollup);
void store_progress(state::Overlay& state, std::uint64_t id, const Progress& progress);
void store_batch(state::Overlay& state, std::uint64_t id, std::uint64_t sequence, const BatchRecord& batch);
void store_settlement(state::Overlay& state, std::uint64_t id, std::uint64_t sequence, const Settlement& settlement);
void store_agreement(state::Overlay& state, std::uint64_t id, const Settlement& agreement);
void erase_agreement(state::Overlay& state, std::uint64_t id);
void store_validity(state::Overlay& state, std::uint64_t id, const Validity& validity);
/// Stored once, whatever the number of rollups that run it.
void store_program(state::Overlay& state, const Hash32& program_id, BytesView elf);
void store_genesis(state::Overlay& state, std::uint64_t id, BytesView entries);

}  // namespace enshrine::rollup_registry
