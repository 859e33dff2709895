// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// A key that is taken keeps its bytes, and judges any proof without harm.
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/snark/fflonk.hpp>

#include <vector>

using namespace enshrine;
using namespace enshrine::proofs::fflonk;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input{data, size};
    const auto key = VerifyingKey::decode(input);
    if (!key) return 0;
    ENSHRINE_ASSERT(equal(key->bytes(), input));
    ENSHRINE_ASSERT(equal(input.first(header_bytes), encode(key->header())));
    const std::vector<U256> inputs(key->header().input_count);
    ENSHRINE_ASSERT(!key->verify(inputs, Bytes(proof_bytes)).has_value());
    ENSHRINE_ASSERT(!key->verify(inputs, input).has_value());
    return 0;
}
