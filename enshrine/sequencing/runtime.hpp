// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/system/addresses.hpp>

#include <cstdint>

/// What every rollup built on the SDK has in common, and what its endpoint tells wallets. Part of the program
/// (sdk/guest takes the values from here), hence of its identifier.
namespace enshrine::sequencing {

/// Where a rollup's program answers calls: the same address on every rollup.
inline constexpr Address rollup_program_address = system::reserved_address(0x80);

inline constexpr std::uint64_t rollup_id_max = 4'503'599'627'370'476;  ///< largest chain id that wallets accept
inline constexpr std::uint64_t rollup_base_fee_wei =
    10'000'000;  ///< per gas; constant, paid to the batch's fee recipient
inline constexpr std::uint64_t rollup_txn_gas_max = 30'000'000;
/// Bound of the gas of all transactions of one batch; those that could exceed it are dropped, and a dropped transaction
/// whose signature was recovered takes its intrinsic gas from it. A batch heavier than batch_weight_max could never
/// settle and would stop its rollup. A plain payment is 21,000 gas and, in a state of millions of accounts, up to about
/// 170,000 weight: 60,000,000 gas of them stay below 490,000,000 weight, and a full inbox of calls adds about
/// 72,000,000 (test/conformance/capacity_test).
inline constexpr std::uint64_t rollup_batch_gas_max = 60'000'000;

}  // namespace enshrine::sequencing
