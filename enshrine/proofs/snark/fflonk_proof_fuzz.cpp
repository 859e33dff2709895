// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Bytes as a proof of one statement. What is accepted is a proof: the fuzzer finds none that the corpus does not show
// it, and those prove their own statement alone.
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/snark/fflonk_for_test.hpp>

using namespace enshrine;
using namespace enshrine::proofs;
using namespace enshrine::proofs::fflonk;

namespace {

struct Target {
    algebra::bn254::Draw draw{1};
    fflonk::test::Trapdoor trapdoor = fflonk::test::Trapdoor::draw(draw, 7, 2);
    VerifyingKey key = VerifyingKey::decode(trapdoor.key()).value();
    std::vector<U256> inputs = proofs::test::draw_inputs<Bn254>(draw, 2);
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Target target;
    const BytesView proof{data, size};
    if (!target.key.verify(target.inputs, proof)) return 0;
    auto other = target.inputs;
    other[0] = other[0] == U256{1} ? U256{2} : U256{1};
    ENSHRINE_ASSERT(target.key.verify(other, proof).error().is(SnarkError::does_not_hold));
    return 0;
}
