// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/bls12_381_pairing.hpp>

#include <blst.h>

#include <bit>
#include <vector>

namespace enshrine::crypto::bls12_381 {
struct PreparedG2::Lines {
    std::array<blst_fp6, 68> of_steps;
};

namespace {

static_assert(sizeof(Fp12) == sizeof(blst_fp12));

blst_fp12 raw(const Fp12& a) noexcept {
    return std::bit_cast<blst_fp12>(a);
}
Fp12 cooked(const blst_fp12& a) noexcept {
    return std::bit_cast<Fp12>(a);
}

Fp12 miller_loop_of_points(std::span<const Pair> pairs) {
    std::vector<blst_p1_affine> ps;
    std::vector<blst_p2_affine> qs;
    for (const Pair& pair : pairs) {
        if (pair.p.is_infinity() || pair.q.is_infinity()) continue;
        ps.push_back(std::bit_cast<blst_p1_affine>(pair.p));
        qs.push_back(std::bit_cast<blst_p2_affine>(pair.q));
    }
    if (ps.empty()) return Fp12::one();
    // A list that ends with null goes on contiguously.
    const blst_p1_affine* const p_list[] = {ps.data(), nullptr};
    const blst_p2_affine* const q_list[] = {qs.data(), nullptr};
    blst_fp12 product;
    blst_miller_loop_n(&product, q_list, p_list, ps.size());
    return cooked(product);
}

}  // namespace

PreparedG2::PreparedG2(const G2& q) {
    if (q.is_infinity()) return;
    const auto point = std::bit_cast<blst_p2_affine>(q);
    auto lines = std::make_unique<Lines>();
    blst_precompute_lines(lines->of_steps.data(), &point);
    lines_ = std::move(lines);
}
PreparedG2::PreparedG2(PreparedG2&&) noexcept = default;
PreparedG2& PreparedG2::operator=(PreparedG2&&) noexcept = default;
PreparedG2::~PreparedG2() = default;

Fp12 Fp12::one() noexcept {
    return cooked(*blst_fp12_one());
}
Fp12 Fp12::conjugate() const noexcept {
    blst_fp12 out = raw(*this);
    blst_fp12_conjugate(&out);
    return cooked(out);
}
Fp12 operator*(const Fp12& a, const Fp12& b) noexcept {
    const blst_fp12 first = raw(a);
    const blst_fp12 second = raw(b);
    blst_fp12 out;
    blst_fp12_mul(&out, &first, &second);
    return cooked(out);
}

Fp12 miller_loop(std::span<const Pair> pairs, std::span<const PreparedPair> prepared) {
    Fp12 out = miller_loop_of_points(pairs);
    for (const PreparedPair& pair : prepared) {
        if (pair.p.is_infinity() || pair.q->lines() == nullptr) continue;
        const auto point = std::bit_cast<blst_p1_affine>(pair.p);
        blst_fp12 value;
        blst_miller_loop_lines(&value, pair.q->lines()->of_steps.data(), &point);
        out = out * cooked(value);
    }
    return out;
}

Fp12 final_exponentiation(const Fp12& f) noexcept {
    const blst_fp12 element = raw(f);
    blst_fp12 out;
    blst_final_exp(&out, &element);
    return cooked(out);
}

bool pairing_product_is_one(std::span<const Pair> pairs, std::span<const PreparedPair> prepared) {
    return final_exponentiation(miller_loop(pairs, prepared)) == Fp12::one();
}

}  // namespace enshrine::crypto::bls12_381
