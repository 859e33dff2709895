// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/types/receipt.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    const BytesView input{data, size};
    const auto receipt = types::decode_receipt(input);
    if (!receipt) return 0;
    ENSHRINE_ASSERT(equal(types::encode_receipt(*receipt), input));
    ENSHRINE_ASSERT(!types::encode_receipt_rlp(*receipt).empty());
    for (const types::Log& log : receipt->logs) {
        ENSHRINE_ASSERT(types::bloom_may_contain(receipt->bloom, log.address.view()));
    }
    return 0;
}
