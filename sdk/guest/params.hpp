// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/sequencing/runtime.hpp>

#include <cstdint>

/// Constants of the runtime that every rollup program shares. They are part of the program, hence of its identifier.
namespace enshrine::guest {

/// Where a rollup's program answers calls: the same address on every rollup.
inline constexpr Address program_address = sequencing::rollup_program_address;

inline constexpr std::uint64_t base_fee_wei = sequencing::rollup_base_fee_wei;
inline constexpr std::uint64_t txn_gas_max = sequencing::rollup_txn_gas_max;
inline constexpr std::uint64_t batch_gas_max = sequencing::rollup_batch_gas_max;
inline constexpr std::uint64_t message_call_gas = 2'000'000;  ///< of a `call` message, which the rollup gives away

}  // namespace enshrine::guest
