// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/types/block.hpp>

// Tries the input as a block and as a header.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    const BytesView input{data, size};
    if (const auto block = types::decode_block(input)) ENSHRINE_ASSERT(equal(types::encode_block(*block), input));
    if (const auto header = types::decode_block_header(input)) {
        ENSHRINE_ASSERT(equal(types::encode_block_header(*header), input));
    }
    return 0;
}
