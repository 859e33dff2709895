// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <climits>
#include <cstddef>
#include <cstdint>

/// Every property of compiler and machine that consensus code relies on.
namespace enshrine {
static_assert(CHAR_BIT == 8);
static_assert(std::endian::native == std::endian::little, "loads and stores in integer.hpp assume a little-endian host");
static_assert(sizeof(void*) == 8 && sizeof(std::size_t) == 8, "64-bit hosts only");
static_assert(sizeof(unsigned __int128) == 16, "u256 multiplies through 128-bit products");
static_assert((std::int64_t{-8} >> 1) == -4, "arithmetic right shift of negative numbers");
}  // namespace enshrine
