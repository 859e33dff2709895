// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/shape.hpp>

#include <vector>

/// The commitment of a matrix, symbol by symbol after [DA-CODE.*], with whatever rows a test wants it to have.
namespace rollups::testing {

using namespace enshrine;

/// What a program reveals on its way from the commitment to the data rows [DA-BATCH.2].
struct ReferenceMatrix {
    Hash32 commitment;
    std::vector<Bytes> preimages;
};

/// The data rows of the matrix that carries one blob [DA-SHAPE.2].
[[nodiscard]] Bytes frame_payload(BytesView payload);

/// A matrix whose tree holds `committed`, with the combinations of `codeword`. The parity rows are hashes of nothing:
/// no program sees them.
[[nodiscard]] ReferenceMatrix commit_rows(const data_availability::Shape& shape, BytesView committed,
                                          BytesView codeword);
[[nodiscard]] inline ReferenceMatrix commit_rows(const data_availability::Shape& shape, BytesView rows) {
    return commit_rows(shape, rows, rows);
}

/// Combination of one row [DA-CODE.5].
[[nodiscard]] Bytes combine_row(const Hash32& seed, BytesView row);

}  // namespace rollups::testing
