// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/sequencing/records.hpp>

// What decodes is encoded to the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    const BytesView input{data, size};
    if (const auto receipt = sequencing::decode_receipt_record(input)) {
        ENSHRINE_ASSERT(sequencing::encoded_bytes(*receipt) == size);
        ENSHRINE_ASSERT(equal(sequencing::encode_receipt_record(*receipt), input));
    }
    if (const auto request = sequencing::decode_view_request(input)) {
        ENSHRINE_ASSERT(equal(sequencing::encode_view_request(*request), input));
    }
    if (const auto answer = sequencing::decode_view_answer(input)) {
        ENSHRINE_ASSERT(equal(sequencing::encode_view_answer(*answer), input));
    }
    return 0;
}
