// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/rollup_node/batch_record.hpp>

// What decodes is encoded to the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    const BytesView input{data, size};
    if (const auto record = rollup_node::decode_batch_record(input)) {
        ENSHRINE_ASSERT(equal(rollup_node::encode_batch_record(*record), input));
    }
    if (const auto progress = rollup_node::decode_batch_progress(input)) {
        ENSHRINE_ASSERT(equal(rollup_node::encode_batch_progress(*progress), input));
    }
    return 0;
}
