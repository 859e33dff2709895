// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/fflonk_files.hpp>
#include <enshrine/prover_files/file_bytes.hpp>
#include <enshrine/prover_files/point_fields.hpp>
#include <enshrine/prover_files/snarkjs_fields.hpp>

namespace enshrine::prover_files {

namespace fflonk = proofs::fflonk;
using proofs::Bn254;
using proofs::Curve;

namespace {

FileResult<void> check_bn254(const JsonField& document) {
    ENSHRINE_TRY(const auto curve, snarkjs_curve(document));
    if (curve != Curve::bn254) return refused("curve: FFLONK is supported on bn128 alone");
    return {};
}

FileResult<Bn254::Fr> scalar(const JsonField& document, const char* name) {
    ENSHRINE_TRY(const auto bytes, snarkjs_scalar(document, name, Curve::bn254));
    return Bn254::decode_fr(bytes).value();
}

/// Where C0, C1 and C2 are opened. Any roots of these orders give the same places, so that our keys need none.
FileResult<void> check_roots(const JsonField& document) {
    using Fr = Bn254::Fr;
    ENSHRINE_TRY(const auto w, scalar(document, "w"));
    ENSHRINE_TRY(const auto w3, scalar(document, "w3"));
    ENSHRINE_TRY(const auto w4, scalar(document, "w4"));
    ENSHRINE_TRY(const auto w8, scalar(document, "w8"));
    ENSHRINE_TRY(const auto wr, scalar(document, "wr"));
    if (!(w3.square() + w3 + Fr::one()).is_zero()) return refused("w3: not a primitive third root of unity");
    if (w4.square() != -Fr::one()) return refused("w4: not a primitive fourth root of unity");
    if (w8.square().square() != -Fr::one()) return refused("w8: not a primitive eighth root of unity");
    if (wr.square() * wr != w) return refused("wr: not a third root of w");
    return {};
}

FileResult<KeyFile> key_of_json(const JsonField& document) {
    ENSHRINE_CHECK(check_snarkjs_protocol(document, "fflonk"));
    ENSHRINE_CHECK(check_bn254(document));
    ENSHRINE_TRY(const auto size, snarkjs_circuit_size(document, Curve::bn254));
    ENSHRINE_CHECK(check_roots(document));
    ENSHRINE_TRY(const auto cosets, snarkjs_scalars(document, {"k1", "k2"}, Curve::bn254));
    ENSHRINE_TRY(const auto c0, snarkjs_points(document, {"C0"}, Curve::bn254));
    ENSHRINE_TRY(const auto x, (PointReader{Curve::bn254, PointStyle::snarkjs}.g2_member(document, "X_2")));
    Bytes out = fflonk::encode({size.power, size.input_count});
    append(out, cosets);
    append(out, c0);
    append(out, x);
    return KeyFile{std::move(out), "snarkjs"};
}

/// `inv`, which only Solidity reads, is left out.
FileResult<Bytes> proof_of_json(const JsonField& document) {
    ENSHRINE_CHECK(check_snarkjs_protocol(document, "fflonk"));
    ENSHRINE_CHECK(check_bn254(document));
    ENSHRINE_TRY(const auto polynomials, document.member("polynomials"));
    ENSHRINE_TRY(const auto evaluations, document.member("evaluations"));
    ENSHRINE_TRY(Bytes out, snarkjs_points(polynomials, {"C1", "C2", "W1", "W2"}, Curve::bn254));
    ENSHRINE_TRY(const auto scalars, snarkjs_scalars(evaluations,
                                                     {"ql", "qr", "qm", "qo", "qc", "s1", "s2", "s3", "a", "b", "c",
                                                      "z", "zw", "t1w", "t2w"},
                                                     Curve::bn254));
    append(out, scalars);
    return out;
}

}  // namespace

FileResult<KeyFile> read_fflonk_key(BytesView content) {
    if (looks_like_json(content)) {
        const auto document = parse_json(content);
        if (!document) return unusable("not well-formed JSON");
        return key_of_json(JsonField{*document, ""});
    }
    ENSHRINE_TRY(Bytes bytes, binary_file(content));
    if (bytes.empty() || bytes[0] != fflonk::kind) return unusable("neither JSON of snarkjs nor an encoded key");
    return KeyFile{std::move(bytes), "canonical"};
}

FileResult<Bytes> read_fflonk_proof(BytesView content) {
    if (looks_like_json(content)) {
        const auto document = parse_json(content);
        if (!document) return unusable("not well-formed JSON");
        return proof_of_json(JsonField{*document, ""});
    }
    ENSHRINE_TRY(Bytes bytes, binary_file(content));
    if (bytes.size() != fflonk::proof_bytes) {
        return unusable("no proof: expected JSON of snarkjs or " + std::to_string(fflonk::proof_bytes) +
                        " bytes, got " + std::to_string(bytes.size()));
    }
    return bytes;
}

}  // namespace enshrine::prover_files
