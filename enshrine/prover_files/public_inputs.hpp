// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/u256.hpp>
#include <enshrine/prover_files/file_error.hpp>

#include <vector>

namespace enshrine::prover_files {

inline constexpr std::size_t file_bytes_max = std::size_t{1} << 20;
inline constexpr std::size_t public_inputs_max = 256;  ///< of a file, whatever its proof system

/// Public inputs of any proof system whose inputs are numbers, as many as there are: a JSON list, alone or beside a
/// proof, or gnark's binary. Numbers that do not fit 256 bits are refused here, the others by the key.
[[nodiscard]] FileResult<std::vector<U256>> read_public_inputs(BytesView content);

}  // namespace enshrine::prover_files
