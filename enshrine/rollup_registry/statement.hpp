// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/u256.hpp>
#include <enshrine/rollup_registry/records.hpp>
#include <enshrine/system/context.hpp>

#include <array>
#include <span>

/// What a proof of settlement shows. Rules: docs/spec/settlement_by_proof.md [STMT.*].
namespace enshrine::rollup_registry {

/// In the order of the specification.
struct SettlementStatement {
    std::uint64_t chain_id = 0;
    std::uint64_t rollup = 0;
    Hash32 program_id;
    std::uint64_t first_sequence = 0;
    std::uint64_t last_sequence = 0;
    Hash32 previous_batch_hash;
    Hash32 last_batch_hash;
    Hash32 data_root;
    Hash32 state_root_before;
    Hash32 state_root_after;
    std::uint64_t inbox_first = 0;
    std::uint64_t inbox_end = 0;
    Hash32 inbox_start_hash;
    Hash32 inbox_end_hash;
    Hash32 outbox_root;
    std::uint64_t outbox_count = 0;
    Hash32 receipts_root;
    std::uint64_t anchor_height = 0;
    Hash32 anchor_hash;
    std::uint64_t anchor_timestamp = 0;
};
inline constexpr std::size_t statement_bytes = 446;
[[nodiscard]] Bytes encode_statement(const SettlementStatement& statement);
[[nodiscard]] Hash32 statement_digest(const SettlementStatement& statement);        ///< [STMT.1]
[[nodiscard]] std::array<U256, 2> statement_halves(const Hash32& digest) noexcept;  ///< hi, lo [STMT.4]

/// Leaf of a batch under the data root [STMT.2].
[[nodiscard]] Hash32 data_leaf(std::uint64_t sequence, bool payload_void, const Hash32& batch_hash);

/// What a claim says; everything else is the L1's.
struct ClaimedOutcome {
    std::uint64_t rollup = 0;
    Hash32 state_root;
    Hash32 outbox_root;
    std::uint64_t outbox_count = 0;
    Hash32 receipts_root;
};
/// [STMT.3] The batches follow each other, the first one behind the settled one, and there is at least one (asserted).
[[nodiscard]] SettlementStatement compose_statement(const system::CallContext& context, const ClaimedOutcome& claimed,
                                                    std::span<const BatchRecord> batches);

}  // namespace enshrine::rollup_registry
