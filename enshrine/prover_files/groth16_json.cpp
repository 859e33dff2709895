// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/gnark_binary.hpp>
#include <enshrine/prover_files/groth16_json.hpp>
#include <enshrine/prover_files/point_fields.hpp>
#include <enshrine/prover_files/snarkjs_fields.hpp>

namespace enshrine::prover_files {

namespace groth16 = proofs::groth16;
using groth16::CommitmentHash;
using proofs::Curve;

namespace {

/// The points of a key in the order of its encoding; `binding` is IC.
struct KeyParts {
    groth16::Header header;
    Bytes fixed;
    std::vector<Bytes> binding;
    Bytes commitment;
};

FileResult<Bytes> assemble(KeyParts parts, const std::string& binding_path) {
    const std::size_t others = parts.header.commitment == CommitmentHash::none ? 1 : 2;
    if (parts.binding.size() < others) return unusable(binding_path + ": too few points");
    parts.header.input_count = static_cast<std::uint16_t>(parts.binding.size() - others);
    Bytes out = groth16::encode(parts.header);
    append(out, parts.fixed);
    for (const Bytes& point : parts.binding) append(out, point);
    append(out, parts.commitment);
    return out;
}

/// alpha in G1, then three points of G2.
FileResult<Bytes> fixed_points(const PointReader& points, const std::array<JsonField, 4>& fields) {
    ENSHRINE_TRY(Bytes out, points.g1(fields[0]));
    for (std::size_t i = 1; i < fields.size(); ++i) {
        ENSHRINE_TRY(const auto point, points.g2(fields[i]));
        append(out, point);
    }
    return out;
}

FileResult<std::vector<Bytes>> binding_points(const PointReader& points, const JsonField& list) {
    ENSHRINE_TRY(const auto fields, list.elements_up_to(groth16::inputs_max + 2));
    std::vector<Bytes> out;
    for (const JsonField& field : fields) {
        ENSHRINE_TRY(auto point, points.g1(field));
        out.push_back(std::move(point));
    }
    return out;
}

FileResult<Groth16KeyFile> snarkjs_key(const JsonField& document) {
    ENSHRINE_CHECK(check_snarkjs_protocol(document, "groth16"));
    ENSHRINE_TRY(const auto curve, snarkjs_curve(document));
    const PointReader points{curve, PointStyle::snarkjs};
    ENSHRINE_TRY(const auto alpha, document.member("vk_alpha_1"));
    ENSHRINE_TRY(const auto beta, document.member("vk_beta_2"));
    ENSHRINE_TRY(const auto gamma, document.member("vk_gamma_2"));
    ENSHRINE_TRY(const auto delta, document.member("vk_delta_2"));
    ENSHRINE_TRY(const auto ic, document.member("IC"));
    KeyParts parts;
    parts.header.curve = curve;
    ENSHRINE_TRY(parts.fixed, fixed_points(points, {alpha, beta, gamma, delta}));
    ENSHRINE_TRY(parts.binding, binding_points(points, ic));
    ENSHRINE_TRY(const auto count_field, document.member("nPublic"));
    ENSHRINE_TRY(const auto count, count_field.integer());
    if (count + 1 != parts.binding.size()) return count_field.expected("one less than the length of IC");
    ENSHRINE_TRY(auto key, assemble(std::move(parts), "IC"));
    return Groth16KeyFile{std::move(key), "snarkjs"};
}

/// [GROTH.7] How many commitments a gnark key has: none or one, to private wires alone.
FileResult<bool> gnark_has_commitment(const JsonField& document) {
    if (!document.has("PublicAndCommitmentCommitted")) return false;
    ENSHRINE_TRY(const auto field, document.member("PublicAndCommitmentCommitted"));
    if (!field.is_array()) return false;
    ENSHRINE_TRY(const auto lists, field.elements_up_to(groth16::inputs_max));
    if (lists.empty()) return false;
    if (lists.size() > 1) return refused(field.path() + ": more than one commitment is not supported");
    ENSHRINE_TRY(const auto wires, lists[0].elements_up_to(groth16::inputs_max));
    if (!wires.empty()) return refused(lists[0].path() + ": a commitment to public inputs is not supported");
    return true;
}

/// gnark's JSON does not name the curve: no coordinates satisfy the equations of both.
Curve gnark_curve(const JsonField& alpha) {
    return PointReader{Curve::bls12_381, PointStyle::gnark}.g1(alpha) ? Curve::bls12_381 : Curve::bn254;
}

/// The points of [GROTH.9] in order. Since gnark 0.11 the keys are a list, and their points have changed places.
FileResult<Bytes> gnark_commitment_key(const JsonField& document, const PointReader& points) {
    const bool is_list = document.has("CommitmentKeys");
    ENSHRINE_TRY(const auto field, document.member(is_list ? "CommitmentKeys" : "CommitmentKey"));
    std::vector<JsonField> keys{field};
    if (is_list) {
        ENSHRINE_TRY(keys, field.elements(1));
    }
    ENSHRINE_TRY(Bytes first, points.g2_member(keys[0], "G"));
    ENSHRINE_TRY(Bytes second, points.g2_member(keys[0], is_list ? "GSigmaNeg" : "GRootSigmaNeg"));
    if (is_list) std::swap(first, second);
    append(first, second);
    return first;
}

FileResult<Groth16KeyFile> gnark_key(const JsonField& document, const KeyOptions& options) {
    ENSHRINE_TRY(const auto g1, document.member("G1"));
    ENSHRINE_TRY(const auto g2, document.member("G2"));
    ENSHRINE_TRY(const auto alpha, g1.member("Alpha"));
    ENSHRINE_TRY(const auto beta, g2.member("Beta"));
    ENSHRINE_TRY(const auto gamma, g2.member("Gamma"));
    ENSHRINE_TRY(const auto delta, g2.member("Delta"));
    ENSHRINE_TRY(const auto k, g1.member("K"));
    KeyParts parts;
    parts.header.curve = gnark_curve(alpha);
    const PointReader points{parts.header.curve, PointStyle::gnark};
    ENSHRINE_TRY(parts.fixed, fixed_points(points, {alpha, beta, gamma, delta}));
    ENSHRINE_TRY(parts.binding, binding_points(points, k));
    ENSHRINE_TRY(const bool has_commitment, gnark_has_commitment(document));
    if (has_commitment) {
        ENSHRINE_CHECK(check_commitment_curve(parts.header.curve));
        parts.header.commitment = options.commitment_hash;
        ENSHRINE_TRY(parts.commitment, gnark_commitment_key(document, points));
    }
    ENSHRINE_TRY(auto key, assemble(std::move(parts), k.path()));
    return Groth16KeyFile{std::move(key), "gnark (JSON)"};
}

FileResult<std::vector<JsonField>> optional_list(const JsonField& document, const char* name) {
    if (!document.has(name)) return std::vector<JsonField>{};
    ENSHRINE_TRY(const auto field, document.member(name));
    ENSHRINE_TRY(auto list, field.elements_up_to(groth16::inputs_max));
    if (list.size() > 1) return refused(field.path() + ": more than one commitment is not supported");
    return list;
}

FileResult<Groth16KeyFile> upa_key(const JsonField& document) {
    const PointReader points{Curve::bn254, PointStyle::upa};
    ENSHRINE_TRY(const auto alpha, document.member("alpha"));
    ENSHRINE_TRY(const auto beta, document.member("beta"));
    ENSHRINE_TRY(const auto gamma, document.member("gamma"));
    ENSHRINE_TRY(const auto delta, document.member("delta"));
    ENSHRINE_TRY(const auto s, document.member("s"));
    ENSHRINE_TRY(const auto h1, optional_list(document, "h1"));
    ENSHRINE_TRY(const auto h2, optional_list(document, "h2"));
    KeyParts parts;
    ENSHRINE_TRY(parts.fixed, fixed_points(points, {alpha, beta, gamma, delta}));
    ENSHRINE_TRY(parts.binding, binding_points(points, s));
    if (h1.size() != h2.size()) return unusable("h1, h2: expected as many points in both");
    if (!h1.empty()) {
        parts.header.commitment = CommitmentHash::keccak256;  // UPA knows no other
        ENSHRINE_TRY(parts.commitment, points.g2(h1[0]));
        ENSHRINE_TRY(const auto second, points.g2(h2[0]));
        append(parts.commitment, second);
    }
    ENSHRINE_TRY(auto key, assemble(std::move(parts), s.path()));
    return Groth16KeyFile{std::move(key), "UPA"};
}

/// A, B, C by their names, then commitment and proof of knowledge when the key asks for them.
struct ProofNames {
    PointStyle style;
    const char* a;
    const char* b;
    const char* c;
    const char* commitments;
    const char* knowledge;
};

FileResult<Bytes> three_points(const JsonField& document, const PointReader& points, const ProofNames& names) {
    ENSHRINE_TRY(Bytes out, points.g1_member(document, names.a));
    ENSHRINE_TRY(const auto b, points.g2_member(document, names.b));
    ENSHRINE_TRY(const auto c, points.g1_member(document, names.c));
    append(out, b);
    append(out, c);
    return out;
}

/// [GROTH.6] A commitment is there exactly when the key asks for one.
FileResult<Bytes> commitment_points(const JsonField& document, const PointReader& points, const ProofNames& names,
                                    bool expected) {
    std::vector<JsonField> list;
    if (document.has(names.commitments)) {
        ENSHRINE_TRY(const auto field, document.member(names.commitments));
        if (field.is_array()) {
            ENSHRINE_TRY(list, field.elements_up_to(groth16::inputs_max));
        }
    }
    if (list.size() != (expected ? 1U : 0U)) {
        return refused(std::string{names.commitments} + ": the key asks for " + (expected ? "one commitment" : "none"));
    }
    if (!expected) return Bytes{};
    ENSHRINE_TRY(Bytes out, points.g1(list[0]));
    ENSHRINE_TRY(const auto knowledge, document.member(names.knowledge));
    if (names.style == PointStyle::gnark) {
        ENSHRINE_TRY(const auto point, points.g1(knowledge));
        append(out, point);
        return out;
    }
    ENSHRINE_TRY(const auto one, knowledge.elements(1));
    ENSHRINE_TRY(const auto point, points.g1(one[0]));
    append(out, point);
    return out;
}

/// Some files have the thing beside others, under its name.
FileResult<JsonField> unwrapped(const JsonField& file, const char* name) {
    if (!file.has(name)) return file;
    return file.member(name);
}

constexpr ProofNames gnark_names{PointStyle::gnark, "Ar", "Bs", "Krs", "Commitments", "CommitmentPok"};
constexpr ProofNames upa_names{PointStyle::upa, "pi_a", "pi_b", "pi_c", "m", "pok"};
constexpr ProofNames snarkjs_names{PointStyle::snarkjs, "pi_a", "pi_b", "pi_c", "m", "pok"};

}  // namespace

FileResult<Groth16KeyFile> groth16_key_of_json(const JsonField& file, const KeyOptions& options) {
    ENSHRINE_TRY(const auto document, unwrapped(file, "vk"));
    if (document.has("G1")) return gnark_key(document, options);
    if (document.has("alpha")) return upa_key(document);
    return snarkjs_key(document);
}

FileResult<Bytes> groth16_proof_of_json(const JsonField& file, const groth16::Header& header) {
    ENSHRINE_TRY(const auto document, unwrapped(file, "proof"));
    const bool snarkjs = document.has("protocol");
    if (snarkjs) {
        ENSHRINE_CHECK(check_snarkjs_protocol(document, "groth16"));
        // Proofs of rapidsnark do not name theirs.
        if (document.has("curve")) ENSHRINE_CHECK(check_snarkjs_curve(document, header.curve));
    }
    const ProofNames& names = document.has("Ar") ? gnark_names : snarkjs ? snarkjs_names : upa_names;
    const PointReader points{header.curve, names.style};
    ENSHRINE_TRY(Bytes out, three_points(document, points, names));
    ENSHRINE_TRY(const auto more,
                 commitment_points(document, points, names, header.commitment != CommitmentHash::none));
    append(out, more);
    return out;
}

}  // namespace enshrine::prover_files
