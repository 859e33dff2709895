// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/gnark_points.hpp>

#include <algorithm>

namespace enshrine::prover_files {

using proofs::Curve;
namespace bn254 = algebra::bn254;
namespace bls12_381 = crypto::bls12_381;

namespace {

/// What gnark does with the points of a curve, beside what proofs::Bn254 and proofs::Bls12381 say of it.
struct GnarkBn254 : proofs::Bn254 {
    using Error = bn254::PointError;
    static constexpr Byte flag_bits = 0xc0;
    static constexpr Byte uncompressed_infinity = 0;
    [[nodiscard]] static PointForm form(Byte flags) noexcept {
        return flags == 0 ? PointForm::uncompressed : PointForm::compressed;
    }
    [[nodiscard]] static Result<G1> uncompress_g1(BytesView b) noexcept { return bn254::decode_g1_compressed(b); }
    [[nodiscard]] static Result<G2> uncompress_g2(BytesView b) noexcept { return bn254::decode_g2_compressed(b); }
};
struct GnarkBls12381 : proofs::Bls12381 {
    using Error = bls12_381::PointError;
    static constexpr Byte flag_bits = 0xe0;
    static constexpr Byte uncompressed_infinity = 0x40;
    [[nodiscard]] static PointForm form(Byte flags) noexcept {
        if (flags == 0 || flags == uncompressed_infinity) return PointForm::uncompressed;
        const bool known = flags == 0x80 || flags == 0xa0 || flags == 0xc0;
        return known ? PointForm::compressed : PointForm::none;
    }
    [[nodiscard]] static Result<G1> uncompress_g1(BytesView b) noexcept { return bls12_381::decode_g1_compressed(b); }
    [[nodiscard]] static Result<G2> uncompress_g2(BytesView b) noexcept { return bls12_381::decode_g2_compressed(b); }
};

/// Calls `work` with what is known of the curve.
template <class Work>
auto on_curve(Curve curve, const Work& work) noexcept {
    return curve == Curve::bn254 ? work(GnarkBn254{}) : work(GnarkBls12381{});
}

/// Our own encoding of an uncompressed point, but for the order of coordinates. Infinity has its flag and nothing else.
template <class OnCurve>
Result<Bytes> without_flags(BytesView bytes) noexcept {
    Bytes out = to_bytes(bytes);
    const auto flags = static_cast<Byte>(out[0] & OnCurve::flag_bits);
    out[0] = static_cast<Byte>(out[0] & ~OnCurve::flag_bits);
    const bool is_zero = std::ranges::all_of(out, [](Byte b) { return b == 0; });
    if (flags != (is_zero ? OnCurve::uncompressed_infinity : 0)) return fail(OnCurve::Error::bad_flags);
    return out;
}

/// Ours has the coordinate of u first on BN254 alone.
template <class OnCurve>
void order_coordinates(Bytes& g2) noexcept {
    if (OnCurve::id == Curve::bn254) return;
    const auto quarter = static_cast<std::ptrdiff_t>(g2.size() / 4);
    for (auto half = g2.begin(); half != g2.end(); half += 2 * quarter) {
        std::swap_ranges(half, half + quarter, half + quarter);
    }
}

}  // namespace

std::string_view to_text(PointForm form) noexcept {
    switch (form) {
        case PointForm::compressed:
            return "compressed ";
        case PointForm::uncompressed:
            return "uncompressed ";
        case PointForm::none:
            break;
    }
    return "";
}

std::string_view file_form_name(PointForm form) noexcept {
    return form == PointForm::compressed ? "gnark (binary)" : "gnark (raw binary)";
}

PointForm point_form(Curve curve, Byte first) noexcept {
    return on_curve(curve, [first](auto c) { return c.form(static_cast<Byte>(first & c.flag_bits)); });
}

std::size_t GnarkForm::g1_bytes() const noexcept {
    const std::size_t whole = on_curve(curve, [](auto c) { return c.g1_bytes; });
    return form == PointForm::compressed ? whole / 2 : whole;
}
std::size_t GnarkForm::g2_bytes() const noexcept {
    return 2 * g1_bytes();
}

Result<Bytes> GnarkForm::decode_g1(BytesView bytes) const noexcept {
    return on_curve(curve, [&]<class OnCurve>(OnCurve) -> Result<Bytes> {
        if (form == PointForm::compressed) {
            ENSHRINE_TRY(const auto point, OnCurve::uncompress_g1(bytes));
            return to_bytes(OnCurve::encode(point).view());
        }
        ENSHRINE_TRY(Bytes out, without_flags<OnCurve>(bytes));
        ENSHRINE_CHECK(OnCurve::decode_g1(out));
        return out;
    });
}

Result<Bytes> GnarkForm::decode_g2(BytesView bytes) const noexcept {
    return on_curve(curve, [&]<class OnCurve>(OnCurve) -> Result<Bytes> {
        if (form == PointForm::compressed) {
            ENSHRINE_TRY(const auto point, OnCurve::uncompress_g2(bytes));
            return to_bytes(OnCurve::encode(point).view());
        }
        ENSHRINE_TRY(Bytes out, without_flags<OnCurve>(bytes));
        order_coordinates<OnCurve>(out);
        ENSHRINE_CHECK(OnCurve::decode_g2(out));
        return out;
    });
}

}  // namespace enshrine::prover_files
