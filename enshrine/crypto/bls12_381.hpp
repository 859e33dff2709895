// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/base/u256.hpp>

#include <span>

/// The pairing-friendly curve BLS12-381, through blst. Host only.
///
/// Encodings are uncompressed: coordinates of 48 bytes, big-endian, x before y, in G2 the real part before the
/// coordinate of u; infinity is all zeros. Decoders check that coordinates are below the modulus and that the point is
/// on its curve. Both groups are proper subgroups of their curves: membership is a second check, which EIP-2537 leaves
/// out of additions.
namespace enshrine::crypto::bls12_381 {

enum class PointError : std::uint16_t {
    wrong_size = 1,
    not_below_modulus,
    not_on_curve,
    not_in_subgroup,
    bad_flags  ///< the three top bits name no compressed form, or infinity has other bits set
};
const ErrorDomain& error_domain(PointError) noexcept;

inline constexpr std::size_t field_bytes = 48;
inline constexpr std::size_t g1_bytes = 2 * field_bytes;
inline constexpr std::size_t g2_bytes = 4 * field_bytes;
inline constexpr std::size_t g1_compressed_bytes = field_bytes;
inline constexpr std::size_t g2_compressed_bytes = 2 * field_bytes;
/// The order r of both groups.
inline constexpr U256 group_order{0x73eda753299d7d48, 0x3339d80809a1d805, 0x53bda402fffe5bfe, 0xffffffff00000001};

/// Affine points in the words of the library.
struct G1 {
    std::array<std::uint64_t, 12> words{};
    [[nodiscard]] bool is_infinity() const noexcept;
    [[nodiscard]] friend bool operator==(const G1&, const G1&) noexcept = default;
};
struct G2 {
    std::array<std::uint64_t, 24> words{};
    [[nodiscard]] bool is_infinity() const noexcept;
    [[nodiscard]] friend bool operator==(const G2&, const G2&) noexcept = default;
};

/// On the curve.
[[nodiscard]] Result<G1> decode_g1(BytesView bytes) noexcept;
[[nodiscard]] Result<G2> decode_g2(BytesView bytes) noexcept;
/// On the curve and in the group of order r.
[[nodiscard]] Result<G1> decode_g1_member(BytesView bytes) noexcept;
[[nodiscard]] Result<G2> decode_g2_member(BytesView bytes) noexcept;
/// Members in the form of Zcash, which gnark has too: x with flags in its top bits, 100: the smaller y; 101: the
/// larger; 110: infinity. In G2 the coordinate of u comes first and orders first.
[[nodiscard]] Result<G1> decode_g1_compressed(BytesView bytes) noexcept;
[[nodiscard]] Result<G2> decode_g2_compressed(BytesView bytes) noexcept;
[[nodiscard]] FixedBytes<g1_bytes> encode(const G1& p) noexcept;
[[nodiscard]] FixedBytes<g2_bytes> encode(const G2& p) noexcept;
[[nodiscard]] bool in_subgroup(const G1& p) noexcept;
[[nodiscard]] bool in_subgroup(const G2& p) noexcept;

[[nodiscard]] G1 g1_generator() noexcept;
[[nodiscard]] G2 g2_generator() noexcept;
[[nodiscard]] G1 negate(const G1& p) noexcept;
[[nodiscard]] G2 negate(const G2& p) noexcept;
[[nodiscard]] G1 add(const G1& a, const G1& b) noexcept;
[[nodiscard]] G2 add(const G2& a, const G2& b) noexcept;

/// Σ scalars[i] points[i] of members of the group; scalars are any numbers of 256 bits, big-endian. Lists of one
/// length.
[[nodiscard]] G1 multi_scalar_product(std::span<const G1> points, std::span<const Hash32> scalars);
[[nodiscard]] G2 multi_scalar_product(std::span<const G2> points, std::span<const Hash32> scalars);

/// EIP-2537's maps of field elements into the groups (RFC 9380: simplified SWU, isogeny, cofactor).
[[nodiscard]] Result<G1> map_to_g1(BytesView element) noexcept;
[[nodiscard]] Result<G2> map_to_g2(BytesView element) noexcept;

}  // namespace enshrine::crypto::bls12_381
