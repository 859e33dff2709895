// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

/// For tests alone: numbers as snarkjs writes them.
namespace enshrine::prover_files::test {

/// r and q of BN254.
inline constexpr std::string_view order =
    "21888242871839275222246405745257275088548364400416034343698204186575808495617";
inline constexpr std::string_view modulus =
    "21888242871839275222246405745257275088696311157297823662689037894645226208583";

/// a + b in decimal digits.
[[nodiscard]] inline std::string sum(std::string_view a, std::string_view b) {
    std::string out;
    unsigned carry = 0;
    for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry > 0; ++i) {
        if (i < a.size()) carry += static_cast<unsigned>(a[a.size() - 1 - i] - '0');
        if (i < b.size()) carry += static_cast<unsigned>(b[b.size() - 1 - i] - '0');
        out.insert(out.begin(), static_cast<char>('0' + carry % 10));
        carry /= 10;
    }
    return out;
}

}  // namespace enshrine::prover_files::test
