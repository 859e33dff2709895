// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/sequencing/certificate.hpp>
#include <enshrine/sequencing/order_receipt.hpp>

#include <array>

// No input is a certificate of strangers; a receipt that decodes is encoded to the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    const BytesView input{data, size};
    std::array<Address, 3> committee{};
    for (std::size_t i = 0; i < committee.size(); ++i) committee[i][0] = static_cast<Byte>(i + 1);
    ENSHRINE_ASSERT(!sequencing::verify_certificate(input, Hash32{}, committee).has_value());
    if (const auto receipt = sequencing::decode_order_receipt(input)) {
        ENSHRINE_ASSERT(equal(sequencing::encode_order_receipt(*receipt), input));
        ENSHRINE_ASSERT(!sequencing::verify_order_receipt(*receipt, committee[0]).has_value());
    }
    return 0;
}
