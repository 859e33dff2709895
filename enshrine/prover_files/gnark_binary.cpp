// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/gnark_binary.hpp>
#include <enshrine/prover_files/gnark_fields.hpp>

#include <optional>
#include <string>

namespace enshrine::prover_files {

namespace groth16 = proofs::groth16;
using groth16::CommitmentHash;
using proofs::Curve;

namespace {

std::string found(std::uint64_t expected, std::uint64_t got) {
    return "expected " + std::to_string(expected) + ", got " + std::to_string(got);
}

constexpr std::uint32_t binding_max = groth16::inputs_max + 2;  ///< one, and one for a commitment

/// The length of K where it stands in a key of this form; none when the file ends before.
std::optional<std::uint32_t> length_of_k(BytesView content, const GnarkForm& form) noexcept {
    const std::size_t at = 3 * form.g1_bytes() + 3 * form.g2_bytes();
    if (content.size() < at + sizeof(std::uint32_t)) return std::nullopt;
    return load_be<std::uint32_t>(content.data() + at);
}

/// How well a file fits a form: 2 when the length of K accounts for its size, 1 when it is one that a key can have,
/// else 0. In a form that the file does not have, the length is bytes out of a coordinate.
unsigned fit(BytesView content, const GnarkForm& form) noexcept {
    const auto count = length_of_k(content, form);
    if (!count || *count == 0 || *count > binding_max) return 0;
    const std::size_t before = 3 * form.g1_bytes() + 3 * form.g2_bytes() + sizeof *count + *count * form.g1_bytes();
    const std::size_t key = 2 * form.g2_bytes();  // of a commitment; the numbers are those of read_tail()
    for (const std::size_t tail : {std::size_t{8}, 4 + key, 8 + key, 12 + key}) {
        if (content.size() == before + tail) return 2;
    }
    return 1;
}

/// Neither curve nor form stand in the file. The first point tells the form, the length of K the curve.
FileResult<GnarkForm> find_form(BytesView content) {
    if (content.empty()) return unusable("expected a key, got an empty file");
    GnarkForm bn{Curve::bn254, point_form(Curve::bn254, content[0])};
    GnarkForm bls{Curve::bls12_381, point_form(Curve::bls12_381, content[0])};
    const unsigned bn_fit = fit(content, bn);
    const unsigned bls_fit = bls.form == PointForm::none ? 0 : fit(content, bls);
    if (bls_fit > bn_fit) return bls;
    if (bn_fit > 0) return bn;
    std::string message = "length of K: expected 1 to " + std::to_string(binding_max) + ", got";
    for (const GnarkForm& form : {bn, bls}) {
        const auto count = length_of_k(content, form);
        message += " " + (count ? std::to_string(*count) : "the end of the file") + " where it stands in a key on " +
                   std::string{curve_name(form.curve)} + (form.curve == Curve::bn254 ? "," : "");
    }
    return unusable(message + ": the file begins with a" + (bn.form == PointForm::compressed ? " " : "n ") +
                    std::string{to_text(bn.form)} + "point");
}

/// What follows K: the wires that commitments bind, and their key. Before gnark 0.11 the key is there even without a
/// commitment, and has no count before it; since then it is a list, and its points have changed places.
struct Tail {
    bool has_commitment = false;
    Bytes commitment;  ///< the points of [GROTH.9] in order
};

FileResult<Tail> read_tail(GnarkFields& fields, const GnarkForm& form) {
    ENSHRINE_TRY(const auto lists, fields.u32("PublicAndCommitmentCommitted"));
    if (lists > 1) {
        return refused("PublicAndCommitmentCommitted: expected at most 1 commitment, got " + std::to_string(lists));
    }
    if (lists == 1) {
        ENSHRINE_CHECK(check_commitment_curve(form.curve));
        ENSHRINE_TRY(const auto wires, fields.u32("PublicAndCommitmentCommitted[0]"));
        if (wires != 0) {
            return refused("PublicAndCommitmentCommitted[0]: a commitment to public inputs is not supported, " +
                           found(0, wires));
        }
    }
    const bool is_list = fields.left() != 2 * form.g2_bytes();
    if (is_list) {
        ENSHRINE_TRY(const auto keys, fields.u32("CommitmentKeys"));
        if (keys != lists) return refused("CommitmentKeys: as many as there are commitments, " + found(lists, keys));
    }
    Tail out{.has_commitment = lists == 1, .commitment = {}};
    if (is_list && lists == 0) return out;
    ENSHRINE_TRY(Bytes first, fields.g2("CommitmentKey.G"));
    ENSHRINE_TRY(Bytes second, fields.g2(is_list ? "CommitmentKey.GSigmaNeg" : "CommitmentKey.GRootSigmaNeg"));
    if (is_list) std::swap(first, second);  // e(D, GSigmaNeg) e(pok, G) = 1
    out.commitment = std::move(first);
    append(out.commitment, second);
    return out;
}

/// α, β, γ, δ; what a verifier does not use is left out.
FileResult<Bytes> read_fixed_points(GnarkFields& fields) {
    ENSHRINE_TRY(Bytes out, fields.finite_g1("Alpha"));
    ENSHRINE_TRY(const auto unused_beta, fields.g1("Beta (G1)"));
    ENSHRINE_TRY(const auto beta, fields.finite_g2("Beta"));
    ENSHRINE_TRY(const auto gamma, fields.finite_g2("Gamma"));
    ENSHRINE_TRY(const auto unused_delta, fields.g1("Delta (G1)"));
    ENSHRINE_TRY(const auto delta, fields.finite_g2("Delta"));
    append(out, beta);
    append(out, gamma);
    append(out, delta);
    return out;
}

}  // namespace

FileResult<void> check_commitment_curve(Curve curve) {
    if (curve == Curve::bn254) return {};
    return refused("PublicAndCommitmentCommitted: expected no commitment in a key on " +
                   std::string{curve_name(curve)} + ", got one: they are supported on " +
                   std::string{curve_name(Curve::bn254)} + " alone");
}

namespace {

FileResult<Groth16KeyFile> read_key(BytesView content, const GnarkForm& form, const KeyOptions& options) {
    GnarkFields fields{content, form};
    ENSHRINE_TRY(Bytes points, read_fixed_points(fields));
    ENSHRINE_TRY(const auto count, fields.u32("length of K"));
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::string name = "K[" + std::to_string(i) + "]";
        ENSHRINE_TRY(const auto point, i == 0 ? fields.g1(name) : fields.finite_g1(name));
        append(points, point);
    }
    ENSHRINE_TRY(const auto tail, read_tail(fields, form));
    ENSHRINE_CHECK(fields.finish());
    const std::uint32_t others = tail.has_commitment ? 2 : 1;
    if (count < others) return unusable("length of K: one for 1 and one for the commitment, " + found(others, count));
    groth16::Header header{.curve = form.curve};
    if (tail.has_commitment) header.commitment = options.commitment_hash;
    header.input_count = static_cast<std::uint16_t>(count - others);
    Bytes out = groth16::encode(header);
    append(out, points);
    if (tail.has_commitment) append(out, tail.commitment);
    return Groth16KeyFile{std::move(out), file_form_name(form.form)};
}

/// The number of commitments stands behind three points, and each of them is one more before the last.
bool has_size_of_proof(BytesView content, const GnarkForm& form) noexcept {
    const std::size_t at = 2 * form.g1_bytes() + form.g2_bytes();
    if (content.size() < at + sizeof(std::uint32_t)) return false;
    const std::size_t points = std::size_t{load_be<std::uint32_t>(content.data() + at)} + 1;
    return content.size() == at + sizeof(std::uint32_t) + points * form.g1_bytes();
}

FileResult<Bytes> read_proof(BytesView content, const GnarkForm& form, const groth16::Header& header) {
    GnarkFields fields{content, form};
    ENSHRINE_TRY(Bytes out, fields.finite_g1("Ar"));
    ENSHRINE_TRY(const auto b, fields.finite_g2("Bs"));
    ENSHRINE_TRY(const auto c, fields.finite_g1("Krs"));
    append(out, b);
    append(out, c);
    ENSHRINE_TRY(const auto count, fields.u32("number of commitments"));
    const bool has_commitment = header.commitment != CommitmentHash::none;
    if (const std::uint32_t expected = has_commitment ? 1 : 0; count != expected) {
        return refused("number of commitments: as many as the key has, " + found(expected, count));
    }
    if (has_commitment) {
        ENSHRINE_TRY(const auto commitment, fields.finite_g1("Commitments[0]"));
        append(out, commitment);
    }
    ENSHRINE_TRY(const auto knowledge, has_commitment ? fields.finite_g1("CommitmentPok") : fields.g1("CommitmentPok"));
    if (has_commitment) append(out, knowledge);
    ENSHRINE_CHECK(fields.finish());
    return out;
}

}  // namespace

FileResult<Groth16KeyFile> groth16_key_of_gnark(BytesView content, const KeyOptions& options) {
    ENSHRINE_TRY(const auto form, find_form(content));
    return unusable_unless(fit(content, form) == 2, read_key(content, form, options));
}

FileResult<Bytes> groth16_proof_of_gnark(BytesView content, const groth16::Header& header) {
    if (content.empty()) return unusable("expected a proof, got an empty file");
    const GnarkForm form{header.curve, point_form(header.curve, content[0])};
    return unusable_unless(has_size_of_proof(content, form), read_proof(content, form, header));
}

FileResult<std::vector<U256>> public_inputs_of_gnark(BytesView content) {
    GnarkFields fields{content, {}};
    ENSHRINE_TRY(const auto public_count, fields.u32("number of public inputs"));
    ENSHRINE_TRY(const auto secret_count, fields.u32("number of secret inputs"));
    ENSHRINE_TRY(const auto length, fields.u32("length"));
    if (secret_count != 0) {
        const auto message = "number of secret inputs: a public witness has none, " + found(0, secret_count);
        const bool is_witness = fields.left() == length * std::size_t{32};
        return is_witness ? refused(message) : unusable(message);
    }
    if (length != public_count) {
        return unusable("length: the number of public inputs, " + found(public_count, length));
    }
    if (fields.left() != length * std::size_t{32}) {
        return unusable("bytes of the elements: 32 for each, " + found(length * std::uint64_t{32}, fields.left()));
    }
    std::vector<U256> out;
    for (std::uint32_t i = 0; i < length; ++i) {
        ENSHRINE_TRY(const auto element, fields.take("element", 32));
        out.push_back(U256::from_be(element));
    }
    return out;
}

}  // namespace enshrine::prover_files
