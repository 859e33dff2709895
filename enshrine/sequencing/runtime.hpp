// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/system/addresses.hpp>

#include <cstdint>

/// What every rollup built on the SDK has in common, and what its endpoint tells wallets. Part of the program (sdk/guest
/// takes the values from here), hence of its identifier.
namespace enshrine::sequencing {

/// Where a rollup's program answers calls: the same address on every rollup.
inline constexpr Address rollup_program_address = system::reserved_address(0x80);

inline constexpr std::uint64_t rollup_base_fee_wei = 10'000'000;  ///< per gas; constant, paid to the batch's fee recipient
inline constexpr std::uint64_t rollup_txn_gas_max = 30'000'000;
/// Bound of the gas of all transactions of one batch; those that could exceed it are dropped. At the price of a plain
/// payment (21,000 gas, about 75,000 weight) it keeps a batch well below batch_weight_max.
inline constexpr std::uint64_t rollup_batch_gas_max = 600'000'000;

}  // namespace enshrine::sequencing
