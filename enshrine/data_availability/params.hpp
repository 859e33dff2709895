// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <cstdint>

/// Reasons: docs/spec/data_availability.md.
namespace enshrine::data_availability {

// Gas
inline constexpr std::uint64_t blob_info_gas = 3'000;
/// One cell proof is a pairing check and a 64-point interpolation.
inline constexpr std::uint64_t verify_sample_gas = 120'000;
inline constexpr std::uint64_t publish_gas = 60'000;
inline constexpr std::uint64_t published_blob_gas = 8'000;         ///< its log, its entry in the record
inline constexpr std::uint64_t certificate_signature_gas = 3'000;  ///< the price of one recovery in the EVM
inline constexpr std::uint64_t set_committee_gas = 40'000;
inline constexpr std::uint64_t committee_member_gas = 20'000;
inline constexpr std::uint64_t set_administrator_gas = 20'000;
inline constexpr std::uint64_t namespace_gas = 40'000;  ///< claim, retention
inline constexpr std::uint64_t view_gas = 3'000;

// Certificates
inline constexpr std::uint64_t committee_grace_blocks = 64;  ///< [DA-CERT.5]

// Fees [DA-FEE.*]
inline constexpr std::uint64_t block_data_bytes_target = std::uint64_t{128} << 20;
inline constexpr std::uint64_t block_data_bytes_max = std::uint64_t{256} << 20;
inline constexpr std::uint64_t byte_price_min = 1;  ///< wei
inline constexpr std::uint64_t byte_price_update_fraction = std::uint64_t{1} << 30;

// Retention [DA-RET.*], in blocks
inline constexpr std::uint64_t retention_blocks_min_default = 1'209'600;
inline constexpr std::uint64_t retention_blocks_max_default = 31'536'000;
inline constexpr std::uint64_t retention_blocks_limit = std::uint64_t{1} << 32;  ///< of any genesis

}  // namespace enshrine::data_availability
