// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/random_for_test.hpp>
#include <enshrine/proofs/snark/evaluation_domain.hpp>

/// For tests alone: points whose discrete logarithms are known, on both curves.
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
