// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

namespace enshrine::crypto {

/// base^exponent mod modulus, numbers big-endian, as long as the modulus; all zeros for the moduli 0 and 1. 0^0 is 1.
/// Through libcrypto; host only. Not constant-time.
[[nodiscard]] Bytes modular_power(BytesView base, BytesView exponent, BytesView modulus);

}  // namespace enshrine::crypto
