// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// Files of gnark that other people's repositories hold: the folder snark/ of ENSHRINE_VECTORS.
#include <enshrine/prover_files/plonk_gnark_for_test.hpp>
#include <enshrine/prover_files/vectors_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::prover_files {
namespace {

class PlonkGnarkVectors : public test::VectorsTest {};

TEST_F(PlonkGnarkVectors, Aligned) {
    const std::string stem = "aligned-gnark-v0.10/gnark_plonk_bn254_script-plonk";
    const Bytes key = content(stem + ".vk.hex");
    const Bytes proof = content(stem + ".proof.hex");
    const Bytes inputs = content(stem + "_pub_input.pub.hex");
    EXPECT_EQ(test::plonk_gnark_verdict(key, proof, inputs), "accepted");
    const Bytes others = test::bytes_of(R"(["34"])");
    EXPECT_EQ(test::plonk_gnark_verdict(key, proof, others), "the proof does not hold for these public inputs");
    const Bytes none = test::bytes_of("[]");
    EXPECT_EQ(test::plonk_gnark_verdict(key, proof, none),
              "the number of public inputs is not the one that the key declares");
}

}  // namespace
}  // namespace enshrine::prover_files
