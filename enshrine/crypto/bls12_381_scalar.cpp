// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/crypto/bls12_381_scalar.hpp>

#include <blst.h>

#include <bit>

namespace enshrine::crypto::bls12_381 {
namespace {

static_assert(sizeof(Fr) == sizeof(blst_fr));

blst_fr raw(const Fr& a) noexcept {
    return std::bit_cast<blst_fr>(a);
}
Fr cooked(const blst_fr& a) noexcept {
    return std::bit_cast<Fr>(a);
}

}  // namespace

Fr Fr::from(const U256& number) noexcept {
    const Hash32 bytes = number.to_be();
    blst_scalar reduced;
    blst_scalar_from_be_bytes(&reduced, bytes.data(), bytes.size());
    blst_fr out;
    blst_fr_from_scalar(&out, &reduced);
    return cooked(out);
}

U256 Fr::to_u256() const noexcept {
    const blst_fr element = raw(*this);
    U256 out;
    blst_uint64_from_fr(out.limbs.data(), &element);
    return out;
}

Fr operator+(const Fr& a, const Fr& b) noexcept {
    const blst_fr first = raw(a);
    const blst_fr second = raw(b);
    blst_fr out;
    blst_fr_add(&out, &first, &second);
    return cooked(out);
}
Fr operator-(const Fr& a, const Fr& b) noexcept {
    const blst_fr first = raw(a);
    const blst_fr second = raw(b);
    blst_fr out;
    blst_fr_sub(&out, &first, &second);
    return cooked(out);
}
Fr operator*(const Fr& a, const Fr& b) noexcept {
    const blst_fr first = raw(a);
    const blst_fr second = raw(b);
    blst_fr out;
    blst_fr_mul(&out, &first, &second);
    return cooked(out);
}
Fr Fr::square() const noexcept {
    const blst_fr element = raw(*this);
    blst_fr out;
    blst_fr_sqr(&out, &element);
    return cooked(out);
}

Fr Fr::power(const std::array<std::uint64_t, 4>& exponent) const noexcept {
    Fr out = one();
    for (std::size_t i = 256; i-- > 0;) {
        out = out.square();
        if (((exponent[i / 64] >> (i % 64)) & 1) != 0) out = out * *this;
    }
    return out;
}

Fr Fr::inverse() const noexcept {
    if (is_zero()) return {};
    const blst_fr element = raw(*this);
    blst_fr out;
    blst_fr_eucl_inverse(&out, &element);
    return cooked(out);
}

Result<Fr> decode_fr(BytesView bytes) noexcept {
    if (bytes.size() != Hash32::size_bytes) return fail(PointError::wrong_size);
    const U256 number = U256::from_be(bytes);
    if (number >= group_order) return fail(PointError::not_below_modulus);
    return Fr::from(number);
}

G1 multi_scalar_product(std::span<const G1> points, std::span<const Fr> scalars) {
    std::vector<Hash32> numbers;
    numbers.reserve(scalars.size());
    for (const Fr& scalar : scalars) numbers.push_back(scalar.to_u256().to_be());
    return multi_scalar_product(points, numbers);
}

std::vector<G1> multiply_each(std::span<const G1> points, std::span<const Fr> scalars) {
    ENSHRINE_ASSERT(points.size() == scalars.size());
    std::vector<G1> out;
    out.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        out.push_back(multi_scalar_product(points.subspan(i, 1), scalars.subspan(i, 1)));
    }
    return out;
}

}  // namespace enshrine::crypto::bls12_381
