// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/binary.hpp>
#include <enshrine/data_availability/committee.hpp>
#include <enshrine/data_availability/committee_state.hpp>
#include <enshrine/data_availability/genesis.hpp>
#include <enshrine/hash/sha256.hpp>

#include <gtest/gtest.h>

#include <limits>

namespace enshrine::data_availability {
namespace {

static_assert(committee_size_max == 100);

CommitteeMember member(Byte number, std::uint64_t stake = 1) {
    CommitteeMember out{.stake = stake, .endpoint = "127.0.0.1:9000"};
    out.address[0] = number;
    return out;
}
std::vector<CommitteeMember> members(std::size_t count) {
    std::vector<CommitteeMember> out;
    for (std::size_t i = 1; i <= count; ++i) out.push_back(member(static_cast<Byte>(i)));
    return out;
}
void expect_refused(const std::vector<CommitteeMember>& committee, CommitteeError expected) {
    const auto valid = validate_committee(committee);
    ASSERT_FALSE(valid.has_value());
    EXPECT_TRUE(valid.error().is(expected)) << valid.error().message();
}

TEST(Committee, R1IsBoundedAndInOrder) {  // [DA-CERT.1]
    EXPECT_TRUE(validate_committee(members(1)).has_value());
    EXPECT_TRUE(validate_committee(members(100)).has_value());
    expect_refused({}, CommitteeError::empty);
    expect_refused(members(101), CommitteeError::too_many_members);
    expect_refused({member(2), member(1)}, CommitteeError::members_not_ascending);
    expect_refused({member(1), member(1)}, CommitteeError::members_not_ascending);
    expect_refused({member(1, 0)}, CommitteeError::zero_stake);
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    EXPECT_TRUE(validate_committee(std::vector{member(1, most - 1), member(2, 1)}).has_value());
    expect_refused({member(1, most), member(2, 1)}, CommitteeError::stake_overflow);
    for (const std::string& endpoint : {std::string{}, std::string(endpoint_bytes_max + 1, 'a'), std::string{"a b:1"},
                                        std::string{"a:1\n"}, std::string{"a:1\x7f"}, std::string{"\xc3\xa4:1"}}) {
        CommitteeMember bad = member(1);
        bad.endpoint = endpoint;
        expect_refused({bad}, CommitteeError::bad_endpoint);
    }
}

TEST(Committee, R2DigestCoversEveryField) {  // [DA-CERT.2]
    Publication publication;
    publication.commitment = hash::sha256(Bytes{1});
    publication.blobs = {{.name_space = hash::sha256(Bytes{2}), .size = 3},
                         {.name_space = hash::sha256(Bytes{4}), .size = 5}};
    publication.epoch = 6;
    codec::BinaryWriter by_hand;
    by_hand.fixed(as_bytes(std::string_view{"enshrine.da.v1"}));
    by_hand.u64(900);
    by_hand.u64(6);
    by_hand.fixed(publication.commitment.view());
    by_hand.u32(2);
    for (const PublishedBlob& blob : publication.blobs) {
        by_hand.fixed(blob.name_space.view());
        by_hand.u64(blob.size);
    }
    const Hash32 digest = publication_digest(900, publication);
    EXPECT_EQ(digest, hash::sha256(by_hand.bytes()));
    EXPECT_NE(digest, publication_digest(901, publication));
    const auto changed = [&](const auto& change) {
        Publication other = publication;
        change(other);
        return publication_digest(900, other);
    };
    EXPECT_NE(digest, changed([](Publication& p) { p.epoch += 1; }));
    EXPECT_NE(digest, changed([](Publication& p) { p.commitment[31] ^= 1; }));
    EXPECT_NE(digest, changed([](Publication& p) { p.blobs[0].name_space[0] ^= 1; }));
    EXPECT_NE(digest, changed([](Publication& p) { p.blobs[1].size += 1; }));
    EXPECT_NE(digest, changed([](Publication& p) { p.blobs.pop_back(); }));
    EXPECT_NE(digest, changed([](Publication& p) { std::swap(p.blobs[0], p.blobs[1]); }));
}

TEST(Committee, R4CertificateCountsStake) {  // [DA-CERT.4]
    crypto::SecretKey heavy;
    crypto::SecretKey light;
    heavy[31] = 1;
    light[31] = 2;
    std::vector<CommitteeMember> committee{member(1, 2), member(2, 1)};
    committee[0].address = *crypto::address_of(heavy);
    committee[1].address = *crypto::address_of(light);
    if (committee[1].address < committee[0].address) std::swap(committee[0], committee[1]);
    const Hash32 digest = publication_digest(900, {});
    const auto by = [&](const crypto::SecretKey& key) {
        return *crypto::make_quorum_certificate(digest, std::span{&key, 1});
    };
    EXPECT_TRUE(verify_publication_certificate(by(heavy), digest, committee).has_value());
    EXPECT_TRUE(
        verify_publication_certificate(by(light), digest, committee).error().is(crypto::QuorumError::too_little_stake));
    EXPECT_TRUE(verify_publication_certificate(by(heavy), digest, {}).error().is(CommitteeError::empty));
}

TEST(Committee, R5EpochsStayAndGraceEnds) {  // [DA-CERT.5]
    const state::MemoryView base;
    state::Overlay state{base};
    CommitteeMember odd = member(9, 7);
    odd.endpoint = "storage.example:1";
    odd.tls_key_hash = hash::sha256(Bytes{9});
    const std::vector<CommitteeMember> second{member(1), odd};
    store_committee(state, 0, members(3));
    store_committee(state, 1, second);
    EXPECT_EQ(load_committee(state, 0), members(3));
    EXPECT_EQ(load_committee(state, 1), second);
    EXPECT_FALSE(load_committee(state, 2).has_value());
    const CommitteeStatus genesis{.epoch = 0, .since = 0, .administrator = {}};
    EXPECT_EQ(certifying_epochs(genesis, 5), (std::vector<std::uint64_t>{0}));
    const CommitteeStatus replaced{.epoch = 4, .since = 10, .administrator = {}};
    EXPECT_EQ(certifying_epochs(replaced, 10), (std::vector<std::uint64_t>{4, 3}));
    EXPECT_EQ(certifying_epochs(replaced, 10 + committee_grace_blocks), (std::vector<std::uint64_t>{4, 3}));
    EXPECT_EQ(certifying_epochs(replaced, 11 + committee_grace_blocks), (std::vector<std::uint64_t>{4}));
    store_committee_status(state, replaced);
    EXPECT_EQ(load_committee_status(state), replaced);
}

TEST(DataAvailabilityGenesis, R4CommitteeAndBoundsAreChecked) {  // [CHAIN-GENESIS.4]
    const auto store = [](const GenesisConfig& config) {
        const state::MemoryView base;
        state::Overlay state{base};
        return store_genesis(state, config);
    };
    GenesisConfig good;
    good.committee = {sole_member(member(1).address)};
    EXPECT_TRUE(store(good).has_value());
    GenesisConfig none = good;
    none.committee.clear();
    EXPECT_TRUE(store(none).error().is(CommitteeError::empty));
    for (const auto& [least, most] :
         {std::pair<std::uint64_t, std::uint64_t>{0, 5}, {6, 5}, {1, retention_blocks_limit + 1}}) {
        GenesisConfig bad = good;
        bad.retention_blocks_min = least;
        bad.retention_blocks_max = most;
        EXPECT_TRUE(store(bad).error().is(GenesisError::bad_retention_bounds)) << least;
    }
    GenesisConfig widest = good;
    widest.retention_blocks_min = 1;
    widest.retention_blocks_max = retention_blocks_limit;
    EXPECT_TRUE(store(widest).has_value());
}

}  // namespace
}  // namespace enshrine::data_availability
