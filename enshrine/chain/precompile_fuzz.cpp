// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/chain/precompiles.hpp>

/// Input: the last byte of a precompile's address, then its input. Equal calls have equal answers.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    if (size == 0) return 0;
    const auto* precompile = chain::find_precompile(chain::precompiles(), chain::precompile_address(data[0]));
    if (precompile == nullptr) return 0;
    const BytesView input{data + 1, size - 1};
    ENSHRINE_ASSERT(precompile->gas(input) == precompile->gas(input));
    ENSHRINE_ASSERT(precompile->run(input) == precompile->run(input));
    return 0;
}
