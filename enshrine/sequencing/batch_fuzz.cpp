// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/sequencing/batch.hpp>

// What decodes is encoded to the same bytes; payloads are lists of pieces of their input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    const BytesView input{data, size};
    if (const auto header = sequencing::decode_batch_header(input)) {
        ENSHRINE_ASSERT(equal(sequencing::encode_batch_header(*header), input));
    }
    const auto transactions = sequencing::decode_payload(input);
    if (!transactions.empty()) {
        std::vector<Bytes> copies;
        for (const BytesView transaction : transactions) copies.push_back(to_bytes(transaction));
        ENSHRINE_ASSERT(equal(sequencing::encode_payload(copies), input));
    }
    return 0;
}
