// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/gf16.hpp>

#include <span>
#include <vector>

/// Products of differences, for interpolation from arbitrary points. Host only.
namespace enshrine::algebra {

/// log Π (x − b) over the points b ≠ x of `points`, for every x below `size`, a power of two above every point.
[[nodiscard]] std::vector<std::uint16_t> gf16_locator_logs(std::span<const std::uint32_t> points, std::size_t size);

}  // namespace enshrine::algebra
