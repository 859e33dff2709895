// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Bytes as a proof of one statement for keys with and without a commitment. What is accepted is a proof: the fuzzer
// finds none that the corpus does not show it, and those prove their own statement alone.
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/snark/groth16_for_test.hpp>

using namespace enshrine;
using namespace enshrine::proofs;
using namespace enshrine::proofs::groth16;

namespace {

struct Target {
    explicit Target(CommitmentHash commitment)
        : draw{std::to_underlying(commitment)},
          trapdoor{groth16::test::Trapdoor::draw(draw, 2, commitment)},
          key{VerifyingKey::decode(trapdoor.key()).value()},
          inputs{groth16::test::draw_inputs(draw, 2)} {}

    algebra::bn254::Draw draw;
    groth16::test::Trapdoor trapdoor;
    VerifyingKey key;
    std::vector<U256> inputs;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Target targets[] = {Target{CommitmentHash::none}, Target{CommitmentHash::keccak256},
                                     Target{CommitmentHash::sha256}};
    for (const Target& target : targets) {
        const BytesView proof{data, size};
        if (!target.key.verify(target.inputs, proof)) continue;
        auto other = target.inputs;
        other[0] = other[0] == U256{1} ? U256{2} : U256{1};
        ENSHRINE_ASSERT(target.key.verify(other, proof).error().is(SnarkError::does_not_hold));
    }
    return 0;
}
