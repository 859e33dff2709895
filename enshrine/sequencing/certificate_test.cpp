// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/sha256.hpp>
#include <enshrine/sequencing/certificate.hpp>
#include <enshrine/sequencing/order_receipt.hpp>
#include <enshrine/sequencing/signature_bytes.hpp>

#include <gtest/gtest.h>

namespace enshrine::sequencing {
namespace {

crypto::SecretKey key(Byte number) {
    crypto::SecretKey out;
    out[31] = number;
    return out;
}
std::vector<crypto::SecretKey> keys(Byte count) {
    std::vector<crypto::SecretKey> out;
    for (Byte i = 1; i <= count; ++i) out.push_back(key(i));
    return out;
}
std::vector<Address> committee(Byte count) {
    std::vector<Address> out;
    for (const auto& member : keys(count)) out.push_back(*crypto::address_of(member));
    return out;
}
const Hash32 batch = hash::sha256(Bytes{1});

TEST(Certificate, R2TwoThirdsSuffice) {  // [CERT.2]
    for (const auto& [size, needed] : {std::pair{Byte{1}, Byte{1}}, {2, 2}, {3, 2}, {4, 3}, {6, 4}, {7, 5}}) {
        EXPECT_TRUE(verify_certificate(*make_certificate(batch, keys(needed)), batch, committee(size)).has_value());
        if (needed == 1) continue;
        const auto few = make_certificate(batch, keys(static_cast<Byte>(needed - 1)));
        const auto refused = verify_certificate(*few, batch, committee(size));
        EXPECT_TRUE(refused.error().is(CertificateError::too_few_signatures)) << int{size};
    }
}

TEST(Certificate, R1OrderIsStrict) {  // [CERT.1]
    const Bytes good = *make_certificate(batch, keys(3));
    Bytes swapped = to_bytes(BytesView{good}.subspan(signature_bytes, signature_bytes));
    append(swapped, BytesView{good}.first(signature_bytes));
    EXPECT_TRUE(verify_certificate(swapped, batch, committee(3)).error().is(CertificateError::signers_not_ascending));
    Bytes repeated = to_bytes(BytesView{good}.first(signature_bytes));
    append(repeated, BytesView{good}.first(signature_bytes));
    EXPECT_TRUE(verify_certificate(repeated, batch, committee(3)).error().is(CertificateError::signers_not_ascending));
}

TEST(Certificate, RefusesStrangersOtherBatchesAndSizes) {
    const Bytes good = *make_certificate(batch, keys(1));
    EXPECT_TRUE(verify_certificate(good, hash::sha256(Bytes{2}), committee(1))
                    .error()
                    .is(CertificateError::signer_not_in_committee));
    const std::vector<Address> others{*crypto::address_of(key(9))};
    EXPECT_TRUE(verify_certificate(good, batch, others).error().is(CertificateError::signer_not_in_committee));
    EXPECT_TRUE(verify_certificate({}, batch, committee(1)).error().is(CertificateError::wrong_size));
    EXPECT_TRUE(
        verify_certificate(BytesView{good}.first(64), batch, committee(1)).error().is(CertificateError::wrong_size));
    Bytes bad_v = good;
    bad_v[64] = 0;
    EXPECT_TRUE(verify_certificate(bad_v, batch, committee(1)).error().is(SignatureBytesError::bad_v));
}

TEST(Certificate, EveryFlippedByteIsRefused) {
    const Bytes good = *make_certificate(batch, keys(1));
    for (std::size_t i = 0; i < good.size(); ++i) {
        Bytes bad = good;
        bad[i] ^= 1;
        EXPECT_FALSE(verify_certificate(bad, batch, committee(1)).has_value()) << i;
    }
}

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
