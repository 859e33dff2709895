// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/batch_pool_for_test.hpp>

#include <algorithm>
#include <functional>

namespace enshrine::proofs {
namespace {

using test::Draw;
using test::Pool;

bool same_verdict(const Result<void>& a, const Result<void>& b) {
    if (a.has_value() != b.has_value()) return false;
    return a.has_value() || (a.error().domain() == b.error().domain() && a.error().message() == b.error().message());
}

Hash32 seed_of(std::uint64_t number) {
    FixedBytes<8> bytes;
    store_be(bytes.data(), number);
    return hash::sha256(bytes.view());
}

const Pool& pool() {
    static const Pool one;
    return one;
}

void expect_single_verdicts(std::span<const Pool::Known* const> chosen, const Hash32& seed) {
    std::vector<BatchEntry> entries;
    for (const auto* known : chosen) entries.push_back(known->entry());
    const auto verdicts = verify_batch(entries, seed);
    ASSERT_EQ(verdicts.size(), chosen.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        EXPECT_TRUE(same_verdict(verdicts[i], chosen[i]->verdict)) << i << " of " << chosen.size();
    }
}

/// Entries on both curves, and on BLS12-381 alone.
std::array<const Pool::Choice*, 2> choices() {
    return {&pool().on_both(), &pool().on_bls12_381()};
}

std::vector<const Pool::Known*> good_entries(const Pool::Choice& choice, std::size_t count, std::size_t from = 0) {
    std::vector<const Pool::Known*> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(&choice.good(from + 3 * i));
    return out;
}

/// Whether all equations of an entry hold, each beside itself: a batch of one would leave it to others.
template <class C>
bool equations_hold(const std::vector<EquationForm<C>>& forms, const std::vector<Equation<C>>& equations) {
    PairingBatch<C> batch{seed_of(0)};
    for (std::size_t i = 0; i < forms.size(); ++i) {
        const std::size_t form = batch.add_form(forms[i]);
        batch.add(form, equations[i]);
        batch.add(form, equations[i]);
    }
    const auto held = batch.held();
    return std::ranges::all_of(held, std::identity{});
}
bool equations_hold(const Pool::Known& known) {
    const auto of_key = [&](const auto* key) {
        const auto equations = key->equations(known.inputs, known.proof);
        if (!equations) return false;
        const EquationForms forms = key->equation_forms();
        const auto on_curve = [&]<class C>(const std::vector<Equation<C>>& found) {
            return equations_hold(std::get<std::vector<EquationForm<C>>>(forms), found);
        };
        return std::visit(on_curve, *equations);
    };
    return std::visit(of_key, known.key);
}

// [PROOF-BATCH.1] Single verification does not stand in for a batch here.
TEST(ProofBatch, R1EquationsSayWhatVerificationSays) {
    for (std::size_t i = 0; i < pool().on_both().good_count(); ++i) {
        EXPECT_TRUE(equations_hold(pool().on_both().good(i))) << i;
    }
    for (std::size_t i = 0; i < pool().on_both().bad_count(); ++i) {
        EXPECT_FALSE(equations_hold(pool().on_both().bad(i))) << i;
    }
}

// [PROOF-BATCH.1]
TEST(ProofBatch, R1GoodBatchesOfEverySize) {
    for (const auto* choice : choices()) {
        for (std::size_t count = 0; count <= 20; ++count) {
            expect_single_verdicts(good_entries(*choice, count), seed_of(count));
        }
    }
}

// [PROOF-BATCH.1] [PROOF-BATCH.4]
TEST(ProofBatch, R1OneBadAtEachPosition) {
    for (const auto* choice : choices()) {
        for (const std::size_t count : {1U, 2U, 3U, 4U, 7U, 8U, 9U, 16U}) {
            for (std::size_t at = 0; at < count; ++at) {
                auto chosen = good_entries(*choice, count, at);
                chosen[at] = &choice->bad(at + count);
                expect_single_verdicts(chosen, seed_of(at));
            }
        }
    }
}

// [PROOF-BATCH.1]
TEST(ProofBatch, R1EveryWayToBeWrong) {
    for (const auto* choice : choices()) {
        for (std::size_t i = 0; i < choice->bad_count(); ++i) {
            auto chosen = good_entries(*choice, 3, i);
            chosen.push_back(&choice->bad(i));
            expect_single_verdicts(chosen, seed_of(i));
        }
    }
}

// [PROOF-BATCH.2]
TEST(ProofBatch, R2ErrorsThatCancelForEqualWeights) {
    for (const auto* choice : choices()) {
        for (std::size_t i = 0; i < 4; ++i) {
            const auto [first, second] = choice->cancelling(i);
            expect_single_verdicts(std::array{first, second}, seed_of(i));
            for (const std::size_t distance : {1U, 3U, 8U}) {
                auto chosen = good_entries(*choice, 12, i);
                chosen[1] = first;
                chosen[1 + distance] = second;
                expect_single_verdicts(chosen, seed_of(i));
            }
        }
    }
}

// [PROOF-BATCH.1] [PROOF-BATCH.5]
TEST(ProofBatch, R5AllBadAndDuplicates) {
    for (const auto* choice : choices()) {
        std::vector<const Pool::Known*> bad;
        for (std::size_t i = 0; i < 24; ++i) bad.push_back(&choice->bad(2 * i));
        expect_single_verdicts(bad, seed_of(1));
        const std::vector<const Pool::Known*> same_good(19, &choice->good(1));
        expect_single_verdicts(same_good, seed_of(2));
        const std::vector<const Pool::Known*> same_bad(11, choice->cancelling(0).first);
        expect_single_verdicts(same_bad, seed_of(3));
    }
}

// [PROOF-BATCH.3]
TEST(ProofBatch, R3SeedDependsOnEveryPart) {
    std::vector<BatchEntry> entries;
    const auto& choice = pool().on_both();
    for (const auto* known : good_entries(choice, 3)) entries.push_back(known->entry());
    const Hash32 seed = batch_seed(entries);
    EXPECT_EQ(seed, batch_seed(entries));
    auto other = entries;
    std::swap(other[0], other[1]);
    EXPECT_NE(seed, batch_seed(other));
    other = entries;
    other[2].proof = other[2].proof.first(other[2].proof.size() - 1);
    EXPECT_NE(seed, batch_seed(other));
    other = entries;
    other[0].key = choice.good(20).key;
    EXPECT_NE(seed, batch_seed(other));
    other = entries;
    other[0].inputs = choice.good(1).inputs;
    EXPECT_NE(seed, batch_seed(other));
    EXPECT_NE(seed, batch_seed({}));
    for (const auto& verdict : verify_batch(entries, seed)) EXPECT_TRUE(verdict.has_value());
}

void random_batches(std::uint64_t from, std::uint64_t to) {
    for (std::uint64_t number = from; number < to; ++number) {
        Draw draw{number};
        const auto& choice = *choices()[number % 4 == 0 ? 1 : 0];
        const std::size_t count = draw.word() % 13;
        auto chosen = good_entries(choice, count, draw.word() % 128);
        const std::size_t bad_count = draw.word() % 3;
        for (std::size_t i = 0; i < bad_count && !chosen.empty(); ++i) {
            chosen[draw.word() % chosen.size()] = &choice.bad(draw.word());
        }
        if (draw.word() % 4 == 0) {
            const auto [first, second] = choice.cancelling(draw.word());
            chosen.push_back(first);
            chosen.insert(chosen.begin(), second);
        }
        if (draw.word() % 4 == 0 && !chosen.empty()) chosen.push_back(chosen[draw.word() % chosen.size()]);
        expect_single_verdicts(chosen, seed_of(number));
        ASSERT_FALSE(testing::Test::HasFailure()) << "batch " << number;
    }
}

// [PROOF-BATCH.1]
TEST(ProofBatch, R1RandomCorruptedBatches) {
    random_batches(0, 100);
}
// [PROOF-BATCH.1]
TEST(ProofBatchSlow, R1TenThousandRandomCorruptedBatches) {
    random_batches(100, 10'000);
}

}  // namespace
}  // namespace enshrine::proofs
