// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// Random actions on IProofVerifier against a model of its rules: what is accepted, who holds what, what is recorded.
#include <enshrine/proofs/interface.hpp>
#include <enshrine/proofs/key_cache.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/receipts.hpp>
#include <enshrine/proofs/records.hpp>
#include <enshrine/proofs/snark/groth16_for_test.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/system/call_for_test.hpp>

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace enshrine::proofs {
namespace {

using groth16::test::Trapdoor;

constexpr std::size_t accounts = 3;
constexpr std::size_t key_count = 2;
constexpr std::size_t statements = 3;
constexpr std::uint64_t initial = std::uint64_t{1} << 62;

Address account(std::size_t number) {
    Address out;
    out[0] = static_cast<Byte>(number + 1);
    return out;
}

/// The rules in the words of a model: no encoding, no ids.
struct ModelKey {
    std::map<std::size_t, bool> holders;  ///< account → frozen
    std::uint64_t since = 0;
    bool governance_frozen = false;
    bool governance_retired = false;

    [[nodiscard]] bool active(std::uint64_t height) const {
        const bool thawed = std::ranges::any_of(holders, [](const auto& holder) { return !holder.second; });
        return thawed && !governance_frozen && !governance_retired && height >= since + probation_blocks;
    }
};

class World {
public:
    explicit World(std::uint64_t seed) : draw_{seed}, random_{seed} {
        chain_.services.keys = &cache_;
        for (std::size_t i = 0; i < accounts; ++i) {
            ENSHRINE_ASSERT(system::credit(chain_.state, account(i), Amount{initial}).has_value());
        }
        for (std::size_t k = 0; k < key_count; ++k) {
            const Trapdoor trapdoor = Trapdoor::draw(draw_, 1);
            keys_.push_back(trapdoor.key());
            ids_.push_back(AnyKey::decode(keys_.back())->id());
            for (std::uint64_t s = 0; s < statements; ++s) {
                const std::vector<U256> inputs{U256{s}};
                proofs_.push_back(trapdoor.prove(draw_, inputs));
            }
        }
    }

    void step() {
        const std::size_t key = random_() % key_count;
        const std::size_t who = random_() % accounts;
        switch (random_() % 8) {
            case 0:
                return enroll(key, who);
            case 1:
                return retire(key, who);
            case 2:
                return freeze(key, who, true);
            case 3:
                return freeze(key, who, false);
            case 4:
                chain_.block.height += random_() % (2 * probation_blocks);
                return;
            case 5:
                return judge(key);
            default:
                return verify(key, who, random_() % statements);
        }
    }

    /// [PKEY.3] [PKEY.9] [PRCPT.5]
    void check() {
        Amount locked;
        for (std::size_t k = 0; k < key_count; ++k) {
            for (std::size_t i = 0; i < accounts; ++i) {
                const auto holder = load_holder(chain_.state, ids_[k], account(i));
                ASSERT_EQ(holder.has_value(), model_[k].holders.contains(i));
                if (!holder) continue;
                ASSERT_EQ(holder->frozen, model_[k].holders.at(i));
                locked = *checked_add(locked, holder->deposit);
            }
            const auto record = load_key_record(chain_.state, ids_[k]);
            ASSERT_EQ(status_of(record, chain_.block.height) == KeyStatus::active,
                      model_[k].active(chain_.block.height));
            ASSERT_EQ(load_key_bytes(chain_.state, ids_[k]).has_value(), !model_[k].holders.empty());
        }
        ASSERT_EQ(balance(system::proof_verifier_address), locked);
        Amount sum = locked;
        for (std::size_t i = 0; i < accounts; ++i) {
            sum = *checked_add(sum, balance(account(i)));
            ASSERT_EQ(load_receipt_list(chain_.state, source_of_account(account(i))).count, recorded_[i].size());
        }
        ASSERT_EQ(sum, Amount{U256{initial} * U256{accounts}});
    }

private:
    [[nodiscard]] Amount balance(const Address& address) const {
        return system::load_account(chain_.state, address).balance;
    }
    system::CallResult call(const Address& caller, std::string_view method, const auto&... values) {
        return chain_.call({.contract = contract(), .caller = caller, .method = method}, values...);
    }
    void enroll(std::size_t key, std::size_t who) {
        const Amount deposit{U256{keys_[key].size()} * U256{key_deposit_per_byte}};
        const auto result = chain_.call(
            {.contract = contract(), .caller = account(who), .method = "registerKey(bytes key)", .value = deposit},
            keys_[key]);
        ModelKey& model = model_[key];
        const bool allowed = !model.governance_retired && !model.holders.contains(who);
        EXPECT_EQ(result.has_value(), allowed);
        if (!allowed) return;
        if (model.holders.empty()) model.since = chain_.block.height;
        model.holders.emplace(who, false);
    }
    void retire(std::size_t key, std::size_t who) {
        const auto result = call(account(who), "retireKey(bytes32 keyId)", ids_[key]);
        EXPECT_EQ(result.has_value(), model_[key].holders.erase(who) == 1);
    }
    void freeze(std::size_t key, std::size_t who, bool frozen) {
        const auto result =
            call(account(who), frozen ? "freezeKey(bytes32 keyId)" : "unfreezeKey(bytes32 keyId)", ids_[key]);
        const auto holder = model_[key].holders.find(who);
        const bool allowed = holder != model_[key].holders.end() && holder->second != frozen;
        EXPECT_EQ(result.has_value(), allowed);
        if (allowed) holder->second = frozen;
    }
    /// Retires seldom: nothing happens to a key afterwards.
    void judge(std::size_t key) {
        ModelKey& model = model_[key];
        const bool known = load_key_record(chain_.state, ids_[key]).has_value();
        if (random_() % 40 == 0) {
            const auto result = call(system::governance_address, "retireKey(bytes32 keyId)", ids_[key]);
            EXPECT_EQ(result.has_value(), known && !model.governance_retired);
            if (result) model.governance_retired = true;
            return;
        }
        const bool frozen = random_() % 2 == 0;
        const auto result = call(system::governance_address,
                                 frozen ? "freezeKey(bytes32 keyId)" : "unfreezeKey(bytes32 keyId)", ids_[key]);
        EXPECT_EQ(result.has_value(), known && !model.governance_retired && model.governance_frozen != frozen);
        if (result) model.governance_frozen = frozen;
    }
    void verify(std::size_t key, std::size_t who, std::size_t statement) {
        const std::vector<Hash32> inputs{U256{statement}.to_be()};
        const bool forged = random_() % 4 == 0;
        Bytes proof = proofs_[key * statements + statement];
        if (forged) proof[random_() % proof.size()] ^= 1;
        const auto result =
            call(account(who), "verify(bytes32 keyId, uint256[] inputs, bytes proof)", ids_[key], inputs, proof);
        const std::pair mark{key, statement};
        const bool allowed = !forged && model_[key].active(chain_.block.height) && !recorded_[who].contains(mark);
        EXPECT_EQ(result.has_value(), allowed);
        if (!result) return;
        EXPECT_EQ(system::answer_word(result, 1), U256{recorded_[who].size()});
        recorded_[who].insert(mark);
    }

    system::TestChain chain_;
    KeyCache cache_;
    algebra::bn254::Draw draw_;
    std::mt19937_64 random_;
    std::vector<Bytes> keys_;
    std::vector<Hash32> ids_;
    std::vector<Bytes> proofs_;  ///< by key and statement
    std::array<ModelKey, key_count> model_;
    std::array<std::set<std::pair<std::size_t, std::size_t>>, accounts> recorded_;
};

// [PKEY.3] [PKEY.6] [PKEY.7] [PKEY.8] [PKEY.9] [PKEY.10] [PRCPT.5]
TEST(RegistryProperty, RandomActionsKeepTheRules) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        World world{seed};
        for (int i = 0; i < 120; ++i) {
            world.step();
            ASSERT_NO_FATAL_FAILURE(world.check());
        }
    }
}

}  // namespace
}  // namespace enshrine::proofs
