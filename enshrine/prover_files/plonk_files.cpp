// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/file_bytes.hpp>
#include <enshrine/prover_files/plonk_files.hpp>
#include <enshrine/prover_files/point_fields.hpp>
#include <enshrine/prover_files/snarkjs_fields.hpp>

namespace enshrine::prover_files {

namespace plonk = proofs::plonk;

namespace {

FileResult<KeyFile> key_of_json(const JsonField& document) {
    ENSHRINE_CHECK(check_snarkjs_protocol(document, "plonk"));
    ENSHRINE_TRY(const auto curve, snarkjs_curve(document));
    ENSHRINE_TRY(const auto size, snarkjs_circuit_size(document, curve));
    ENSHRINE_TRY(const auto cosets, snarkjs_scalars(document, {"k1", "k2"}, curve));
    ENSHRINE_TRY(const auto circuit, snarkjs_points(document, {"Qm", "Ql", "Qr", "Qo", "Qc", "S1", "S2", "S3"}, curve));
    ENSHRINE_TRY(const auto x, (PointReader{curve, PointStyle::snarkjs}.g2_member(document, "X_2")));
    Bytes out = plonk::encode({curve, size.power, size.input_count});
    append(out, cosets);
    append(out, circuit);
    append(out, x);
    return KeyFile{std::move(out), "snarkjs"};
}

FileResult<Bytes> proof_of_json(const JsonField& document, proofs::Curve curve) {
    ENSHRINE_CHECK(check_snarkjs_protocol(document, "plonk"));
    ENSHRINE_CHECK(check_snarkjs_curve(document, curve));
    ENSHRINE_TRY(Bytes out, snarkjs_points(document, {"A", "B", "C", "Z", "T1", "T2", "T3", "Wxi", "Wxiw"}, curve));
    ENSHRINE_TRY(const auto evaluations,
                 snarkjs_scalars(document, {"eval_a", "eval_b", "eval_c", "eval_s1", "eval_s2", "eval_zw"}, curve));
    append(out, evaluations);
    return out;
}

}  // namespace

FileResult<KeyFile> read_plonk_key(BytesView content) {
    if (looks_like_json(content)) {
        const auto document = parse_json(content);
        if (!document) return unusable("not well-formed JSON");
        return key_of_json(JsonField{*document, ""});
    }
    ENSHRINE_TRY(Bytes bytes, binary_file(content));
    if (bytes.empty() || bytes[0] != plonk::kind) return unusable("neither JSON of snarkjs nor an encoded key");
    return KeyFile{std::move(bytes), "canonical"};
}

FileResult<Bytes> read_plonk_proof(BytesView content, proofs::Curve curve) {
    if (looks_like_json(content)) {
        const auto document = parse_json(content);
        if (!document) return unusable("not well-formed JSON");
        return proof_of_json(JsonField{*document, ""}, curve);
    }
    ENSHRINE_TRY(Bytes bytes, binary_file(content));
    if (bytes.size() != plonk::proof_bytes(curve)) {
        return unusable("no proof: expected JSON of snarkjs or " + std::to_string(plonk::proof_bytes(curve)) +
                        " bytes, got " + std::to_string(bytes.size()));
    }
    return bytes;
}

}  // namespace enshrine::prover_files
