// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/points.hpp>
#include <enshrine/base/result.hpp>

/// Points and field elements as bytes. Every decoder is strict: coordinates below p, points on their curve and in their
/// group, one encoding for each point. Ethereum's form (EIP-196, EIP-197) is x ‖ y in big-endian words of 32 bytes, the
/// coordinate of u before the other in G2, infinity all zeros. The compressed form is gnark's.
namespace enshrine::algebra::bn254 {

enum class PointError : std::uint16_t {
    wrong_size = 1,     ///< not the number of bytes of the form
    not_below_modulus,  ///< a coordinate is p or more, or a scalar r or more
    not_on_curve,       ///< the coordinates do not satisfy the equation
    not_in_subgroup,    ///< a point of the twist that is not in G2
    bad_flags           ///< the two top bits name no compressed form, or infinity has other bits set
};
const ErrorDomain& error_domain(PointError) noexcept;

inline constexpr std::size_t field_bytes = 32;
inline constexpr std::size_t g1_bytes = 64;
inline constexpr std::size_t g2_bytes = 128;
inline constexpr std::size_t g1_compressed_bytes = 32;
inline constexpr std::size_t g2_compressed_bytes = 64;

[[nodiscard]] Result<Fp> decode_fp(BytesView bytes) noexcept;
[[nodiscard]] Result<Fr> decode_fr(BytesView bytes) noexcept;
[[nodiscard]] Result<G1Affine> decode_g1(BytesView bytes) noexcept;
[[nodiscard]] Result<G2Affine> decode_g2(BytesView bytes) noexcept;
/// A point of the twist, whose membership in G2 is checked later, together with others (lanes.hpp).
[[nodiscard]] Result<G2Affine> decode_g2_on_twist(BytesView bytes) noexcept;
/// Top bits 10: the smaller y; 11: the larger; 01: infinity. In G2 the coordinate of u comes first and orders first.
[[nodiscard]] Result<G1Affine> decode_g1_compressed(BytesView bytes) noexcept;
[[nodiscard]] Result<G2Affine> decode_g2_compressed(BytesView bytes) noexcept;

[[nodiscard]] Hash32 encode(const Fp& a) noexcept;
[[nodiscard]] Hash32 encode(const Fr& a) noexcept;
[[nodiscard]] FixedBytes<g1_bytes> encode(const G1Affine& p) noexcept;
[[nodiscard]] FixedBytes<g2_bytes> encode(const G2Affine& p) noexcept;
[[nodiscard]] FixedBytes<g1_compressed_bytes> encode_compressed(const G1Affine& p) noexcept;
[[nodiscard]] FixedBytes<g2_compressed_bytes> encode_compressed(const G2Affine& p) noexcept;

/// Coordinates as importers read them, with the same checks.
[[nodiscard]] Result<G1Affine> checked_g1(const U256& x, const U256& y) noexcept;
struct U256Pair {
    U256 c0;
    U256 c1;  ///< the coordinate of u
};
[[nodiscard]] Result<G2Affine> checked_g2(const U256Pair& x, const U256Pair& y) noexcept;

}  // namespace enshrine::algebra::bn254
