// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/ultrahonk_row.hpp>

namespace enshrine::proofs::ultrahonk {

/// The random numbers in the relations.
struct RelationParameters {
    std::array<Fr, 3> memory;  ///< weights of index, timestamp and value in a record of memory
    std::array<Fr, 3> table;   ///< weights of the second to fourth column of a lookup table
    Fr beta;
    Fr gamma;
    Fr public_inputs_delta;  ///< what the public inputs lack in the grand product [HONK.11]
};

/// Every relation of an UltraHonk circuit at one point, with powers of alpha for weights [HONK.13]. All but one hold in
/// each row and carry the row's weight; that one holds for the sum over all rows.
[[nodiscard]] Fr weighted_relations(Version version, const Row& row, const RelationParameters& parameters,
                                    const Fr& alpha, const Fr& row_weight) noexcept;

}  // namespace enshrine::proofs::ultrahonk
