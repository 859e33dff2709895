// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/crypto/bls12_381.hpp>

#include <memory>

/// The pairing of BLS12-381, with the names that algebra/bn254 gives its own. Points must be members: decoding has
/// checked them. A pair with a point at infinity contributes the factor one.
namespace enshrine::crypto::bls12_381 {

struct Pair {
    G1 p;
    G2 q;
};

/// The lines of a fixed point of G2: a pairing with it does not compute them. 39 kB. Two prepared pairs are faster than
/// two others; from three on, pairs that share their squarings are not slower.
class PreparedG2 {
public:
    explicit PreparedG2(const G2& q);
    PreparedG2(PreparedG2&&) noexcept;
    PreparedG2& operator=(PreparedG2&&) noexcept;
    ~PreparedG2();

    struct Lines;
    [[nodiscard]] const Lines* lines() const noexcept { return lines_.get(); }  ///< none for infinity

private:
    std::unique_ptr<const Lines> lines_;
};

struct PreparedPair {
    G1 p;
    const PreparedG2* q = nullptr;
};

/// An element of the field of degree 12, in the words of the library: equal elements have equal words.
struct Fp12 {
    std::array<std::uint64_t, 72> words{};

    [[nodiscard]] static Fp12 one() noexcept;
    /// The inverse of what final_exponentiation() gives.
    [[nodiscard]] Fp12 conjugate() const noexcept;
    [[nodiscard]] friend bool operator==(const Fp12&, const Fp12&) noexcept = default;
    friend Fp12 operator*(const Fp12& a, const Fp12& b) noexcept;
};

/// The product of the Miller functions of all pairs, up to factors that final_exponentiation() takes to one.
[[nodiscard]] Fp12 miller_loop(std::span<const Pair> pairs, std::span<const PreparedPair> prepared = {});

/// A power by a multiple of (p^12 - 1)/r that is prime to r: one exactly where the pairing is one.
[[nodiscard]] Fp12 final_exponentiation(const Fp12& f) noexcept;

/// Whether the product of the pairings is one. True for no pairs.
[[nodiscard]] bool pairing_product_is_one(std::span<const Pair> pairs, std::span<const PreparedPair> prepared = {});

}  // namespace enshrine::crypto::bls12_381
