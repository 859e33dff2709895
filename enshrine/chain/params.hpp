// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <cstddef>
#include <cstdint>

/// Protocol parameters of the L1. Reasons: docs/spec/chain.md.
namespace enshrine::chain {

// Blocks
inline constexpr std::uint64_t block_gas_limit_default = 60'000'000;  ///< genesis may choose another
inline constexpr std::uint64_t block_gas_limit_min = 100'000;
inline constexpr std::uint64_t block_gas_limit_max = 10'000'000'000;  ///< keeps every gas product far inside 64 bits
inline constexpr std::size_t block_transactions_max = 20'000;
inline constexpr std::size_t block_bytes_max = 32U << 20U;  ///< sum of the encoded transactions

// Transactions
inline constexpr std::size_t transaction_bytes_max = 4U << 20U;
inline constexpr std::uint64_t intrinsic_gas = 21'000;
inline constexpr std::uint64_t calldata_byte_gas = 4;
inline constexpr std::uint64_t access_list_address_gas = 2'400;  ///< EIP-2930
inline constexpr std::uint64_t access_list_key_gas = 1'900;      ///< EIP-2930

// Execution fee (EIP-1559)
inline constexpr std::uint64_t elasticity = 2;
inline constexpr std::uint64_t base_fee_change_denominator = 8;
inline constexpr std::uint64_t base_fee_min = 7;  ///< wei; below 8 the fee cannot rise by an eighth
inline constexpr std::uint64_t base_fee_initial_default = 1'000'000'000;  ///< wei

// Blob fee (EIP-4844)
inline constexpr std::uint64_t gas_per_blob = 131'072;
inline constexpr std::uint64_t block_blobs_target = 6;
inline constexpr std::uint64_t block_blobs_max = 12;
inline constexpr std::uint64_t blob_base_fee_min = 1;  ///< wei
inline constexpr std::uint64_t blob_base_fee_update_fraction = 5'007'716;
inline constexpr Byte blob_hash_version = 0x01;

/// What eth_getCode reports for a system contract: the INVALID opcode. Clients then know that a call has a target, and
/// an EVM that runs the code by mistake stops.
inline constexpr Byte system_contract_code = 0xfe;

}  // namespace enshrine::chain
