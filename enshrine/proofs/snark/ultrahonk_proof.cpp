// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/snark/ultrahonk_proof.hpp>
#include <enshrine/proofs/snark/ultrahonk_transcript.hpp>

namespace enshrine::proofs::ultrahonk {
namespace {

/// Reads a proof in the order in which its prover spoke, and answers with the challenges.
class Conversation {
public:
    Conversation(const Header& header, BytesView bytes)
        : header_{header}, dialect_{dialect(header.version)}, reader_{bytes, transcript_} {
        if (header.flavour == Flavour::zero_knowledge) out_.mask.emplace();
    }

    Result<Proof> run(const Hash32& circuit_hash, std::span<const U256> inputs) {
        absorb_statement(circuit_hash, inputs);
        ENSHRINE_CHECK(read_accumulator());
        ENSHRINE_CHECK(read_wires());
        ENSHRINE_CHECK(read_products());
        ENSHRINE_CHECK(read_mask_of_rounds());
        ENSHRINE_CHECK(read_rounds());
        ENSHRINE_CHECK(read_evaluations());
        ENSHRINE_CHECK(read_folds());
        ENSHRINE_CHECK(read_quotients());
        ENSHRINE_ASSERT(reader_.at_end());
        return std::move(out_);
    }

private:
    void absorb_statement(const Hash32& circuit_hash, std::span<const U256> inputs) {
        transcript_.absorb(circuit_hash.view());
        for (const U256& input : inputs) {
            transcript_.absorb(input.to_be().view());
            out_.public_inputs.push_back(Fr::from(input));
        }
    }

    Result<void> read_accumulator() {
        std::vector<Fr> limbs;
        for (std::size_t i = 0; i < dialect_.accumulator_limbs; ++i) {
            ENSHRINE_TRY(const auto limb, reader_.scalar());
            limbs.push_back(limb);
            out_.public_inputs.push_back(limb);
        }
        ENSHRINE_TRY(out_.accumulator, points_of_limbs(dialect_, limbs));
        return {};
    }

    Result<void> read_wires() {
        if (out_.mask) {
            ENSHRINE_TRY(out_.mask->opening, reader_.finite_point());
        }
        for (std::size_t i = 0; i < 3; ++i) ENSHRINE_CHECK(read_witness(i));
        take_memory_challenges();
        for (const std::size_t i : {read_counts, read_tags, last_wire}) ENSHRINE_CHECK(read_witness(i));
        const Challenge challenge = transcript_.squeeze();
        out_.parameters.beta = challenge.low;
        out_.parameters.gamma = challenge.high;
        if (header_.version == Version::bb_3_0) {
            out_.parameters.table = out_.parameters.memory;
        } else {
            const Fr squared = challenge.low.square();
            out_.parameters.table = {challenge.low, squared, squared * challenge.low};
        }
        return {};
    }

    void take_memory_challenges() {
        const Challenge challenge = transcript_.squeeze();
        if (header_.version == Version::bb_3_0) {
            const Challenge more = transcript_.squeeze();
            out_.parameters.memory = {challenge.low, challenge.high, more.low};
        } else {
            const Fr squared = challenge.low.square();
            out_.parameters.memory = {challenge.low, squared, squared * challenge.low};
        }
    }

    Result<void> read_products() {
        ENSHRINE_CHECK(read_witness(inverses));
        ENSHRINE_CHECK(read_witness(grand_product));
        out_.alpha = transcript_.squeeze().low;
        out_.sumcheck.gate = transcript_.squeeze().low;
        return {};
    }

    Result<void> read_mask_of_rounds() {
        if (!out_.mask) return {};
        ENSHRINE_TRY(out_.mask->columns[0], reader_.finite_point());
        ENSHRINE_TRY(out_.mask->sum, reader_.scalar());
        out_.mask->challenge = transcript_.squeeze().low;
        return {};
    }

    Result<void> read_rounds() {
        const std::size_t values = out_.mask ? round_values_masked : round_values_plain;
        for (unsigned round = 0; round < header_.log_size; ++round) {
            auto& polynomial = out_.sumcheck.rounds.emplace_back();
            ENSHRINE_CHECK(read_scalars(std::span{polynomial}.first(values)));
            out_.sumcheck.point.push_back(transcript_.squeeze().low);
        }
        return {};
    }

    Result<void> read_evaluations() {
        if (out_.mask) {
            ENSHRINE_TRY(out_.mask->opening_evaluation, reader_.scalar());
        }
        ENSHRINE_CHECK(read_scalars(out_.evaluations));
        if (out_.mask) {
            ENSHRINE_TRY(out_.mask->evaluation, reader_.scalar());
            ENSHRINE_TRY(out_.mask->columns[1], reader_.finite_point());
            ENSHRINE_TRY(out_.mask->columns[2], reader_.finite_point());
        }
        out_.opening.rho = transcript_.squeeze().low;
        return {};
    }

    Result<void> read_folds() {
        for (unsigned i = 1; i < header_.log_size; ++i) {
            ENSHRINE_TRY(const auto fold, reader_.finite_point());
            out_.opening.folds.push_back(fold);
        }
        out_.opening.r = transcript_.squeeze().low;
        out_.opening.fold_values.resize(header_.log_size);
        ENSHRINE_CHECK(read_scalars(out_.opening.fold_values));
        if (out_.mask) ENSHRINE_CHECK(read_scalars(out_.mask->claims));
        out_.opening.nu = transcript_.squeeze().low;
        return {};
    }

    Result<void> read_quotients() {
        ENSHRINE_TRY(out_.opening.quotient, reader_.finite_point());
        out_.opening.z = transcript_.squeeze().low;
        ENSHRINE_TRY(out_.opening.kzg_quotient, reader_.finite_point());
        return {};
    }

    Result<void> read_scalars(std::span<Fr> out) {
        for (Fr& scalar : out) {
            ENSHRINE_TRY(scalar, reader_.scalar());
        }
        return {};
    }

    Result<void> read_witness(std::size_t column) {
        ENSHRINE_TRY(out_.witness[column], dialect_.zero_columns ? reader_.point() : reader_.finite_point());
        return {};
    }

    // Columns of witness_order.
    static constexpr std::size_t last_wire = 3;
    static constexpr std::size_t grand_product = 4;
    static constexpr std::size_t inverses = 5;
    static constexpr std::size_t read_counts = 6;
    static constexpr std::size_t read_tags = 7;

    const Header& header_;
    const Dialect& dialect_;
    Transcript transcript_;
    ProofReader reader_;
    Proof out_;
};

/// [HONK.8]
Result<void> check_inputs(std::span<const U256> inputs, const Header& header) noexcept {
    if (inputs.size() != header.input_count) return fail(SnarkError::wrong_input_count);
    for (const U256& input : inputs) {
        if (!algebra::bn254::less(input.limbs, Fr::modulus)) return fail(SnarkError::input_not_below_order);
    }
    return {};
}

}  // namespace

std::size_t proof_bytes(const Header& header) noexcept {
    const std::size_t rounds = header.log_size;
    const bool masked = header.flavour == Flavour::zero_knowledge;
    const std::size_t points = witness_columns + (rounds - 1) + 2 + (masked ? 4 : 0);
    const std::size_t scalars = dialect(header.version).accumulator_limbs +
                                rounds * (masked ? round_values_masked : round_values_plain) + columns + rounds +
                                (masked ? 3 + mask_claims : 0);
    return points * algebra::bn254::g1_bytes + scalars * algebra::bn254::field_bytes;
}

Result<Proof> read_proof(const Header& header, const Hash32& circuit_hash, std::span<const U256> inputs,
                         BytesView bytes) {
    ENSHRINE_CHECK(check_inputs(inputs, header));
    if (bytes.size() != proof_bytes(header)) return fail(SnarkError::wrong_size);
    return Conversation{header, bytes}.run(circuit_hash, inputs);
}

}  // namespace enshrine::proofs::ultrahonk
