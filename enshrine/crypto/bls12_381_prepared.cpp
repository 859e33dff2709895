// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/bls12_381_prepared.hpp>

#include <blst.h>

#include <bit>

namespace enshrine::crypto::bls12_381 {
struct PreparedG2::Lines {
    std::array<blst_fp6, 68> of_steps;
};

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

bool pairing_product_is_one(std::span<const PreparedPair> pairs) noexcept {
    blst_fp12 product = *blst_fp12_one();
    for (const PreparedPair& pair : pairs) {
        if (pair.p.is_infinity() || pair.q->lines() == nullptr) continue;
        const auto point = std::bit_cast<blst_p1_affine>(pair.p);
        blst_fp12 value;
        blst_miller_loop_lines(&value, pair.q->lines()->of_steps.data(), &point);
        blst_fp12_mul(&product, &product, &value);
    }
    blst_final_exp(&product, &product);
    return blst_fp12_is_one(&product);
}

}  // namespace enshrine::crypto::bls12_381
