// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// A validity description has one form, and one number of public inputs.
#include <enshrine/base/assert.hpp>
#include <enshrine/rollup_registry/validity.hpp>

using namespace enshrine;
using namespace enshrine::rollup_registry;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input{data, size};
    const auto validity = decode_validity(input);
    if (!validity) return 0;
    ENSHRINE_ASSERT(equal(encode_validity(*validity), input));
    ENSHRINE_ASSERT(input_count(*validity) >= 2);
    return 0;
}
