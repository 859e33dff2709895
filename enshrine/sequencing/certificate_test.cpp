// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/sha256.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/sequencing/certificate.hpp>

#include <gtest/gtest.h>

namespace enshrine::sequencing {
namespace {

std::vector<crypto::SecretKey> keys(Byte count) {
    std::vector<crypto::SecretKey> out(count);
    for (Byte i = 0; i < count; ++i) out[i][31] = static_cast<Byte>(i + 1);
    return out;
}
std::vector<Address> committee(Byte count) {
    std::vector<Address> out;
    for (const auto& member : keys(count)) out.push_back(*crypto::address_of(member));
    return out;
}
const Hash32 batch = hash::sha256(Bytes{1});

TEST(Certificate, R2EveryMemberCountsOnce) {  // [CERT.2]
    for (const auto& [size, needed] : {std::pair{Byte{1}, Byte{1}}, {2, 2}, {3, 2}, {4, 3}, {6, 4}, {7, 5}}) {
        EXPECT_TRUE(verify_certificate(*make_certificate(batch, keys(needed)), batch, committee(size)).has_value());
        if (needed == 1) continue;
        const auto few = make_certificate(batch, keys(static_cast<Byte>(needed - 1)));
        const auto refused = verify_certificate(*few, batch, committee(size));
        EXPECT_TRUE(refused.error().is(crypto::QuorumError::too_little_stake)) << int{size};
    }
}

TEST(Certificate, R9IsOverTheOrderOfTheBatch) {  // [BATCH.9]
    const Bytes good = *make_certificate(batch, keys(1));
    EXPECT_EQ(good, *crypto::make_quorum_certificate(order_digest(batch), keys(1)));
    EXPECT_TRUE(verify_certificate(good, hash::sha256(Bytes{2}), committee(1))
                    .error()
                    .is(crypto::QuorumError::signer_not_member));
    const Bytes unbound = *crypto::make_quorum_certificate(batch, keys(1));
    EXPECT_TRUE(verify_certificate(unbound, batch, committee(1)).error().is(crypto::QuorumError::signer_not_member));
}

}  // namespace
}  // namespace enshrine::sequencing
