// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <cstdint>

namespace enshrine::data_availability {

inline constexpr std::uint64_t blob_info_gas = 3'000;
/// One cell proof is a pairing check and a 64-point interpolation.
inline constexpr std::uint64_t verify_sample_gas = 120'000;

}  // namespace enshrine::data_availability
