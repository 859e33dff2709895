// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Bytes as a proof of one statement for a key of each version and flavour. What is accepted is a proof: the fuzzer
// finds none that the corpus does not show it, and those prove their own statement alone.
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/snark/ultrahonk_for_test.hpp>

using namespace enshrine;
using namespace enshrine::proofs::ultrahonk;

namespace {

struct Target {
    Target(Version version, Flavour flavour)
        : draw{std::to_underlying(version)},
          trapdoor{test::Trapdoor::draw(draw, {version, flavour, 5, 2})},
          inputs{test::draw_inputs(draw, 2)} {}

    algebra::bn254::Draw draw;
    test::Trapdoor trapdoor;
    std::vector<U256> inputs;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Target targets[] = {
        Target{Version::bb_3_0, Flavour::plain}, Target{Version::bb_3_0, Flavour::zero_knowledge},
        Target{Version::bb_5_0, Flavour::plain}, Target{Version::bb_5_0, Flavour::zero_knowledge}};
    for (const Target& target : targets) {
        const BytesView proof{data, size};
        if (!target.trapdoor.decoded.verify(target.inputs, proof)) continue;
        auto other = target.inputs;
        other[0] = other[0] == U256{1} ? U256{2} : U256{1};
        ENSHRINE_ASSERT(!target.trapdoor.decoded.verify(other, proof).has_value());
    }
    return 0;
}
