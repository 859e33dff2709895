// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/rollup_node/promise_record.hpp>

// What decodes is encoded to the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    const BytesView input{data, size};
    if (const auto record = rollup_node::decode_promise_record(input, 901)) {
        ENSHRINE_ASSERT(equal(rollup_node::encode_promise_record(*record), input));
    }
    return 0;
}
