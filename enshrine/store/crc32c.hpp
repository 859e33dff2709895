// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstdint>

namespace enshrine::store {

/// CRC-32C (Castagnoli). `crc` continues an earlier call: crc32c(b, crc32c(a)) is the CRC of a ‖ b. The instruction of
/// SSE 4.2 is used where the machine has it.
[[nodiscard]] std::uint32_t crc32c(BytesView bytes, std::uint32_t crc = 0) noexcept;
/// The same without special instructions: the reference.
[[nodiscard]] std::uint32_t crc32c_portable(BytesView bytes, std::uint32_t crc = 0) noexcept;

}  // namespace enshrine::store
