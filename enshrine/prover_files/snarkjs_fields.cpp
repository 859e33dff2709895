// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/evaluation_domain.hpp>
#include <enshrine/prover_files/point_fields.hpp>
#include <enshrine/prover_files/public_inputs.hpp>
#include <enshrine/prover_files/snarkjs_fields.hpp>

namespace enshrine::prover_files {

using proofs::Bls12381;
using proofs::Bn254;
using proofs::Curve;

namespace {

template <class C>
FileResult<void> check_scalar(const JsonField& field, BytesView bytes) {
    const auto scalar = C::decode_fr(bytes);
    if (!scalar) return refused(field.path() + ": " + std::string{scalar.error().message()});
    return {};
}

template <class C>
FileResult<void> check_root(const JsonField& field, BytesView w, std::uint8_t power) {
    if (C::decode_fr(w).value() == proofs::EvaluationDomain<C>{power}.root()) return {};
    return refused(field.path() + ": not the root of unity that snarkjs takes for 2^" + std::to_string(power));
}

}  // namespace

FileResult<void> check_snarkjs_protocol(const JsonField& document, const char* expected) {
    ENSHRINE_TRY(const auto field, document.member("protocol"));
    ENSHRINE_TRY(const auto name, field.text());
    if (name != expected) return field.expected("\"" + std::string{expected} + "\"");
    return {};
}

FileResult<Curve> snarkjs_curve(const JsonField& document) {
    ENSHRINE_TRY(const auto field, document.member("curve"));
    ENSHRINE_TRY(const auto name, field.text());
    if (name == "bn128" || name == "bn254") return Curve::bn254;
    if (name == "bls12381") return Curve::bls12_381;
    return field.expected("\"bn128\" or \"bls12381\"");
}

FileResult<void> check_snarkjs_curve(const JsonField& document, Curve expected) {
    ENSHRINE_TRY(const auto curve, snarkjs_curve(document));
    if (curve != expected) return refused("curve: the proof and the key are on different curves");
    return {};
}

FileResult<Bytes> snarkjs_scalar(const JsonField& object, const char* name, Curve curve) {
    ENSHRINE_TRY(const auto field, object.member(name));
    ENSHRINE_TRY(auto bytes, field.number(Hash32::size_bytes));
    ENSHRINE_CHECK(curve == Curve::bn254 ? check_scalar<Bn254>(field, bytes) : check_scalar<Bls12381>(field, bytes));
    return bytes;
}

FileResult<Bytes> snarkjs_points(const JsonField& object, std::initializer_list<const char*> names, Curve curve) {
    const PointReader points{curve, PointStyle::snarkjs};
    Bytes out;
    for (const char* name : names) {
        ENSHRINE_TRY(const auto point, points.g1_member(object, name));
        append(out, point);
    }
    return out;
}

FileResult<Bytes> snarkjs_scalars(const JsonField& object, std::initializer_list<const char*> names, Curve curve) {
    Bytes out;
    for (const char* name : names) {
        ENSHRINE_TRY(const auto scalar, snarkjs_scalar(object, name, curve));
        append(out, scalar);
    }
    return out;
}

FileResult<SnarkjsCircuitSize> snarkjs_circuit_size(const JsonField& document, Curve curve) {
    ENSHRINE_TRY(const auto power_field, document.member("power"));
    ENSHRINE_TRY(const auto power, power_field.integer());
    const unsigned power_max = curve == Curve::bn254 ? Bn254::two_adicity : Bls12381::two_adicity;
    if (power == 0 || power > power_max) {
        return refused(power_field.path() + ": expected 1 to " + std::to_string(power_max) + ", got " +
                       std::to_string(power));
    }
    ENSHRINE_TRY(const auto count_field, document.member("nPublic"));
    ENSHRINE_TRY(const auto count, count_field.integer());
    if (count > public_inputs_max) {
        return refused(count_field.path() + ": expected at most " + std::to_string(public_inputs_max) + ", got " +
                       std::to_string(count));
    }
    const SnarkjsCircuitSize out{static_cast<std::uint8_t>(power), static_cast<std::uint16_t>(count)};
    ENSHRINE_TRY(const auto w, snarkjs_scalar(document, "w", curve));
    ENSHRINE_TRY(const auto w_field, document.member("w"));
    ENSHRINE_CHECK(curve == Curve::bn254 ? check_root<Bn254>(w_field, w, out.power)
                                         : check_root<Bls12381>(w_field, w, out.power));
    return out;
}

}  // namespace enshrine::prover_files
