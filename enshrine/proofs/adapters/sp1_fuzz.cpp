// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Bytes as a key, and as a proof for every version. What is accepted is a proof of the real statement alone.
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/adapters/sp1_for_test.hpp>

#include <vector>

using namespace enshrine;
using namespace enshrine::proofs::sp1;

namespace {

struct Target {
    enshrine::proofs::sp1::test::Sample sample;
    VerifyingKey key;
};

std::vector<Target> make_targets() {
    std::vector<Target> out;
    for (const auto& real : enshrine::proofs::sp1::test::real_proofs) {
        auto sample = enshrine::proofs::sp1::test::Sample::of(real);
        auto key = sample.key();
        out.push_back({std::move(sample), std::move(key)});
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<Target> targets = make_targets();
    const BytesView input{data, size};
    if (const auto key = VerifyingKey::decode(input)) ENSHRINE_ASSERT(equal(key->bytes(), input));
    for (const Target& target : targets) {
        if (!target.key.verify(target.sample.public_values, input)) continue;
        Bytes other = target.sample.public_values;
        other.push_back(0);
        ENSHRINE_ASSERT(!target.key.verify(other, input).has_value());
    }
    return 0;
}
