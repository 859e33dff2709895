// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/data_availability/row_proof.hpp>
#include <enshrine/data_availability/shape.hpp>

#include <optional>
#include <span>
#include <vector>

/// The part of a matrix's row tree that lies above its data rows: all that a rollup program sees of it.
/// Rules: docs/spec/data_availability.md [DA-BATCH.*].
namespace enshrine::data_availability {

/// Root of the subtree over the data rows; `data_rows` holds shape.data_bytes() bytes (asserted).
[[nodiscard]] Hash32 data_root(const Shape& shape, BytesView data_rows);

/// The root of that subtree as a row's proof shows it; nullopt for rows whose path does not touch it, which are those
/// from index 2 K on. The proof has been verified (its length is asserted).
[[nodiscard]] std::optional<Hash32> shown_data_root(const Shape& shape, const RowProof& proof);

/// Root of the tree over K combinations [DA-CODE.6]; their number is a power of two (asserted).
[[nodiscard]] Hash32 combination_root(BytesView combinations);

/// What hangs the subtree of the data rows below a commitment.
struct DataAnchor {
    std::vector<Hash32> siblings;  ///< of the subtree's root, up to the row root
    Hash32 combination_root;
};
/// Everything that a program reveals between the commitment and the data rows [DA-BATCH.2].
[[nodiscard]] std::vector<Bytes> program_preimages(const Shape& shape, BytesView data_rows, const DataAnchor& anchor);
/// The siblings of the subtree's root, from the verified proof of a row with an index below 2 K (asserted).
[[nodiscard]] std::vector<Hash32> anchor_siblings(const Shape& shape, const RowProof& proof);

}  // namespace enshrine::data_availability
