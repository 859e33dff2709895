// SPDX-License-Identifier: Apache-2.0
#include <enshrine/state/entries.hpp>

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const enshrine::BytesView input{data, size};
    const auto entries = enshrine::state::decode_entries(input);
    if (entries && !enshrine::equal(enshrine::state::encode_entries(*entries), input)) std::abort();
    return 0;
}
