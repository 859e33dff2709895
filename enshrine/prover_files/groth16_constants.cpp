// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/groth16_constants.hpp>

namespace enshrine::prover_files {

namespace groth16 = proofs::groth16;
using groth16::CommitmentHash;
using proofs::Bn254;

namespace {

constexpr std::array<const char*, 2> gnark_g1{"_X", "_Y"};
/// gnark writes the coordinate of u last.
constexpr std::array<const char*, 4> gnark_g2{"_X_1", "_X_0", "_Y_1", "_Y_0"};
constexpr std::array<const char*, 2> snarkjs_g1{"x", "y"};
constexpr std::array<const char*, 4> snarkjs_g2{"x1", "x2", "y1", "y2"};

/// Points that are numbered from 0 on, without a gap.
template <class Name>
FileResult<Bytes> numbered_points(const SolidityConstants& constants, std::size_t count_max,
                                  const std::array<const char*, 2>& endings, const Name& name) {
    Bytes out;
    bool ended = false;
    for (std::size_t i = 0; i <= count_max; ++i) {
        const std::string point = name(i);
        if (!constants.has(point + endings[0]) && !constants.has(point + endings[1])) {
            ended = true;
            continue;
        }
        if (ended) return unusable(name(i - 1) + endings[0] + ": missing, and " + point + endings[0] + " is there");
        if (i == count_max)
            return refused(point + endings[0] + ": expected at most " + std::to_string(count_max) + " points");
        ENSHRINE_TRY(const auto bytes, constants.g1(point, endings));
        append(out, bytes);
    }
    return out;
}

FileResult<Bytes> negated(FileResult<Bytes> point) {
    if (!point) return point;
    return to_bytes(Bn254::encode(Bn254::negate(Bn254::decode_g2(*point).value())).view());
}

/// H_1 ‖ H_2 [GROTH.9]. gnark 0.10 has called them otherwise, and in the other order.
FileResult<Bytes> commitment_key(const SolidityConstants& constants) {
    ENSHRINE_TRY(const auto generator, constants.g2("PEDERSEN_G", gnark_g2));
    const bool is_old = constants.has("PEDERSEN_GROOTSIGMANEG_X_0");
    ENSHRINE_TRY(Bytes other, constants.g2(is_old ? "PEDERSEN_GROOTSIGMANEG" : "PEDERSEN_GSIGMANEG", gnark_g2));
    Bytes out = is_old ? generator : other;
    append(out, is_old ? other : generator);
    return out;
}

/// gnark's contracts negate what is paired with β, γ and δ in the key, not in the proof.
FileResult<Groth16KeyFile> key_of_gnark(const SolidityConstants& constants) {
    ENSHRINE_CHECK(constants.check_curve("P", "R"));
    const bool has_commitment = constants.has("PEDERSEN_G_X_0");
    groth16::Header header;
    // The challenge of its contracts; see [GROTH.7].
    if (has_commitment) header.commitment = CommitmentHash::keccak256;
    ENSHRINE_TRY(Bytes points, constants.g1("ALPHA", gnark_g1));
    for (const char* name : {"BETA_NEG", "GAMMA_NEG", "DELTA_NEG"}) {
        ENSHRINE_TRY(const auto point, negated(constants.g2(name, gnark_g2)));
        append(points, point);
    }
    ENSHRINE_TRY(const auto constant, constants.g1("CONSTANT", gnark_g1));
    ENSHRINE_TRY(const auto publics,
                 numbered_points(constants, groth16::inputs_max + (has_commitment ? 1 : 0), gnark_g1,
                                 [](std::size_t i) { return "PUB_" + std::to_string(i); }));
    // The last one is multiplied with the challenge of the commitment.
    const std::size_t count = publics.size() / Bn254::g1_bytes;
    if (has_commitment && count == 0) return unusable("PUB_0_X: missing, and PEDERSEN_G_X_0 is there");
    header.input_count = static_cast<std::uint16_t>(count - (has_commitment ? 1 : 0));
    Bytes out = groth16::encode(header);
    append(out, points);
    append(out, constant);
    append(out, publics);
    if (has_commitment) {
        ENSHRINE_TRY(const auto commitment, commitment_key(constants));
        append(out, commitment);
    }
    return Groth16KeyFile{std::move(out), "gnark (constants of Solidity)"};
}

FileResult<Groth16KeyFile> key_of_snarkjs(const SolidityConstants& constants) {
    ENSHRINE_CHECK(constants.check_curve("q", "r"));
    ENSHRINE_TRY(Bytes points, constants.g1("alpha", snarkjs_g1));
    for (const char* name : {"beta", "gamma", "delta"}) {
        ENSHRINE_TRY(const auto point, constants.g2(name, snarkjs_g2));
        append(points, point);
    }
    ENSHRINE_TRY(const auto binding, numbered_points(constants, groth16::inputs_max + 1, snarkjs_g1,
                                                     [](std::size_t i) { return "IC" + std::to_string(i); }));
    if (binding.empty()) return unusable("IC0x: missing");
    groth16::Header header;
    header.input_count = static_cast<std::uint16_t>(binding.size() / Bn254::g1_bytes - 1);
    Bytes out = groth16::encode(header);
    append(out, points);
    append(out, binding);
    return Groth16KeyFile{std::move(out), "snarkjs (constants of Solidity)"};
}

}  // namespace

bool has_groth16_constants(const JsonField& document) {
    return document.has("ALPHA_X") || document.has("alphax");
}

FileResult<Groth16KeyFile> groth16_key_of_constants(const SolidityConstants& constants) {
    if (constants.has("ALPHA_X")) return key_of_gnark(constants);
    if (constants.has("alphax")) return key_of_snarkjs(constants);
    return unusable("no verifier of Groth16: expected a constant ALPHA_X (gnark) or alphax (snarkjs), got neither");
}

}  // namespace enshrine::prover_files
