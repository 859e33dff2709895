// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/messaging/message.hpp>

// What decodes is encoded to the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    const BytesView input{data, size};
    if (const auto message = messaging::decode_message(input)) {
        ENSHRINE_ASSERT(equal(messaging::encode_message(*message), input));
        ENSHRINE_ASSERT(messaging::well_formed(message->asset));
    }
    return 0;
}
