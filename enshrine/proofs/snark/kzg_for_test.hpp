// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/random_for_test.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/proofs/snark/evaluation_domain.hpp>

#include <algorithm>

/// For tests alone: points whose discrete logarithms are known, and points outside the groups, on both curves.
namespace enshrine::proofs::test {

using algebra::bn254::Draw;

template <class C>
[[nodiscard]] typename C::Fr draw_scalar(Draw& draw) {
    U256 number;
    number.limbs = draw.words();
    return C::Fr::from(number);
}

template <class C>
[[nodiscard]] typename C::G1 g1_times(const typename C::Fr& scalar) {
    return C::multi_scalar_product(std::array{C::g1_generator()}, std::array{scalar});
}
[[nodiscard]] inline Bn254::G2 g2_times(const Bn254::Fr& scalar) {
    return algebra::bn254::multiply(Bn254::g2_generator(), scalar).affine();
}
[[nodiscard]] inline Bls12381::G2 g2_times(const Bls12381::Fr& scalar) {
    return crypto::bls12_381::multi_scalar_product(std::array{Bls12381::g2_generator()},
                                                   std::array{scalar.to_u256().to_be()});
}

template <class C>
void append_g1(Bytes& out, const typename C::Fr& scalar) {
    append(out, C::encode(g1_times<C>(scalar)).view());
}
inline void append_g2(Bytes& out, const Bn254::Fr& scalar) {
    append(out, Bn254::encode(g2_times(scalar)).view());
}
inline void append_g2(Bytes& out, const Bls12381::Fr& scalar) {
    append(out, Bls12381::encode(g2_times(scalar)).view());
}
template <class Fr>
void append_scalar(Bytes& out, const Fr& scalar) {
    append(out, scalar.to_u256().to_be().view());
}

/// Encodings of points on the curves and outside the groups, of G1 if there are such, and of G2.
template <class C>
struct Outside {
    std::vector<Bytes> g1;
    Bytes g2;
};
template <class C>
[[nodiscard]] Outside<C> draw_outside(Draw& draw) {
    Outside<C> out;
    if constexpr (C::id == Curve::bn254) {
        out.g2 = to_bytes(C::encode(draw.twist_point()).view());
    } else {
        out.g1.emplace_back(C::g1_bytes);
        out.g1[0].back() = 2;  // (0, 2) has order 3
        out.g2.resize(C::g2_bytes);
        out.g2[C::g2_bytes / 4 - 1] = 2;  // (2, y) with y² = 8 + 4(1 + u)
        const auto y = codec::parse_hex(
            "18c6b864ae17dc9da64203ffefb966306425a7bc6aeb7c75247438372716284a4173830420cd476ba1a365b95bfcec38"
            "172e93db764a8400a7d5071b6b6f5de0da2f0f4a063119abca014006b7c40a2cfe291a1924e65db0d6d0fcfbf3bf3d5c");
        std::ranges::copy(*y, out.g2.begin() + C::g2_bytes / 2);
    }
    return out;
}

/// The polynomial of degree below n that is one at ω^i and zero at the other elements, at x.
template <class C>
[[nodiscard]] typename C::Fr lagrange_at(const EvaluationDomain<C>& domain, std::uint64_t i, const typename C::Fr& x) {
    using Fr = typename C::Fr;
    const Fr element = domain.root().power({i, 0, 0, 0});
    const Fr n = Fr::from(domain.size());
    return element * (x.power({domain.size(), 0, 0, 0}) - Fr::one()) * (n * (x - element)).inverse();
}

template <class C>
[[nodiscard]] std::vector<U256> draw_inputs(Draw& draw, std::size_t count) {
    std::vector<U256> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(i % 3 == 2 ? U256{i} : draw_scalar<C>(draw).to_u256());
    return out;
}

[[nodiscard]] inline Bytes with(Bytes bytes, std::size_t at, BytesView part) {
    std::ranges::copy(part, bytes.begin() + static_cast<std::ptrdiff_t>(at));
    return bytes;
}

}  // namespace enshrine::proofs::test
