// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/crypto/bls12_381.hpp>

#include <array>
#include <vector>

namespace enshrine::crypto::bls12_381 {

/// The integers modulo the order r of both groups, with the names that algebra/bn254 gives its field. Host only.
class Fr {
public:
    constexpr Fr() noexcept = default;
    /// Any number, modulo r.
    [[nodiscard]] static Fr from(const U256& number) noexcept;
    [[nodiscard]] static Fr from(std::uint64_t small) noexcept { return from(U256{small}); }
    [[nodiscard]] static Fr zero() noexcept { return {}; }
    [[nodiscard]] static Fr one() noexcept { return from(1); }

    [[nodiscard]] U256 to_u256() const noexcept;
    [[nodiscard]] bool is_zero() const noexcept { return *this == Fr{}; }
    [[nodiscard]] friend bool operator==(const Fr&, const Fr&) noexcept = default;

    friend Fr operator+(const Fr& a, const Fr& b) noexcept;
    friend Fr operator-(const Fr& a, const Fr& b) noexcept;
    friend Fr operator*(const Fr& a, const Fr& b) noexcept;
    [[nodiscard]] Fr operator-() const noexcept { return Fr{} - *this; }
    [[nodiscard]] Fr square() const noexcept;
    /// The exponent's words, least significant first.
    [[nodiscard]] Fr power(const std::array<std::uint64_t, 4>& exponent) const noexcept;
    /// Of zero: zero.
    [[nodiscard]] Fr inverse() const noexcept;

private:
    std::array<std::uint64_t, 4> words_{};  ///< Montgomery form, below r: equal elements have equal words
};

/// 32 bytes, big-endian, below r.
[[nodiscard]] Result<Fr> decode_fr(BytesView bytes) noexcept;
/// Σ scalars[i] points[i] of members of the group. Lists of one length.
[[nodiscard]] G1 multi_scalar_product(std::span<const G1> points, std::span<const Fr> scalars);
/// scalars[i] points[i] each, of members of the group. Scalars below 2^128 take three quarters of the time of others.
[[nodiscard]] std::vector<G1> multiply_each(std::span<const G1> points, std::span<const Fr> scalars);

}  // namespace enshrine::crypto::bls12_381
