// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/gnark_binary.hpp>
#include <enshrine/prover_files/gnark_fields.hpp>

#include <string>

namespace enshrine::prover_files {

namespace groth16 = proofs::groth16;
namespace bn254 = algebra::bn254;
using groth16::CommitmentHash;

namespace {

constexpr std::size_t commitment_key_bytes = 2 * bn254::g2_compressed_bytes;

/// What follows K: the wires that commitments bind, and their key. Before gnark 0.11 the key is there even without a
/// commitment, and has no count before it; since then it is a list, and its points have changed places.
struct Tail {
    bool has_commitment = false;
    Bytes commitment;  ///< the points of [GROTH.9] in order
};

FileResult<Tail> read_tail(GnarkFields& fields) {
    ENSHRINE_TRY(const auto lists, fields.u32("PublicAndCommitmentCommitted"));
    if (lists > 1) return refused("PublicAndCommitmentCommitted: more than one commitment is not supported");
    if (lists == 1) {
        ENSHRINE_TRY(const auto wires, fields.u32("PublicAndCommitmentCommitted[0]"));
        if (wires != 0) {
            return refused("PublicAndCommitmentCommitted[0]: a commitment to public inputs is not supported");
        }
    }
    const bool is_list = fields.left() == sizeof(std::uint32_t) + lists * commitment_key_bytes;
    if (is_list) {
        ENSHRINE_TRY(const auto keys, fields.u32("CommitmentKeys"));
        if (keys != lists) return refused("CommitmentKeys: expected as many as there are commitments");
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

}  // namespace

FileResult<Bytes> groth16_key_of_gnark(BytesView content, const KeyOptions& options) {
    GnarkFields fields{content};
    ENSHRINE_TRY(Bytes points, fields.g1("Alpha"));
    ENSHRINE_TRY(const auto unused_beta, fields.g1("Beta (G1)"));
    ENSHRINE_TRY(const auto beta, fields.g2("Beta"));
    ENSHRINE_TRY(const auto gamma, fields.g2("Gamma"));
    ENSHRINE_TRY(const auto unused_delta, fields.g1("Delta (G1)"));
    ENSHRINE_TRY(const auto delta, fields.g2("Delta"));
    append(points, beta);
    append(points, gamma);
    append(points, delta);
    ENSHRINE_TRY(const auto count, fields.u32("length of K"));
    if (count == 0 || count > groth16::inputs_max + 2) return unusable("length of K: " + std::to_string(count));
    for (std::uint32_t i = 0; i < count; ++i) {
        ENSHRINE_TRY(const auto point, fields.g1("K[" + std::to_string(i) + "]"));
        append(points, point);
    }
    ENSHRINE_TRY(const auto tail, read_tail(fields));
    ENSHRINE_CHECK(fields.finish());
    const std::uint32_t others = tail.has_commitment ? 2 : 1;
    if (count < others) return unusable("length of K: too few points");
    groth16::Header header;
    if (tail.has_commitment) header.commitment = options.commitment_hash;
    header.input_count = static_cast<std::uint16_t>(count - others);
    Bytes out = groth16::encode(header);
    append(out, points);
    if (tail.has_commitment) append(out, tail.commitment);
    return out;
}

FileResult<Bytes> groth16_proof_of_gnark(BytesView content, const groth16::Header& header) {
    if (header.curve != proofs::Curve::bn254) return refused("the proof and the key are on different curves");
    GnarkFields fields{content};
    ENSHRINE_TRY(Bytes out, fields.g1("Ar"));
    ENSHRINE_TRY(const auto b, fields.g2("Bs"));
    ENSHRINE_TRY(const auto c, fields.g1("Krs"));
    append(out, b);
    append(out, c);
    ENSHRINE_TRY(const auto count, fields.u32("number of commitments"));
    const bool expected = header.commitment != CommitmentHash::none;
    if (count != (expected ? 1U : 0U)) {
        return refused("number of commitments: the key asks for " + std::to_string(expected ? 1 : 0));
    }
    if (expected) {
        ENSHRINE_TRY(const auto commitment, fields.g1("Commitments[0]"));
        append(out, commitment);
    }
    ENSHRINE_TRY(const auto knowledge, fields.g1("CommitmentPok"));
    if (expected) append(out, knowledge);
    ENSHRINE_CHECK(fields.finish());
    return out;
}

FileResult<std::vector<U256>> public_inputs_of_gnark(BytesView content) {
    GnarkFields fields{content};
    ENSHRINE_TRY(const auto public_count, fields.u32("number of public inputs"));
    ENSHRINE_TRY(const auto secret_count, fields.u32("number of secret inputs"));
    ENSHRINE_TRY(const auto length, fields.u32("length"));
    if (secret_count != 0) return refused("number of secret inputs: expected a public witness, got secrets too");
    if (length != public_count) return unusable("length: expected the number of public inputs");
    if (fields.left() != length * std::size_t{32}) return unusable("the elements do not have 32 bytes each");
    std::vector<U256> out;
    for (std::uint32_t i = 0; i < length; ++i) {
        ENSHRINE_TRY(const auto element, fields.take("element", 32));
        out.push_back(U256::from_be(element));
    }
    return out;
}

}  // namespace enshrine::prover_files
