// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <cstdint>

/// Prices of inbox and hub.
namespace enshrine::messaging {

inline constexpr std::uint64_t deposit_gas = 60'000;
inline constexpr std::uint64_t send_gas = 60'000;
inline constexpr std::uint64_t message_byte_gas = 16;  ///< for data that stays in state
inline constexpr std::uint64_t withdraw_gas = 80'000;
inline constexpr std::uint64_t relay_gas = 100'000;
inline constexpr std::uint64_t transfer_asset_gas = 30'000;
inline constexpr std::uint64_t view_gas = 3'000;

}  // namespace enshrine::messaging
