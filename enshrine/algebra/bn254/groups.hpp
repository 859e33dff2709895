// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/points.hpp>

/// The two groups of order r that the pairing maps from. G1 is the whole curve y^2 = x^3 + 3 over Fp; G2 is a subgroup
/// of the twist y^2 = x^3 + 3/xi over Fp2, so that points from outside must be checked for membership.
namespace enshrine::algebra::bn254 {

inline constexpr Fp g1_curve_b = Fp::from(3);
inline constexpr Fp2 g2_curve_b{
    Fp::from(limbs(0x2b149d40ceb8aaae, 0x81be18991be06ac3, 0xb5b4c5e559dbefa3, 0x3267e6dc24a138e5)),
    Fp::from(limbs(0x009713b03af0fed4, 0xcd2cafadeed8fdf4, 0xa74fa084e52d1852, 0xe4a2bd0685c315d2))};
inline constexpr G1Affine g1_generator{Fp::from(1), Fp::from(2)};
inline constexpr G2Affine g2_generator{
    {Fp::from(limbs(0x1800deef121f1e76, 0x426a00665e5c4479, 0x674322d4f75edadd, 0x46debd5cd992f6ed)),
     Fp::from(limbs(0x198e9393920d483a, 0x7260bfb731fb5d25, 0xf1aa493335a9e712, 0x97e485b7aef312c2))},
    {Fp::from(limbs(0x12c85ea5db8c6deb, 0x4aab71808dcb408f, 0xe3d1e7690c43d37b, 0x4ce6cc0166fa7daa)),
     Fp::from(limbs(0x090689d0585ff075, 0xec9e99ad690c3395, 0xbc4b313370b38ef3, 0x55acdadcd122975b))}};

/// Infinity is on the curve.
[[nodiscard]] bool on_curve(const G1Affine& p) noexcept;
[[nodiscard]] bool on_curve(const G2Affine& p) noexcept;
/// For a point on the twist. Dai, Lin, Zhao, Zhou (eprint 2022/348): [x+1]P + ψ([x]P) + ψ²([x]P) = ψ³([2x]P).
[[nodiscard]] bool in_subgroup(const G2Affine& p) noexcept;

/// ψ, the p-power map carried to the twist. On G2 it multiplies by p.
[[nodiscard]] G2 untwist_frobenius_twist(const G2& p) noexcept;
[[nodiscard]] G2Affine untwist_frobenius_twist(const G2Affine& p) noexcept;
/// φ(x, y) = (βx, y). On G1 it multiplies by the λ of scalars.hpp.
[[nodiscard]] G1Affine cube_root_map(const G1Affine& p) noexcept;

/// Any scalar of 256 bits; the result is that of the scalar modulo r, for points of the groups.
[[nodiscard]] G1 multiply(const G1Affine& p, const Limbs& scalar) noexcept;
[[nodiscard]] G2 multiply(const G2Affine& p, const Limbs& scalar) noexcept;
[[nodiscard]] G1 multiply(const G1Affine& p, const Fr& scalar) noexcept;
[[nodiscard]] G2 multiply(const G2Affine& p, const Fr& scalar) noexcept;

}  // namespace enshrine::algebra::bn254
