// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/result.hpp>
#include <enshrine/state/view.hpp>

/// A whole state content as bytes: what a rollup starts from. Layout: docs/spec/state_tree.md, "Contents".
namespace enshrine::state {

enum class EntriesError : std::uint16_t { key_size = 1, keys_not_ascending, value_too_large, value_empty };
const ErrorDomain& error_domain(EntriesError) noexcept;

/// Values of a rollup state are revealed whole (vm::reveal_bytes_max).
inline constexpr std::size_t entry_value_bytes_max = 4096;

/// u32 count, then per entry in ascending key order: key (u32 length, bytes), value (u32 length, bytes).
[[nodiscard]] Bytes encode_entries(const std::map<Key, Bytes>& entries);
/// Only the canonical form decodes. Errors: EntriesError, codec::BinaryError.
[[nodiscard]] Result<std::map<Key, Bytes>> decode_entries(BytesView bytes);

}  // namespace enshrine::state
