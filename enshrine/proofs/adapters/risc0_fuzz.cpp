// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Bytes as a key, as a set inclusion, and as a seal for every version. What is accepted is a seal of the real journal
// alone.
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/adapters/risc0_for_test.hpp>
#include <enshrine/proofs/adapters/risc0_set.hpp>

#include <vector>

using namespace enshrine;
using namespace enshrine::proofs::risc0;

namespace {

struct Target {
    enshrine::proofs::risc0::test::Sample sample;
    VerifyingKey key;
};

std::vector<Target> make_targets() {
    std::vector<Target> out;
    for (const std::string_view version : {"2.2", "3.0", "5.0", "set 0.9"}) {
        auto sample = enshrine::proofs::risc0::test::Sample::of(version);
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
    if (const auto inclusion = decode_set_seal(input)) ENSHRINE_ASSERT(equal(encode_set_seal(*inclusion), input));
    for (const Target& target : targets) {
        if (!target.key.verify(target.sample.journal, input)) continue;
        Bytes other = target.sample.journal;
        other.push_back(0);
        ENSHRINE_ASSERT(!target.key.verify(other, input).has_value());
    }
    return 0;
}
