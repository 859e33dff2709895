// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Bytes as a proof of one statement for keys without and with a commitment. What is accepted is a proof: the fuzzer
// finds none that the corpus does not show it, and those prove their own statement alone.
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/snark/plonk_gnark_for_test.hpp>

using namespace enshrine;
using namespace enshrine::proofs;
namespace plonk = enshrine::proofs::plonk_gnark;
using plonk::Header;
using plonk::VerifyingKey;

namespace {

struct Target {
    explicit Target(const Header& header)
        : draw{header.power},
          trapdoor{plonk::test::Trapdoor::draw(draw, header)},
          key{VerifyingKey::decode(trapdoor.key).value()},
          inputs{proofs::test::draw_inputs<Bn254>(draw, header.input_count)} {}

    plonk::test::Draw draw;
    plonk::test::Trapdoor trapdoor;
    VerifyingKey key;
    std::vector<U256> inputs;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Target targets[] = {Target{{.power = 5, .input_count = 2}}, Target{{6, 2, true, 9}}};
    for (const Target& target : targets) {
        const BytesView proof{data, size};
        if (!target.key.verify(target.inputs, proof)) continue;
        auto other = target.inputs;
        other[0] = other[0] == U256{1} ? U256{2} : U256{1};
        ENSHRINE_ASSERT(target.key.verify(other, proof).error().is(SnarkError::does_not_hold));
    }
    return 0;
}
