// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <cstddef>
#include <cstdint>

/// Limits and prices of the key registry. Table: docs/spec/proof_registry.md, "Parameters".
namespace enshrine::proofs {

inline constexpr std::size_t key_bytes_max = 64 * 1024;
inline constexpr std::uint64_t key_deposit_per_byte = 10'000'000'000'000;  ///< wei
inline constexpr std::uint64_t probation_blocks = 8;
inline constexpr std::size_t inputs_max = 256;

/// Execution gas for a microsecond of a verification that runs alone. Others pay their own batch's share at best.
inline constexpr std::uint64_t gas_per_microsecond = 100;
/// What the verifications of one block may cost together, each counted as if it ran alone.
inline constexpr std::uint64_t block_verification_microseconds_max = 400'000;

/// The least that a registration costs: its entries of state, and the decoding of the shortest keys.
inline constexpr std::uint64_t register_key_gas = 110'000;
/// A byte of a key: its share of decoding, of the subgroup checks and of storing it.
inline constexpr std::uint64_t key_byte_gas = 250;
/// Paid before a key is decoded, and at least the price of that [PGAS.2].
[[nodiscard]] constexpr std::uint64_t registration_gas(std::size_t key_bytes) noexcept {
    return register_key_gas + key_bytes * key_byte_gas;
}
inline constexpr std::uint64_t key_status_gas = 30'000;
inline constexpr std::uint64_t verify_gas = 60'000;  ///< beside the verification: four entries of state
inline constexpr std::uint64_t view_gas = 5'000;

}  // namespace enshrine::proofs
