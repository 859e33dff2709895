// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/point_fields.hpp>

#include <algorithm>

namespace enshrine::prover_files {

using proofs::Bls12381;
using proofs::Bn254;
using proofs::Curve;

namespace {

std::size_t width_of(Curve curve) noexcept {
    return curve == Curve::bn254 ? algebra::bn254::field_bytes : crypto::bls12_381::field_bytes;
}

bool is_small(const Bytes& number, Byte value) noexcept {
    return number.back() == value &&
           std::ranges::all_of(BytesView{number}.first(number.size() - 1), [](Byte b) { return b == 0; });
}

bool are_zero(const std::vector<Bytes>& coordinates) noexcept {
    return std::ranges::all_of(coordinates, [](const Bytes& number) { return is_small(number, 0); });
}

/// Two zeros are infinity in our encoding, and nothing in one that has a third coordinate.
std::unexpected<FileError> not_on_curve(const JsonField& field) {
    return refused(field.path() + ": a point is not on the curve");
}

FileResult<std::vector<Bytes>> numbers(const std::vector<JsonField>& fields, std::size_t width) {
    std::vector<Bytes> out;
    for (const JsonField& field : fields) {
        auto number = field.number(width);
        if (!number) return std::unexpected{number.error()};
        out.push_back(*std::move(number));
    }
    return out;
}

Bytes joined(const std::vector<Bytes>& parts) {
    Bytes out;
    for (const Bytes& part : parts) append(out, part);
    return out;
}

/// The coordinate of u first, or last, as the curve's encoding has it.
Bytes encode_g2(Curve curve, const std::vector<Bytes>& x, const std::vector<Bytes>& y) {
    if (curve == Curve::bn254) return joined({x[1], x[0], y[1], y[0]});
    return joined({x[0], x[1], y[0], y[1]});
}

template <class T>
FileResult<void> checked(const JsonField& field, const Result<T>& decoded) {
    if (!decoded) return refused(field.path() + ": " + std::string{decoded.error().message()});
    return {};
}
FileResult<Bytes> checked_g1(Curve curve, const JsonField& field, Bytes bytes) {
    ENSHRINE_CHECK(curve == Curve::bn254 ? checked(field, Bn254::decode_g1(bytes))
                                         : checked(field, Bls12381::decode_g1(bytes)));
    return bytes;
}
FileResult<Bytes> checked_g2(Curve curve, const JsonField& field, Bytes bytes) {
    ENSHRINE_CHECK(curve == Curve::bn254 ? checked(field, Bn254::decode_g2(bytes))
                                         : checked(field, Bls12381::decode_g2(bytes)));
    return bytes;
}

/// x and y of a point of G1; all zeros for a snarkjs point whose third coordinate is zero.
FileResult<std::vector<Bytes>> g1_coordinates(const JsonField& field, PointStyle style, std::size_t width) {
    if (style == PointStyle::gnark) {
        ENSHRINE_TRY(const auto x, field.member("X"));
        ENSHRINE_TRY(const auto y, field.member("Y"));
        return numbers({x, y}, width);
    }
    ENSHRINE_TRY(const auto fields, field.elements(style == PointStyle::snarkjs ? 3 : 2));
    ENSHRINE_TRY(auto read, numbers(fields, width));
    if (style == PointStyle::upa) return read;
    if (is_small(read[0], 0) && is_small(read[1], 1) && is_small(read[2], 0)) {
        return std::vector{Bytes(width), Bytes(width)};
    }
    if (!is_small(read[2], 1)) {
        return refused(field.path() + ": expected an affine point, its third coordinate is not 1");
    }
    read.pop_back();
    if (are_zero(read)) return not_on_curve(field);
    return read;
}

struct PairOfPairs {
    std::vector<Bytes> x;
    std::vector<Bytes> y;
};

FileResult<std::vector<Bytes>> fp2(const JsonField& field, PointStyle style, std::size_t width) {
    if (style == PointStyle::gnark) {
        ENSHRINE_TRY(const auto a0, field.member("A0"));
        ENSHRINE_TRY(const auto a1, field.member("A1"));
        return numbers({a0, a1}, width);
    }
    ENSHRINE_TRY(const auto fields, field.elements(2));
    return numbers(fields, width);
}

FileResult<PairOfPairs> g2_coordinates(const JsonField& field, PointStyle style, std::size_t width) {
    if (style == PointStyle::gnark) {
        ENSHRINE_TRY(const auto x, field.member("X"));
        ENSHRINE_TRY(const auto y, field.member("Y"));
        ENSHRINE_TRY(auto x_read, fp2(x, style, width));
        ENSHRINE_TRY(auto y_read, fp2(y, style, width));
        return PairOfPairs{std::move(x_read), std::move(y_read)};
    }
    ENSHRINE_TRY(const auto fields, field.elements(style == PointStyle::snarkjs ? 3 : 2));
    ENSHRINE_TRY(auto x, fp2(fields[0], style, width));
    ENSHRINE_TRY(auto y, fp2(fields[1], style, width));
    if (style == PointStyle::upa) return PairOfPairs{std::move(x), std::move(y)};
    ENSHRINE_TRY(const auto z, fp2(fields[2], style, width));
    if (are_zero(x) && are_zero(z) && is_small(y[0], 1) && is_small(y[1], 0)) {
        return PairOfPairs{{Bytes(width), Bytes(width)}, {Bytes(width), Bytes(width)}};
    }
    if (!is_small(z[1], 0) || !is_small(z[0], 1)) {
        return refused(field.path() + ": expected an affine point, its third coordinate is not 1");
    }
    if (are_zero(x) && are_zero(y)) return not_on_curve(field);
    return PairOfPairs{std::move(x), std::move(y)};
}

}  // namespace

FileResult<Bytes> PointReader::g1(const JsonField& field) const {
    ENSHRINE_TRY(const auto read, g1_coordinates(field, style, width_of(curve)));
    return checked_g1(curve, field, joined(read));
}

FileResult<Bytes> PointReader::g2(const JsonField& field) const {
    ENSHRINE_TRY(const auto read, g2_coordinates(field, style, width_of(curve)));
    return checked_g2(curve, field, encode_g2(curve, read.x, read.y));
}

FileResult<Bytes> PointReader::g1_member(const JsonField& object, const char* name) const {
    ENSHRINE_TRY(const auto field, object.member(name));
    return g1(field);
}
FileResult<Bytes> PointReader::g2_member(const JsonField& object, const char* name) const {
    ENSHRINE_TRY(const auto field, object.member(name));
    return g2(field);
}

}  // namespace enshrine::prover_files
