// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Bytes as a proof of one statement on both curves. What is accepted is a proof: the fuzzer finds none that the corpus
// does not show it, and those prove their own statement alone.
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/snark/plonk_for_test.hpp>

using namespace enshrine;
using namespace enshrine::proofs;
using namespace enshrine::proofs::plonk;

namespace {

template <class C>
struct Target {
    algebra::bn254::Draw draw{1};
    plonk::test::Trapdoor<C> trapdoor = plonk::test::Trapdoor<C>::draw(draw, 7, 2);
    VerifyingKey key = VerifyingKey::decode(trapdoor.key()).value();
    std::vector<U256> inputs = proofs::test::draw_inputs<C>(draw, 2);

    void judge(BytesView proof) const {
        if (!key.verify(inputs, proof)) return;
        auto other = inputs;
        other[0] = other[0] == U256{1} ? U256{2} : U256{1};
        ENSHRINE_ASSERT(key.verify(other, proof).error().is(SnarkError::does_not_hold));
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Target<Bn254> on_bn254;
    static const Target<Bls12381> on_bls12_381;
    on_bn254.judge({data, size});
    on_bls12_381.judge({data, size});
    return 0;
}
