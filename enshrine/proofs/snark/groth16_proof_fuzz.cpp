// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Bytes as a proof of one statement for keys on both curves, with and without a commitment. What is accepted is a
// proof: the fuzzer finds none that the corpus does not show it, and those prove their own statement alone.
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/snark/groth16_for_test.hpp>

using namespace enshrine;
using namespace enshrine::proofs;
using namespace enshrine::proofs::groth16;

namespace {

template <class C>
struct Target {
    explicit Target(CommitmentHash commitment)
        : draw{std::to_underlying(commitment)},
          trapdoor{groth16::test::TrapdoorOn<C>::draw(draw, 2, commitment)},
          key{VerifyingKey::decode(trapdoor.key()).value()},
          inputs{proofs::test::draw_inputs<C>(draw, 2)} {}

    void check(BytesView proof) const {
        if (!key.verify(inputs, proof)) return;
        auto other = inputs;
        other[0] = other[0] == U256{1} ? U256{2} : U256{1};
        ENSHRINE_ASSERT(key.verify(other, proof).error().is(SnarkError::does_not_hold));
    }

    algebra::bn254::Draw draw;
    groth16::test::TrapdoorOn<C> trapdoor;
    VerifyingKey key;
    std::vector<U256> inputs;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Target<Bn254> targets[] = {Target<Bn254>{CommitmentHash::none},
                                            Target<Bn254>{CommitmentHash::keccak256},
                                            Target<Bn254>{CommitmentHash::sha256}};
    static const Target<Bls12381> on_bls12_381{CommitmentHash::none};
    const BytesView proof{data, size};
    for (const auto& target : targets) target.check(proof);
    on_bls12_381.check(proof);
    return 0;
}
