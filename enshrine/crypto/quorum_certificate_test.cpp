// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/quorum_certificate.hpp>
#include <enshrine/hash/sha256.hpp>

#include <gtest/gtest.h>

#include <limits>

namespace enshrine::crypto {
namespace {

SecretKey key(Byte number) {
    SecretKey out;
    out[31] = number;
    return out;
}
std::vector<SecretKey> keys(std::initializer_list<Byte> numbers) {
    std::vector<SecretKey> out;
    for (const Byte number : numbers) out.push_back(key(number));
    return out;
}
/// Members 1, 2, … with these stakes.
std::vector<QuorumMember> committee(std::initializer_list<std::uint64_t> stakes) {
    std::vector<QuorumMember> out;
    for (const std::uint64_t stake : stakes) {
        const auto number = static_cast<Byte>(out.size() + 1);
        out.push_back({.address = *address_of(key(number)), .stake = stake});
    }
    return out;
}
const Hash32 digest = hash::sha256(Bytes{1});

TEST(QuorumCertificate, R2StakeDecides) {  // [CERT.2]
    struct Case {
        std::vector<QuorumMember> members;
        std::initializer_list<Byte> signers;
        bool enough;
    };
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    const Case cases[] = {
        {committee({1}), {1}, true},
        {committee({1, 1, 1}), {1, 3}, true},
        {committee({1, 1, 1}), {2}, false},
        {committee({4, 1, 1}), {1}, true},   // exactly two thirds
        {committee({3, 1, 1}), {1}, false},  // 3 of 5
        {committee({66, 34}), {1}, false},   // 66 of 100
        {committee({67, 33}), {1}, true},    // 67 of 100
        {committee({2, 2, 2, 1}), {1, 2}, false},
        {committee({2, 2, 2, 1}), {1, 2, 4}, true},
        {committee({most - 2, 1, 1}), {1}, true},
        {committee({most / 3 * 2 - 1, most / 3 + 1}), {1}, false},
        {committee({most / 3 * 2, most / 3}), {1}, true},  // 2^64 − 1 is a multiple of three
        {committee({most / 3 * 2, most / 3}), {2}, false},
    };
    for (const Case& c : cases) {
        const auto certificate = make_quorum_certificate(digest, keys(c.signers));
        const auto verified = verify_quorum_certificate(*certificate, digest, c.members);
        EXPECT_EQ(verified.has_value(), c.enough) << c.members[0].stake;
        if (!c.enough) {
            EXPECT_TRUE(verified.error().is(QuorumError::too_little_stake));
        }
    }
}

TEST(QuorumCertificate, R1OrderIsStrict) {  // [CERT.1]
    const auto members = committee({1, 1, 1});
    const Bytes good = *make_quorum_certificate(digest, keys({1, 2, 3}));
    EXPECT_TRUE(verify_quorum_certificate(good, digest, members).has_value());
    Bytes swapped = to_bytes(BytesView{good}.subspan(signature_bytes, signature_bytes));
    append(swapped, BytesView{good}.first(signature_bytes));
    EXPECT_TRUE(verify_quorum_certificate(swapped, digest, members).error().is(QuorumError::signers_not_ascending));
    Bytes repeated = to_bytes(BytesView{good}.first(signature_bytes));
    append(repeated, BytesView{good}.first(signature_bytes));
    EXPECT_TRUE(verify_quorum_certificate(repeated, digest, members).error().is(QuorumError::signers_not_ascending));
}

TEST(QuorumCertificate, RefusesStrangersOtherDigestsAndSizes) {
    const auto members = committee({1});
    const Bytes good = *make_quorum_certificate(digest, keys({1}));
    EXPECT_TRUE(
        verify_quorum_certificate(good, hash::sha256(Bytes{2}), members).error().is(QuorumError::signer_not_member));
    const std::vector<QuorumMember> others{{.address = *address_of(key(9)), .stake = 1}};
    EXPECT_TRUE(verify_quorum_certificate(good, digest, others).error().is(QuorumError::signer_not_member));
    EXPECT_TRUE(verify_quorum_certificate({}, digest, members).error().is(QuorumError::wrong_size));
    EXPECT_TRUE(
        verify_quorum_certificate(BytesView{good}.first(64), digest, members).error().is(QuorumError::wrong_size));
    const Bytes two = *make_quorum_certificate(digest, keys({1, 2}));
    EXPECT_TRUE(verify_quorum_certificate(two, digest, members).error().is(QuorumError::wrong_size));
    Bytes bad_v = good;
    bad_v[64] = 0;
    EXPECT_TRUE(verify_quorum_certificate(bad_v, digest, members).error().is(SignatureBytesError::bad_v));
}

TEST(QuorumCertificate, EveryFlippedBitIsRefused) {
    const auto members = committee({1, 1});
    const Bytes good = *make_quorum_certificate(digest, keys({1, 2}));
    for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
        Bytes bad = good;
        bad[bit / 8] ^= static_cast<Byte>(1U << (bit % 8));
        EXPECT_FALSE(verify_quorum_certificate(bad, digest, members).has_value()) << bit;
    }
}

TEST(QuorumCertificate, GatheredSignaturesAreSorted) {
    std::map<Address, SignatureBytes> gathered;
    for (const Byte number : Bytes{3, 1, 2}) {
        gathered[*address_of(key(number))] = encode_signature(*sign(digest, key(number)));
    }
    EXPECT_EQ(quorum_certificate_of(gathered), *make_quorum_certificate(digest, keys({1, 2, 3})));
}

}  // namespace
}  // namespace enshrine::crypto
