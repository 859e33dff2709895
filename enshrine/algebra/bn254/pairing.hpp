// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/fp12.hpp>
#include <enshrine/algebra/bn254/miller_steps.hpp>
#include <enshrine/algebra/bn254/points.hpp>

#include <optional>
#include <vector>

/// The optimal ate pairing of BN254. Points must lie in G1 and G2: decoding has checked them. A pair with a point at
/// infinity contributes the factor one.
namespace enshrine::algebra::bn254 {

struct Pair {
    G1Affine p;
    G2Affine q;
};

/// The lines of a fixed point of G2, divided by their constants: a pairing with it costs neither their computation nor
/// the longer product. 11 kB, worth it for the points of a verifying key.
class PreparedG2 {
public:
    struct Line {
        Fp2 slope;      ///< of xP / yP
        Fp2 intercept;  ///< of 1 / yP
    };
    explicit PreparedG2(const G2Affine& q);
    [[nodiscard]] const std::vector<Line>& lines() const noexcept { return lines_; }  ///< none for infinity

private:
    std::vector<Line> lines_;
};

struct PreparedPair {
    G1Affine p;
    const PreparedG2* q = nullptr;
};

/// The product of the Miller functions of all pairs; they share the squarings.
[[nodiscard]] Fp12 miller_loop(std::span<const Pair> pairs, std::span<const PreparedPair> prepared = {});

/// The same for second points of which only the curve has been checked: nothing when one of them is not in G2. That
/// the loop finds out by itself, where it ends (miller_steps.hpp).
[[nodiscard]] std::optional<Fp12> miller_loop_on_twist(std::span<const Pair> pairs,
                                                       std::span<const PreparedPair> prepared = {});

/// The power (p^12 - 1)/r times 2x(6x^2 + 3x + 1), which is prime to r: one exactly where the exact power is one.
[[nodiscard]] Fp12 final_exponentiation(const Fp12& f) noexcept;

/// Whether the product of the pairings is one. True for no pairs.
[[nodiscard]] bool pairing_product_is_one(std::span<const Pair> pairs, std::span<const PreparedPair> prepared = {});

}  // namespace enshrine::algebra::bn254
