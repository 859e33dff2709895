// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/committee_state.hpp>
#include <enshrine/data_availability/errors.hpp>
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/data_availability/publication_for_test.hpp>

#include <gtest/gtest.h>

namespace enshrine::data_availability {
namespace {

using system::refusal_word;
using system::refused_with;

constexpr std::string_view set_committee =
    "setCommittee(address[] members, uint64[] stakes, bytes32[] tlsKeyHashes, string endpoints)";
constexpr std::string_view set_administrator = "setAdministrator(address administrator)";
constexpr std::string_view claim = "claimNamespace(bytes32 namespace)";
constexpr std::string_view set_retention = "setRetention(bytes32 namespace, uint64 blocks)";

Hash32 address_word(Byte number) {
    Hash32 out;
    out[12] = number;
    return out;
}

TEST(SetCommittee, R1IsForTheAdministratorAndValid) {  // [DA-CERT.1]
    PublicationChain chain;
    const std::vector<Hash32> members{address_word(1), address_word(2)};
    const std::vector<Hash32> stakes{U256{3}.to_be(), U256{4}.to_be()};
    const std::vector<Hash32> keys{Hash32{}, address_word(9)};
    const auto set = [&](std::string_view endpoints) {
        return chain.as(chain.administrator, set_committee, members, stakes, keys, endpoints);
    };
    EXPECT_TRUE(
        refused_with(chain.as(chain.publisher, set_committee, members, stakes, keys, std::string_view{"a:1\nb:2"}),
                     errors::not_administrator));
    EXPECT_TRUE(refused_with(set("a:1"), errors::wrong_length));
    EXPECT_TRUE(refused_with(set("a:1\nb:2\nc:3"), errors::wrong_length));
    EXPECT_TRUE(refused_with(set("a:1\n\n"), errors::bad_committee));  // the second endpoint is empty
    EXPECT_TRUE(refused_with(set("a:1\nb b:2"), errors::bad_committee));
    EXPECT_TRUE(refused_with(chain.as(chain.administrator, set_committee, members, std::vector<Hash32>(3), keys,
                                      std::string_view{"a:1\nb:2"}),
                             errors::wrong_length));
    EXPECT_TRUE(refused_with(chain.as(chain.administrator, set_committee, std::vector<Hash32>(101), stakes, keys,
                                      std::string_view{"a:1\nb:2"}),
                             errors::bad_committee));
    EXPECT_EQ(load_committee_status(chain.state).epoch, 0U);
    ASSERT_TRUE(set("a:1\nb:2").has_value());
    const auto stored = load_committee(chain.state, 1);
    ASSERT_TRUE(stored.has_value());
    ASSERT_EQ(stored->size(), 2U);
    EXPECT_EQ((*stored)[1].address[0], 2);
    EXPECT_EQ((*stored)[1].stake, 4U);
    EXPECT_EQ((*stored)[1].endpoint, "b:2");
    EXPECT_EQ((*stored)[1].tls_key_hash, address_word(9));
    EXPECT_EQ(load_committee_status(chain.state).since, chain.block.height);
    EXPECT_EQ(load_committee(chain.state, 0)->size(), 1U);
}

TEST(SetCommittee, R1TheAdministratorNamesAnother) {  // [DA-CERT.1]
    PublicationChain chain;
    EXPECT_TRUE(refused_with(chain.as(chain.publisher, set_administrator, chain.publisher), errors::not_administrator));
    ASSERT_TRUE(chain.as(chain.administrator, set_administrator, chain.publisher).has_value());
    EXPECT_EQ(load_committee_status(chain.state).administrator, chain.publisher);
    EXPECT_TRUE(
        refused_with(chain.as(chain.administrator, set_administrator, chain.publisher), errors::not_administrator));
}

TEST(Namespace, R1RetentionIsTheLeastUntilItIsSet) {  // [DA-RET.1]
    PublicationChain chain;
    EXPECT_EQ(retention_of(chain.state, open_namespace(1)), 100U);
    ASSERT_TRUE(chain.as(chain.publisher, claim, open_namespace(1)).has_value());
    EXPECT_EQ(retention_of(chain.state, open_namespace(1)), 100U);
    ASSERT_TRUE(chain.as(chain.publisher, set_retention, open_namespace(1), std::uint64_t{300}).has_value());
    EXPECT_EQ(retention_of(chain.state, open_namespace(1)), 300U);
}

TEST(Namespace, R2TheFirstClaimCounts) {  // [DA-RET.2]
    PublicationChain chain;
    ASSERT_TRUE(chain.as(chain.publisher, claim, open_namespace(1)).has_value());
    const auto taken = chain.as(chain.administrator, claim, open_namespace(1));
    EXPECT_TRUE(refused_with(taken, errors::namespace_taken));
    EXPECT_EQ(load_namespace(chain.state, open_namespace(1)).owner, chain.publisher);
    EXPECT_TRUE(refused_with(chain.as(chain.publisher, claim, namespace_of_rollup(901)), errors::namespace_reserved));
    EXPECT_TRUE(refused_with(chain.as(chain.publisher, claim, Hash32{}), errors::namespace_reserved));
    register_rollup_namespace(chain.state, {.rollup = 901, .owner = chain.publisher, .challenge_window_blocks = 0});
    EXPECT_TRUE(chain.as(chain.publisher, set_retention, namespace_of_rollup(901), std::uint64_t{200}).has_value());
}

TEST(Namespace, R3OnlyTheOwnerSetsItAndWithinBounds) {  // [DA-RET.3]
    PublicationChain chain;
    const Hash32 name_space = open_namespace(1);
    const auto set = [&](const Address& caller, std::uint64_t blocks) {
        return chain.as(caller, set_retention, name_space, blocks);
    };
    EXPECT_TRUE(refused_with(set(chain.publisher, 200), errors::not_namespace_owner));
    EXPECT_TRUE(
        refused_with(set(Address{}, 200), errors::not_namespace_owner));  // nobody owns it, not the zero address
    ASSERT_TRUE(chain.as(chain.publisher, claim, name_space).has_value());
    EXPECT_TRUE(refused_with(set(chain.administrator, 200), errors::not_namespace_owner));
    EXPECT_TRUE(refused_with(set(chain.publisher, 99), errors::retention_out_of_range));
    const auto refused = set(chain.publisher, 1'001);
    EXPECT_TRUE(refused_with(refused, errors::retention_out_of_range));
    EXPECT_EQ(refusal_word(refused, 0), U256{100});
    EXPECT_EQ(refusal_word(refused, 1), U256{1'000});
    EXPECT_TRUE(set(chain.publisher, 100).has_value());
    EXPECT_TRUE(set(chain.publisher, 1'000).has_value());
}

TEST(Namespace, R5AChallengeWindowIsTheFloor) {  // [DA-RET.5]
    PublicationChain chain;
    const Hash32 name_space = namespace_of_rollup(901);
    register_rollup_namespace(chain.state, {.rollup = 901, .owner = chain.publisher, .challenge_window_blocks = 400});
    EXPECT_EQ(retention_of(chain.state, name_space), 400U);
    const auto refused = chain.as(chain.publisher, set_retention, name_space, std::uint64_t{399});
    EXPECT_TRUE(refused_with(refused, errors::retention_out_of_range));
    EXPECT_EQ(refusal_word(refused, 0), U256{400});
    ASSERT_TRUE(chain.publish(publication_of({{.name_space = name_space, .size = 5}})).has_value());
    EXPECT_EQ(load_publication(chain.state, publication_of({}).commitment)->expires_at, chain.block.height + 400);
    // A window beyond what genesis allows is still kept.
    register_rollup_namespace(chain.state, {.rollup = 902, .owner = chain.publisher, .challenge_window_blocks = 5'000});
    EXPECT_EQ(retention_of(chain.state, namespace_of_rollup(902)), 5'000U);
}

}  // namespace
}  // namespace enshrine::data_availability
