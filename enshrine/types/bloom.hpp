// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/types/log.hpp>

#include <span>

/// The 2048-bit filter over addresses and topics of logs (Yellow Paper, 4.3.1, M3:2048).
namespace enshrine::types {

using Bloom = FixedBytes<256, struct BloomTag>;

void bloom_add(Bloom& bloom, BytesView item) noexcept;
void bloom_add(Bloom& bloom, const Log& log) noexcept;
/// Adds everything that is in `other`.
void bloom_merge(Bloom& bloom, const Bloom& other) noexcept;
[[nodiscard]] Bloom bloom_of(std::span<const Log> logs) noexcept;
/// False: `item` (an address or a topic) was never added. True: it probably was.
[[nodiscard]] bool bloom_may_contain(const Bloom& bloom, BytesView item) noexcept;

}  // namespace enshrine::types
