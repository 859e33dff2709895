// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <chrono>
#include <cstdint>

namespace enshrine::rollup_node {

/// Milliseconds since 1970, for what people read. Nothing is decided by it.
[[nodiscard]] inline std::uint64_t wall_clock_ms() {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count());
}

}  // namespace enshrine::rollup_node
