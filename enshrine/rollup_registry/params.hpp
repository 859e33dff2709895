// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/sequencing/runtime.hpp>

#include <cstddef>
#include <cstdint>

/// Limits and prices of the registry. Table: docs/spec/rollup.md, "Parameters".
namespace enshrine::rollup_registry {

inline constexpr std::size_t program_bytes_max = 1024 * 1024;
inline constexpr std::size_t genesis_bytes_max = 256 * 1024;
inline constexpr std::size_t genesis_entries_max = 4096;
inline constexpr std::size_t rollups_max = 4096;  ///< every block commits to all of them in its hub root
inline constexpr std::size_t rollup_name_bytes_max = 32;
using sequencing::rollup_id_max;
inline constexpr std::size_t batch_header_bytes_max = 4096;
inline constexpr std::uint64_t anchor_age_blocks_max = 128;
inline constexpr std::uint64_t force_window_blocks = 64;
/// A batch needs a recent publication, so that its data is kept about as long as the newest.
inline constexpr std::uint64_t publication_age_blocks_max = 128;
/// A claim of this weight with a witness of 4 MiB fits a block of 60,000,000 gas; a run that fits no block never settles.
inline constexpr std::uint64_t batch_weight_max = 640'000'000;

// Settlement by proof: docs/spec/settlement_by_proof.md, "Parameters".
inline constexpr std::uint64_t proven_batches_max = 64;
inline constexpr std::size_t word_bytes = 31;
inline constexpr std::size_t words_per_message = 3;
inline constexpr std::size_t outbox_messages_max = 256;
inline constexpr std::uint64_t outbox_sequences_per_batch = 65'536;

inline constexpr std::uint64_t weight_per_gas = 16;
inline constexpr std::uint64_t register_gas = 1'000'000;
inline constexpr std::uint64_t program_byte_gas = 8;
inline constexpr std::uint64_t genesis_byte_gas = 8;
inline constexpr std::uint64_t genesis_entry_gas = 500;  ///< its share of hashing the tree
inline constexpr std::uint64_t set_sequencer_gas = 20'000;
inline constexpr std::uint64_t submit_batch_gas = 100'000;
inline constexpr std::uint64_t claim_gas = 100'000;
inline constexpr std::uint64_t claim_proven_gas = 150'000;  ///< beside the proof; four entries of receipts among it
inline constexpr std::uint64_t proven_batch_gas = 30'000;   ///< for every batch of the range
inline constexpr std::uint64_t opened_row_byte_gas = 4;     ///< a byte of the data rows: encoded, hashed, combined
inline constexpr std::uint64_t opened_blob_gas = 100'000;   ///< a blob: packed and hashed
inline constexpr std::uint64_t opened_message_gas = 1'000;
inline constexpr std::uint64_t void_payload_gas = 1'000'000;
/// A byte of the data rows: hashed with its proof, combined, rebuilt and hashed again.
inline constexpr std::uint64_t void_payload_byte_gas = 2;
inline constexpr std::uint64_t view_gas = 5'000;

}  // namespace enshrine::rollup_registry
