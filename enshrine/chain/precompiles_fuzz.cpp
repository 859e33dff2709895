// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Byte 0 chooses a precompile, the rest is its input. Every answer has one of the sizes that its function gives, and
// the same question gets the same answer.
#include <enshrine/base/assert.hpp>
#include <enshrine/chain/precompiles.hpp>

using namespace enshrine;
using namespace enshrine::chain;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto table = precompiles();
    const Precompile& precompile = table[data[0] % table.size()];
    const BytesView input{data + 1, size - 1};
    if (precompile.gas(input) > 3'000'000) return 0;  // more than this costs too much time here
    const auto output = precompile.run(input);
    ENSHRINE_ASSERT(output == precompile.run(input));
    if (!output) return 0;
    const std::size_t bytes = output->size();
    switch (precompile.address[19]) {
        case 0x05:
            ENSHRINE_ASSERT(bytes <= 1024);
            break;
        case 0x08:
        case 0x0f:
            ENSHRINE_ASSERT(bytes == 32);
            break;
        case 0x0b:
        case 0x0c:
        case 0x10:
            ENSHRINE_ASSERT(bytes == 128);
            break;
        case 0x0d:
        case 0x0e:
        case 0x11:
            ENSHRINE_ASSERT(bytes == 256);
            break;
        default:
            ENSHRINE_ASSERT(bytes == 64);
    }
    return 0;
}
