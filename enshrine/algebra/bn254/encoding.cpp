// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/encoding.hpp>
#include <enshrine/algebra/bn254/groups.hpp>

#include <algorithm>

namespace enshrine::algebra::bn254 {
namespace {

constexpr Byte flag_mask = 0xc0;
constexpr Byte flag_infinity = 0x40;
constexpr Byte flag_smaller = 0x80;
constexpr Byte flag_larger = 0xc0;

template <class Field>
Result<Field> checked(const U256& value) noexcept {
    if (!less(value.limbs, Field::modulus)) return fail(PointError::not_below_modulus);
    return Field::from(value);
}

template <class Field>
Result<Field> decode(BytesView bytes) noexcept {
    if (bytes.size() != field_bytes) return fail(PointError::wrong_size);
    return checked<Field>(U256::from_be(bytes));
}

Result<Fp2> decode_fp2(BytesView bytes) noexcept {
    ENSHRINE_TRY(const auto c1, decode_fp(bytes.first(field_bytes)));
    ENSHRINE_TRY(const auto c0, decode_fp(bytes.subspan(field_bytes)));
    return Fp2{c0, c1};
}

Result<G1Affine> check_curve(const G1Affine& p) noexcept {
    if (!on_curve(p)) return fail(PointError::not_on_curve);
    return p;
}
Result<G2Affine> check_twist(const G2Affine& p) noexcept {
    if (!on_curve(p)) return fail(PointError::not_on_curve);
    return p;
}
Result<G2Affine> check_subgroup(const G2Affine& p) noexcept {
    if (!p.is_infinity() && !in_subgroup(p)) return fail(PointError::not_in_subgroup);
    return p;
}
Result<G2Affine> check_group(const G2Affine& p) noexcept {
    ENSHRINE_CHECK(check_twist(p));
    return check_subgroup(p);
}

/// Whether y is the larger of y and -y as numbers.
bool is_larger(const Fp& y) noexcept {
    return less((-y).canonical(), y.canonical());
}
bool is_larger(const Fp2& y) noexcept {
    return y.c1.is_zero() ? is_larger(y.c0) : is_larger(y.c1);
}

template <class F>
AffinePoint<F> with_sign(const F& x, const F& y, Byte flags) noexcept {
    return {x, is_larger(y) == (flags == flag_larger) ? y : -y};
}

bool all_zero(BytesView bytes) noexcept {
    return std::ranges::all_of(bytes, [](Byte b) { return b == 0; });
}

template <std::size_t Size>
struct Unflagged {
    FixedBytes<Size> x;
    Byte flags = 0;
};
/// Takes the flags off; an infinity that is well formed has no other bit.
template <std::size_t Size>
Result<Unflagged<Size>> take_flags(BytesView bytes) noexcept {
    if (bytes.size() != Size) return fail(PointError::wrong_size);
    Unflagged<Size> out{FixedBytes<Size>::from(bytes), static_cast<Byte>(bytes[0] & flag_mask)};
    out.x[0] = static_cast<Byte>(out.x[0] & ~flag_mask);
    if (out.flags == 0) return fail(PointError::bad_flags);
    if (out.flags == flag_infinity && !all_zero(out.x.view())) return fail(PointError::bad_flags);
    return out;
}

template <std::size_t Size>
void put(FixedBytes<Size>& out, std::size_t at, const Fp& a) noexcept {
    const Hash32 bytes = encode(a);
    std::ranges::copy(bytes, out.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

const ErrorDomain& error_domain(PointError) noexcept {
    static constexpr ErrorDomain domain{"bn254 point", [](std::uint16_t code) noexcept -> std::string_view {
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
                                                    return "the flag bits of a compressed point are wrong";
                                            }
                                            return "unknown error of a point";
                                        }};
    return domain;
}

Result<Fp> decode_fp(BytesView bytes) noexcept {
    return decode<Fp>(bytes);
}
Result<Fr> decode_fr(BytesView bytes) noexcept {
    return decode<Fr>(bytes);
}

Result<G1Affine> decode_g1(BytesView bytes) noexcept {
    if (bytes.size() != g1_bytes) return fail(PointError::wrong_size);
    ENSHRINE_TRY(const auto x, decode_fp(bytes.first(field_bytes)));
    ENSHRINE_TRY(const auto y, decode_fp(bytes.subspan(field_bytes)));
    return check_curve({x, y});
}

Result<G2Affine> decode_g2_on_twist(BytesView bytes) noexcept {
    if (bytes.size() != g2_bytes) return fail(PointError::wrong_size);
    ENSHRINE_TRY(const auto x, decode_fp2(bytes.first(2 * field_bytes)));
    ENSHRINE_TRY(const auto y, decode_fp2(bytes.subspan(2 * field_bytes)));
    return check_twist({x, y});
}

Result<G2Affine> decode_g2(BytesView bytes) noexcept {
    ENSHRINE_TRY(const auto point, decode_g2_on_twist(bytes));
    return check_subgroup(point);
}

Result<G1Affine> decode_g1_compressed(BytesView bytes) noexcept {
    ENSHRINE_TRY(const auto taken, take_flags<g1_compressed_bytes>(bytes));
    if (taken.flags == flag_infinity) return G1Affine::infinity();
    ENSHRINE_TRY(const auto x, decode_fp(taken.x.view()));
    const auto y = square_root(x.square() * x + g1_curve_b);
    if (!y) return fail(PointError::not_on_curve);
    return with_sign(x, *y, taken.flags);
}

Result<G2Affine> decode_g2_compressed(BytesView bytes) noexcept {
    ENSHRINE_TRY(const auto taken, take_flags<g2_compressed_bytes>(bytes));
    if (taken.flags == flag_infinity) return G2Affine::infinity();
    ENSHRINE_TRY(const auto x, decode_fp2(taken.x.view()));
    const auto y = square_root(x.square() * x + g2_curve_b);
    if (!y) return fail(PointError::not_on_curve);
    return check_group(with_sign(x, *y, taken.flags));
}

Hash32 encode(const Fp& a) noexcept {
    return a.to_u256().to_be();
}
Hash32 encode(const Fr& a) noexcept {
    return a.to_u256().to_be();
}

FixedBytes<g1_bytes> encode(const G1Affine& p) noexcept {
    FixedBytes<g1_bytes> out;
    put(out, 0, p.x);
    put(out, 32, p.y);
    return out;
}

FixedBytes<g2_bytes> encode(const G2Affine& p) noexcept {
    FixedBytes<g2_bytes> out;
    put(out, 0, p.x.c1);
    put(out, 32, p.x.c0);
    put(out, 64, p.y.c1);
    put(out, 96, p.y.c0);
    return out;
}

FixedBytes<g1_compressed_bytes> encode_compressed(const G1Affine& p) noexcept {
    FixedBytes<g1_compressed_bytes> out;
    put(out, 0, p.x);
    out[0] |= p.is_infinity() ? flag_infinity : is_larger(p.y) ? flag_larger : flag_smaller;
    return out;
}

FixedBytes<g2_compressed_bytes> encode_compressed(const G2Affine& p) noexcept {
    FixedBytes<g2_compressed_bytes> out;
    put(out, 0, p.x.c1);
    put(out, 32, p.x.c0);
    out[0] |= p.is_infinity() ? flag_infinity : is_larger(p.y) ? flag_larger : flag_smaller;
    return out;
}

Result<G1Affine> checked_g1(const U256& x, const U256& y) noexcept {
    ENSHRINE_TRY(const auto px, checked<Fp>(x));
    ENSHRINE_TRY(const auto py, checked<Fp>(y));
    return check_curve({px, py});
}

Result<G2Affine> checked_g2(const U256Pair& x, const U256Pair& y) noexcept {
    ENSHRINE_TRY(const auto x0, checked<Fp>(x.c0));
    ENSHRINE_TRY(const auto x1, checked<Fp>(x.c1));
    ENSHRINE_TRY(const auto y0, checked<Fp>(y.c0));
    ENSHRINE_TRY(const auto y1, checked<Fp>(y.c1));
    return check_group({{x0, x1}, {y0, y1}});
}

}  // namespace enshrine::algebra::bn254
