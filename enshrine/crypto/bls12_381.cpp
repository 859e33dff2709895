// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/crypto/bls12_381.hpp>

#include <blst.h>

#include <algorithm>
#include <bit>
#include <vector>

namespace enshrine::crypto::bls12_381 {
namespace {

static_assert(sizeof(G1) == sizeof(blst_p1_affine) && sizeof(G2) == sizeof(blst_p2_affine));

constexpr std::array<Byte, field_bytes> modulus{0x1a, 0x01, 0x11, 0xea, 0x39, 0x7f, 0xe6, 0x9a, 0x4b, 0x1b, 0xa7, 0xb6,
                                                0x43, 0x4b, 0xac, 0xd7, 0x64, 0x77, 0x4b, 0x84, 0xf3, 0x85, 0x12, 0xbf,
                                                0x67, 0x30, 0xd2, 0xa0, 0xf6, 0xb0, 0xf6, 0x24, 0x1e, 0xab, 0xff, 0xfe,
                                                0xb1, 0x53, 0xff, 0xff, 0xb9, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xaa, 0xab};

// What differs between the groups, by overloads.
blst_p1_affine raw(const G1& p) noexcept {
    return std::bit_cast<blst_p1_affine>(p);
}
blst_p2_affine raw(const G2& p) noexcept {
    return std::bit_cast<blst_p2_affine>(p);
}
G1 cooked(const blst_p1& p) noexcept {
    blst_p1_affine out;
    blst_p1_to_affine(&out, &p);
    return std::bit_cast<G1>(out);
}
G2 cooked(const blst_p2& p) noexcept {
    blst_p2_affine out;
    blst_p2_to_affine(&out, &p);
    return std::bit_cast<G2>(out);
}

/// The library takes any 48 bytes; which of them are elements is for us to say.
Result<blst_fp> decode_fp(BytesView bytes) noexcept {
    if (bytes.size() != field_bytes) return fail(PointError::wrong_size);
    if (!std::ranges::lexicographical_compare(bytes, modulus)) return fail(PointError::not_below_modulus);
    blst_fp out;
    blst_fp_from_bendian(&out, bytes.data());
    return out;
}

Result<blst_fp2> decode_fp2(BytesView bytes) noexcept {
    if (bytes.size() != 2 * field_bytes) return fail(PointError::wrong_size);
    ENSHRINE_TRY(const auto c0, decode_fp(bytes.first(field_bytes)));
    ENSHRINE_TRY(const auto c1, decode_fp(bytes.subspan(field_bytes)));
    return blst_fp2{{c0, c1}};
}

constexpr Byte flag_bits = 0xe0;
constexpr Byte flag_smaller = 0x80;
constexpr Byte flag_larger = 0xa0;
constexpr Byte flag_infinity = 0xc0;

/// What can be wrong with a compressed point before its y is computed, which the library reports as one.
template <std::size_t Size>
Result<void> check_compressed(BytesView bytes) noexcept {
    if (bytes.size() != Size) return fail(PointError::wrong_size);
    const auto flags = static_cast<Byte>(bytes[0] & flag_bits);
    auto x = FixedBytes<Size>::from(bytes);
    x[0] = static_cast<Byte>(x[0] & ~flag_bits);
    if (flags == flag_infinity) {
        if (std::ranges::any_of(x, [](Byte b) { return b != 0; })) return fail(PointError::bad_flags);
        return {};
    }
    if (flags != flag_smaller && flags != flag_larger) return fail(PointError::bad_flags);
    for (std::size_t at = 0; at < Size; at += field_bytes) {
        ENSHRINE_CHECK(decode_fp(x.view().subspan(at, field_bytes)));
    }
    return {};
}

/// The library knows by itself that points with x = 0 are not in the groups.
Result<void> check_answer(BLST_ERROR answer) noexcept {
    if (answer == BLST_POINT_NOT_IN_GROUP) return fail(PointError::not_in_subgroup);
    if (answer != BLST_SUCCESS) return fail(PointError::not_on_curve);
    return {};
}

/// A product by 128 bits takes half the time of one by any scalar.
constexpr std::size_t scalar_bits = 255;
constexpr std::size_t short_scalar_bits = 128;

bool is_short(const blst_scalar& scalar) noexcept {
    return std::all_of(scalar.b + short_scalar_bits / 8, std::end(scalar.b), [](byte b) { return b == 0; });
}

/// Members other than infinity, and scalars below r other than zero: the library's tables are built for those.
template <class Affine>
struct Terms {
    std::vector<Affine> points;
    std::vector<blst_scalar> scalars;

    template <class Point>
    Terms(std::span<const Point> all, std::span<const Hash32> factors) {
        ENSHRINE_ASSERT(all.size() == factors.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            blst_scalar scalar;
            if (!blst_scalar_from_be_bytes(&scalar, factors[i].data(), factors[i].size())) continue;  // 0 modulo r
            if (all[i].is_infinity()) continue;
            points.push_back(raw(all[i]));
            scalars.push_back(scalar);
        }
    }
    [[nodiscard]] std::size_t bits() const noexcept {
        return std::ranges::all_of(scalars, is_short) ? short_scalar_bits : scalar_bits;
    }
    /// Scalars one by one: contiguous ones would have as many bytes as bits() needs.
    [[nodiscard]] std::vector<const byte*> factors() const {
        std::vector<const byte*> out;
        for (const blst_scalar& scalar : scalars) out.push_back(scalar.b);
        return out;
    }
};

}  // namespace

const ErrorDomain& error_domain(PointError) noexcept {
    static constexpr ErrorDomain domain{"bls12-381 point", [](std::uint16_t code) noexcept -> std::string_view {
                                            switch (PointError{code}) {
                                                case PointError::wrong_size:
                                                    return "an encoding has the wrong number of bytes";
                                                case PointError::not_below_modulus:
                                                    return "a number is not below the modulus of its field";
                                                case PointError::not_on_curve:
                                                    return "a point is not on the curve";
                                                case PointError::not_in_subgroup:
                                                    return "a point is on the curve but not in the subgroup";
                                                case PointError::bad_flags:
                                                    return "the flag bits of a point are wrong";
                                            }
                                            return "unknown error of a point";
                                        }};
    return domain;
}

bool G1::is_infinity() const noexcept {
    return std::ranges::all_of(words, [](std::uint64_t w) { return w == 0; });
}
bool G2::is_infinity() const noexcept {
    return std::ranges::all_of(words, [](std::uint64_t w) { return w == 0; });
}

Result<G1> decode_g1(BytesView bytes) noexcept {
    if (bytes.size() != g1_bytes) return fail(PointError::wrong_size);
    ENSHRINE_TRY(const auto x, decode_fp(bytes.first(field_bytes)));
    ENSHRINE_TRY(const auto y, decode_fp(bytes.subspan(field_bytes)));
    const blst_p1_affine p{x, y};
    if (!blst_p1_affine_is_inf(&p) && !blst_p1_affine_on_curve(&p)) return fail(PointError::not_on_curve);
    return std::bit_cast<G1>(p);
}
Result<G2> decode_g2(BytesView bytes) noexcept {
    if (bytes.size() != g2_bytes) return fail(PointError::wrong_size);
    ENSHRINE_TRY(const auto x, decode_fp2(bytes.first(2 * field_bytes)));
    ENSHRINE_TRY(const auto y, decode_fp2(bytes.subspan(2 * field_bytes)));
    const blst_p2_affine p{x, y};
    if (!blst_p2_affine_is_inf(&p) && !blst_p2_affine_on_curve(&p)) return fail(PointError::not_on_curve);
    return std::bit_cast<G2>(p);
}

Result<G1> decode_g1_member(BytesView bytes) noexcept {
    ENSHRINE_TRY(const auto p, decode_g1(bytes));
    if (!in_subgroup(p)) return fail(PointError::not_in_subgroup);
    return p;
}
Result<G2> decode_g2_member(BytesView bytes) noexcept {
    ENSHRINE_TRY(const auto p, decode_g2(bytes));
    if (!in_subgroup(p)) return fail(PointError::not_in_subgroup);
    return p;
}

Result<G1> decode_g1_compressed(BytesView bytes) noexcept {
    ENSHRINE_CHECK(check_compressed<g1_compressed_bytes>(bytes));
    blst_p1_affine p;
    ENSHRINE_CHECK(check_answer(blst_p1_uncompress(&p, bytes.data())));
    const auto out = std::bit_cast<G1>(p);
    if (!in_subgroup(out)) return fail(PointError::not_in_subgroup);
    return out;
}
Result<G2> decode_g2_compressed(BytesView bytes) noexcept {
    ENSHRINE_CHECK(check_compressed<g2_compressed_bytes>(bytes));
    blst_p2_affine p;
    ENSHRINE_CHECK(check_answer(blst_p2_uncompress(&p, bytes.data())));
    const auto out = std::bit_cast<G2>(p);
    if (!in_subgroup(out)) return fail(PointError::not_in_subgroup);
    return out;
}

FixedBytes<g1_bytes> encode(const G1& p) noexcept {
    FixedBytes<g1_bytes> out;
    const auto point = raw(p);
    blst_bendian_from_fp(out.data(), &point.x);
    blst_bendian_from_fp(out.data() + field_bytes, &point.y);
    return out;
}
FixedBytes<g2_bytes> encode(const G2& p) noexcept {
    FixedBytes<g2_bytes> out;
    const auto point = raw(p);
    blst_bendian_from_fp(out.data(), &point.x.fp[0]);
    blst_bendian_from_fp(out.data() + field_bytes, &point.x.fp[1]);
    blst_bendian_from_fp(out.data() + 2 * field_bytes, &point.y.fp[0]);
    blst_bendian_from_fp(out.data() + 3 * field_bytes, &point.y.fp[1]);
    return out;
}

bool in_subgroup(const G1& p) noexcept {
    const auto point = raw(p);
    return p.is_infinity() || blst_p1_affine_in_g1(&point);
}
bool in_subgroup(const G2& p) noexcept {
    const auto point = raw(p);
    return p.is_infinity() || blst_p2_affine_in_g2(&point);
}

G1 g1_generator() noexcept {
    return std::bit_cast<G1>(*blst_p1_affine_generator());
}
G2 g2_generator() noexcept {
    return std::bit_cast<G2>(*blst_p2_affine_generator());
}

G1 negate(const G1& p) noexcept {
    auto out = raw(p);
    blst_fp_cneg(&out.y, &out.y, true);
    return std::bit_cast<G1>(out);
}
G2 negate(const G2& p) noexcept {
    auto out = raw(p);
    blst_fp2_cneg(&out.y, &out.y, true);
    return std::bit_cast<G2>(out);
}

G1 add(const G1& a, const G1& b) noexcept {
    const auto first = raw(a);
    const auto second = raw(b);
    blst_p1 sum;
    blst_p1_from_affine(&sum, &first);
    blst_p1_add_or_double_affine(&sum, &sum, &second);
    return cooked(sum);
}
G2 add(const G2& a, const G2& b) noexcept {
    const auto first = raw(a);
    const auto second = raw(b);
    blst_p2 sum;
    blst_p2_from_affine(&sum, &first);
    blst_p2_add_or_double_affine(&sum, &sum, &second);
    return cooked(sum);
}

G1 multi_scalar_product(std::span<const G1> points, std::span<const Hash32> scalars) {
    const Terms<blst_p1_affine> terms{points, scalars};
    if (terms.points.empty()) return {};
    std::vector<limb_t> scratch(blst_p1s_mult_pippenger_scratch_sizeof(terms.points.size()) / sizeof(limb_t) + 1);
    // A list that ends with null goes on contiguously.
    const blst_p1_affine* const list[] = {terms.points.data(), nullptr};
    const auto factors = terms.factors();
    blst_p1 out;
    blst_p1s_mult_pippenger(&out, list, terms.points.size(), factors.data(), terms.bits(), scratch.data());
    return cooked(out);
}
G2 multi_scalar_product(std::span<const G2> points, std::span<const Hash32> scalars) {
    const Terms<blst_p2_affine> terms{points, scalars};
    if (terms.points.empty()) return {};
    std::vector<limb_t> scratch(blst_p2s_mult_pippenger_scratch_sizeof(terms.points.size()) / sizeof(limb_t) + 1);
    const blst_p2_affine* const list[] = {terms.points.data(), nullptr};
    const auto factors = terms.factors();
    blst_p2 out;
    blst_p2s_mult_pippenger(&out, list, terms.points.size(), factors.data(), terms.bits(), scratch.data());
    return cooked(out);
}

Result<G1> map_to_g1(BytesView element) noexcept {
    ENSHRINE_TRY(const auto u, decode_fp(element));
    blst_p1 out;
    blst_map_to_g1(&out, &u, nullptr);
    return cooked(out);
}
Result<G2> map_to_g2(BytesView element) noexcept {
    ENSHRINE_TRY(const auto u, decode_fp2(element));
    blst_p2 out;
    blst_map_to_g2(&out, &u, nullptr);
    return cooked(out);
}

}  // namespace enshrine::crypto::bls12_381
