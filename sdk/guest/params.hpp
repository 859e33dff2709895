// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/system/addresses.hpp>

#include <cstdint>

/// Constants of the runtime that every rollup program shares. They are part of the program, hence of its identifier.
namespace enshrine::guest {

/// Where a rollup's program answers calls: the same address on every rollup.
inline constexpr Address program_address = system::reserved_address(0x80);

inline constexpr std::uint64_t base_fee_wei = 10'000'000;  ///< per gas; constant, paid to the batch's fee recipient
inline constexpr std::uint64_t txn_gas_max = 30'000'000;
/// Bound of the gas of all transactions of one batch; those that could exceed it are dropped. At the price of a plain
/// payment (21,000 gas, about 75,000 weight) it keeps a batch well below batch_weight_max.
inline constexpr std::uint64_t batch_gas_max = 600'000'000;
inline constexpr std::uint64_t message_call_gas = 2'000'000;  ///< of a `call` message, which the rollup gives away

/// Intrinsic gas as Ethereum has it (EIP-2028, EIP-2930).
inline constexpr std::uint64_t txn_gas = 21'000;
inline constexpr std::uint64_t zero_byte_gas = 4;
inline constexpr std::uint64_t data_byte_gas = 16;
inline constexpr std::uint64_t access_list_address_gas = 2'400;
inline constexpr std::uint64_t access_list_key_gas = 1'900;

}  // namespace enshrine::guest
