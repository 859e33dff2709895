// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/sequencing/order_receipt.hpp>

// A receipt that decodes is encoded to the same bytes, and is not one of a stranger.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    const BytesView input{data, size};
    if (const auto receipt = sequencing::decode_order_receipt(input)) {
        Address stranger;
        stranger[0] = 1;
        ENSHRINE_ASSERT(equal(sequencing::encode_order_receipt(*receipt), input));
        ENSHRINE_ASSERT(!sequencing::verify_order_receipt(*receipt, stranger).has_value());
    }
    return 0;
}
