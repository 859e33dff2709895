// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/types/blob_sidecar.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    const BytesView input{data, size};
    const auto decoded = types::decode_network_transaction(input);
    if (!decoded) return 0;
    ENSHRINE_ASSERT(equal(types::encode_network_transaction(*decoded), input));
    ENSHRINE_ASSERT(decoded->sidecar.has_value() || types::decode_transaction(input).has_value());
    return 0;
}
