// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>

#include <vector>

namespace enshrine::types {

inline constexpr std::size_t log_topics_max = 4;
inline constexpr std::size_t log_data_bytes_max = std::size_t{1} << 20;

/// One event of a module or contract. The first topic names the event unless it is anonymous.
struct Log {
    Address address;             ///< who emitted it
    std::vector<Hash32> topics;  ///< at most log_topics_max
    Bytes data;                  ///< at most log_data_bytes_max
    [[nodiscard]] friend bool operator==(const Log&, const Log&) noexcept = default;
};

}  // namespace enshrine::types
