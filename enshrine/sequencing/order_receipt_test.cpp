// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/sha256.hpp>
#include <enshrine/sequencing/order_receipt.hpp>

#include <gtest/gtest.h>

namespace enshrine::sequencing {
namespace {

crypto::SecretKey key(Byte number) {
    crypto::SecretKey out;
    out[31] = number;
    return out;
}
const Hash32 batch = hash::sha256(Bytes{1});

TEST(OrderReceipt, R1SignsTheWholePromise) {  // [ORDER.1]
    const OrderPromise promise{.transaction_hash = batch, .rollup = 901, .sequence = 2, .position = 3, .deadline = 4};
    const auto receipt = make_order_receipt(promise, key(1));
    ASSERT_TRUE(receipt.has_value());
    const Bytes bytes = encode_order_receipt(*receipt);
    const Address sequencer = *crypto::address_of(key(1));
    const auto decoded = decode_order_receipt(bytes);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->promise, promise);
    EXPECT_TRUE(verify_order_receipt(*decoded, sequencer).has_value());
    EXPECT_TRUE(
        verify_order_receipt(*decoded, *crypto::address_of(key(2))).error().is(OrderReceiptError::wrong_signer));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        Bytes bad = bytes;
        bad[i] ^= 1;
        const auto changed = decode_order_receipt(bad);
        EXPECT_FALSE(changed && verify_order_receipt(*changed, sequencer)) << i;
    }
}

}  // namespace
}  // namespace enshrine::sequencing
