// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// Real proofs of other people's provers, and files that their tests refuse: the folder snark/ of ENSHRINE_VECTORS.
#include <enshrine/proofs/batch.hpp>
#include <enshrine/prover_files/groth16_for_test.hpp>
#include <enshrine/prover_files/vectors_for_test.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace enshrine::prover_files {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using proofs::groth16::CommitmentHash;

constexpr KeyOptions with_keccak{CommitmentHash::keccak256};

class Groth16Vectors : public test::VectorsTest {
protected:
    [[nodiscard]] std::string run(const std::string& key, const std::string& proof, const std::string& inputs,
                                  const KeyOptions& options = {}) const {
        return test::verdict(test::content_of(folder() / key), test::content_of(folder() / proof),
                             test::content_of(folder() / inputs), options);
    }
};

std::string run_item(const json& key, const json& item, const KeyOptions& options = with_keccak) {
    return test::verdict(test::bytes_of(key.dump()), test::bytes_of(item.dump()),
                         test::bytes_of(item.at("inputs").dump()), options);
}

TEST_F(Groth16Vectors, Snarkjs) {
    for (const std::string name : {"bn128-small", "bn128-chain", "bls12381-small"}) {
        const std::string stem = "generated/" + name + "-groth16-";
        EXPECT_EQ(run(stem + "vk.json", stem + "proof.json", stem + "public.json"), "accepted") << name;
    }
    const std::string risc0 = "snarkjs-groth16-risc0-multiplier/";
    EXPECT_EQ(run(risc0 + "verification_key.json", risc0 + "proof.json", risc0 + "public.json"), "accepted");
    const std::string upa = "nebra-upa/upa-sdk/snarkjs/test_snarkjs_";
    EXPECT_EQ(run(upa + "vk.json", upa + "proof.json", upa + "proof.json"), "accepted");
    EXPECT_TRUE(read_groth16_key(test::content_of(folder() / "rapidsnark/verification_key.json")).has_value());
}

// [PROOF-BATCH.1] On both curves in one batch, each beside itself with another input.
TEST_F(Groth16Vectors, SnarkjsTogether) {
    struct Real {
        proofs::groth16::VerifyingKey key;
        std::vector<U256> inputs;
        Bytes proof;
        std::vector<U256> others;
    };
    std::vector<Real> real;
    for (const std::string name : {"bn128-small", "bn128-chain", "bls12381-small"}) {
        const std::string stem = "generated/" + name + "-groth16-";
        auto key = proofs::groth16::VerifyingKey::decode(read_groth16_key(content(stem + "vk.json"))->key).value();
        const Bytes proof = *read_groth16_proof(content(stem + "proof.json"), key.header());
        const auto inputs = *read_public_inputs(content(stem + "public.json"));
        auto others = inputs;
        others.front() = others.front() + U256{1};
        real.push_back({std::move(key), inputs, proof, others});
    }
    std::vector<proofs::BatchEntry> entries;
    for (const Real& one : real) {
        for (const auto* inputs : {&one.inputs, &one.inputs, &one.others, &one.inputs}) {
            entries.push_back({&one.key, *inputs, one.proof});
        }
    }
    const auto verdicts = proofs::verify_batch(entries, proofs::batch_seed(entries));
    for (std::size_t i = 0; i < verdicts.size(); ++i) EXPECT_EQ(verdicts[i].has_value(), i % 4 != 2) << i;
    // Those that are right hold as equations, too.
    for (const Real& one : real) {
        const auto holds = [&]<class C>(const std::vector<proofs::Equation<C>>& equations) {
            const auto forms = std::get<std::vector<proofs::EquationForm<C>>>(one.key.equation_forms());
            proofs::PairingBatch<C> batch{{}};
            for (int i = 0; i < 2; ++i) batch.add(batch.add_form(forms.at(0)), equations.at(0));
            return batch.held() == std::vector<bool>(2, true);
        };
        EXPECT_TRUE(std::visit(holds, *one.key.equations(one.inputs, one.proof)));
        EXPECT_FALSE(std::visit(holds, *one.key.equations(one.others, one.proof)));
    }
}

TEST_F(Groth16Vectors, SnarkjsOfAnotherStatement) {
    const std::string stem = "generated/bn128-small-groth16-";
    const std::string other = "generated/bn128-chain-groth16-";
    EXPECT_NE(run(stem + "vk.json", other + "proof.json", stem + "public.json"), "accepted");
    EXPECT_NE(run(other + "vk.json", stem + "proof.json", other + "public.json"), "accepted");
    EXPECT_EQ(run(stem + "vk.json", "generated/bls12381-small-groth16-proof.json", stem + "public.json"),
              "proof: curve: the proof and the key are on different curves");
}

TEST_F(Groth16Vectors, AKeyWithoutItsSecondPhaseIsRefused) {
    const std::string stem = "generated/negative/groth16-gamma-eq-delta-";
    EXPECT_EQ(
        run(stem + "vk.json", stem + "forged-proof.json", stem + "forged-public.json"),
        "key: gamma and delta are equal, as in a key without the second phase of its setup: anyone could forge proofs "
        "for it");
}

// [GROTH.10] Others of the same statement: accepted, which is why no identity contains the bytes of a proof.
TEST_F(Groth16Vectors, R10MalleatedProofs) {
    const std::string stem = "generated/bn128-small-groth16-";
    for (const std::string name : {"negAnegB", "scaled"}) {
        const std::string proof = "generated/negative/groth16-malleated-" + name + "-proof.json";
        EXPECT_EQ(run(stem + "vk.json", proof, stem + "public.json"), "accepted") << name;
    }
}

TEST_F(Groth16Vectors, GnarkJson) {
    for (const std::string name : {"no_commitment", "private_commitment"}) {
        const std::string stem = "nebra-upa/gnark/" + name;
        EXPECT_EQ(run(stem + ".vk.json", stem + ".proof.json", stem + ".inputs.json", with_keccak), "accepted") << name;
        const std::string upa = "nebra-upa/gnark/_upa_format/" + name;
        EXPECT_EQ(run(upa + ".upa-vk.json", upa + ".upa-proof-inputs.json", upa + ".upa-proof-inputs.json"),
                  "accepted");
    }
    const std::string brevis = "nebra-upa/gnark/_upa_format/brevis";
    EXPECT_EQ(run(brevis + ".upa-vk.json", brevis + ".upa-proof-inputs.json", brevis + ".upa-proof-inputs.json"),
              "accepted");
}

TEST_F(Groth16Vectors, GnarkWithAnotherHashOrAPublicCommitment) {
    const std::string good = "nebra-upa/gnark/private_commitment";
    EXPECT_EQ(run(good + ".vk.json", good + ".proof.json", good + ".inputs.json", {CommitmentHash::sha256}),
              "the proof does not hold for these public inputs");
    // Made with a third hash.
    const std::string hash = "nebra-upa/gnark/invalid/private_commitment_wrong_hash";
    for (const auto option : {CommitmentHash::keccak256, CommitmentHash::sha256}) {
        EXPECT_EQ(run(hash + ".vk.json", hash + ".proof.json", hash + ".inputs.json", {option}),
                  "the proof does not hold for these public inputs");
    }
    const std::string wires = "nebra-upa/gnark/invalid/public_commitment";
    EXPECT_EQ(run(wires + ".vk.json", wires + ".proof.json", wires + ".inputs.json", with_keccak),
              "key: PublicAndCommitmentCommitted[0]: a commitment to public inputs is not supported");
    const std::string upa = "nebra-upa/gnark/invalid/_upa_format/public_commitment";
    EXPECT_NE(run(upa + ".upa-vk.json", upa + ".upa-proof-inputs.json", upa + ".upa-proof-inputs.json"), "accepted");
}

TEST_F(Groth16Vectors, GnarkBinary) {
    const std::string stem = "aligned-gnark-v0.10/gnark_groth16_bn254_script-groth16.";
    EXPECT_EQ(run(stem + "vk.hex", stem + "proof.hex", stem + "pub.hex"), "accepted");
}

TEST_F(Groth16Vectors, Upa) {
    std::size_t accepted = 0;
    for (const std::string name : {"proof_batch_1_2", "proof_batch_4_pi", "universal_batch_verifier_4_proofs",
                                   "universal_batch_verifier_8_proofs", "universal_batch_verifier_inputs_2",
                                   "commitment_proof_batch_8_proofs"}) {
        for (const json& item : load("nebra-upa/" + name + ".json")) {
            EXPECT_EQ(run_item(item.at("vk"), item), "accepted") << name;
            ++accepted;
        }
    }
    for (const std::string name : {"proof1", "proof2", "proof3"}) {
        const json item = load("nebra-upa/" + name + ".json");
        EXPECT_EQ(run_item(item.at("vk"), item), "accepted") << name;
    }
    const json batch = load("nebra-upa/batch_verifier_inputs_2.json");
    for (const json& item : batch.at("app_proofs_and_inputs")) {
        EXPECT_EQ(run_item(batch.at("app_vk"), item), "accepted");
    }
    std::printf("groth16 vectors: %zu proofs of UPA batches\n", accepted);
}

TEST_F(Groth16Vectors, UpaInvalid) {
    const json proof = load("nebra-upa/invalid_proof.upa.json");
    EXPECT_EQ(run_item(proof.at("vk"), proof), "the proof does not hold for these public inputs");
    const auto no_number = testing::HasSubstr("key: alpha[0]: expected a number");
    const json batch = load("nebra-upa/batch_verifier_bad_inputs_2.json");
    EXPECT_THAT(run_item(batch.at("app_vk"), batch.at("app_proofs_and_inputs")[0]), no_number);
    for (const json& item : load("nebra-upa/universal_batch_verifier_bad_inputs_2.json")) {
        EXPECT_THAT(run_item(item.at("vk"), item), no_number);
    }
}

}  // namespace
}  // namespace enshrine::prover_files
