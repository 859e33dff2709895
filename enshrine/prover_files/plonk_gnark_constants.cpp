// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/evaluation_domain.hpp>
#include <enshrine/proofs/snark/plonk_gnark.hpp>
#include <enshrine/prover_files/plonk_gnark_constants.hpp>

#include <bit>

namespace enshrine::prover_files {

namespace plonk_gnark = proofs::plonk_gnark;
using proofs::Bn254;

namespace {

constexpr std::array<const char*, 2> g1_endings{"_X", "_Y"};
/// Here gnark writes the coordinate of u first.
constexpr std::array<const char*, 4> g2_endings{"_X_0", "_X_1", "_Y_0", "_Y_1"};

U256 number_of(const Bn254::Fr& scalar) noexcept {
    return U256::from_be(algebra::bn254::encode(scalar).view());
}

/// What follows from the size must follow, as in gnark's own file of the key.
FileResult<plonk_gnark::Header> read_header(const SolidityConstants& constants) {
    ENSHRINE_TRY(const auto size, constants.number("VK_DOMAIN_SIZE", std::uint64_t{1} << Bn254::two_adicity));
    if (!std::has_single_bit(size)) {
        return unusable("VK_DOMAIN_SIZE: expected a power of two, got " + std::to_string(size));
    }
    const auto power = static_cast<unsigned>(std::countr_zero(size));
    ENSHRINE_CHECK(constants.check("VK_INV_DOMAIN_SIZE", number_of(Bn254::Fr::from(size).inverse())));
    ENSHRINE_CHECK(constants.check("VK_OMEGA", number_of(proofs::EvaluationDomain<Bn254>{power}.root())));
    ENSHRINE_CHECK(constants.check("VK_COSET_SHIFT", U256{5}));
    ENSHRINE_TRY(const auto inputs, constants.number("VK_NB_PUBLIC_INPUTS", plonk_gnark::inputs_max));
    ENSHRINE_TRY(const auto commitments, constants.number("VK_NB_CUSTOM_GATES", 1));
    plonk_gnark::Header out{.power = static_cast<std::uint8_t>(power),
                            .input_count = static_cast<std::uint16_t>(inputs),
                            .has_commitment = commitments == 1};
    if (out.has_commitment) {
        ENSHRINE_TRY(const auto gate, constants.number("VK_INDEX_COMMIT_API_0", size - 1));
        out.commitment_gate = static_cast<std::uint32_t>(gate);
    }
    return out;
}

/// [1]_1 ‖ [x]_2.
FileResult<Bytes> read_reference_string(const SolidityConstants& constants) {
    ENSHRINE_TRY(Bytes out, constants.g1("G1_SRS", g1_endings));
    ENSHRINE_TRY(const auto one, constants.g2("G2_SRS_0", g2_endings));
    if (!equal(one, Bn254::encode(Bn254::g2_generator()).view())) {
        return refused("G2_SRS_0: expected the generator of G2");
    }
    ENSHRINE_TRY(const auto x, constants.g2("G2_SRS_1", g2_endings));
    append(out, x);
    return out;
}

}  // namespace

FileResult<KeyFile> plonk_gnark_key_of_constants(const SolidityConstants& constants) {
    if (!constants.has("VK_DOMAIN_SIZE")) {
        return unusable(
            "no key of gnark's PLONK: neither its binary nor constants of its verifier of Solidity, "
            "VK_DOMAIN_SIZE: missing");
    }
    if (constants.has("PROOF_QUOTIENT_POLYNOMIAL_AT_ZETA")) {
        return refused(
            "PROOF_QUOTIENT_POLYNOMIAL_AT_ZETA: expected a verifier of gnark 0.10 or later, got one whose "
            "proofs have this value");
    }
    ENSHRINE_CHECK(constants.check_curve("P_MOD", "R_MOD"));
    ENSHRINE_TRY(const auto header, read_header(constants));
    Bytes out = plonk_gnark::encode(header);
    ENSHRINE_TRY(const auto reference_string, read_reference_string(constants));
    append(out, reference_string);
    for (const char* name : {"S1", "S2", "S3", "QL", "QR", "QM", "QO", "QK"}) {
        ENSHRINE_TRY(const auto point, constants.g1("VK_" + std::string{name} + "_COM", g1_endings));
        append(out, point);
    }
    if (header.has_commitment) {
        ENSHRINE_TRY(const auto point, constants.g1("VK_QCP_0", g1_endings));
        append(out, point);
    }
    return KeyFile{std::move(out), "gnark (constants of Solidity)"};
}

}  // namespace enshrine::prover_files
