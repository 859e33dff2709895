// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/gf16_combination.hpp>
#include <enshrine/data_availability/shape.hpp>

#include <vector>

/// What a commitment is made of. Rules: docs/spec/data_availability.md [DA-CODE.4 … DA-CODE.6]. Shared with rollup
/// programs.
namespace enshrine::data_availability {

inline constexpr Byte leaf_prefix = 0x00;
inline constexpr Byte node_prefix = 0x01;

/// What the coefficients of a matrix are derived from.
[[nodiscard]] Hash32 combination_seed(const Shape& shape, const Hash32& row_root) noexcept;

/// The two halves of SHA-256(seed ‖ LE32(i)), added.
[[nodiscard]] inline algebra::Combination fold_coefficient(const Hash32& digest) noexcept {
    algebra::Combination out;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<Byte>(digest[i] ^ digest[out.size() + i]);
    return out;
}

[[nodiscard]] Hash32 commitment_of(const Hash32& row_root, const Hash32& combination_root) noexcept;

/// The root that a leaf and its siblings, from the leaf up, lead to.
[[nodiscard]] Hash32 root_of_path(const Hash32& leaf, std::uint32_t index, std::span<const Hash32> siblings) noexcept;
[[nodiscard]] Hash32 leaf_of(BytesView bytes) noexcept;

}  // namespace enshrine::data_availability
