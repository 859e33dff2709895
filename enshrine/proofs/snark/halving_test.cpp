// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/halving.hpp>

#include <gtest/gtest.h>

#include <cstdint>

namespace enshrine::proofs {
namespace {

/// Sums of errors in place of products: a member is right exactly when its error is zero.
struct Model {
    using Value = std::uint64_t;

    std::vector<Value> errors;
    std::size_t work_of_member = 0;
    std::size_t work_of_product = 0;
    mutable std::size_t work_taken = 0;

    [[nodiscard]] Value product(std::span<const std::size_t> members) const {
        Value out = 0;
        for (const std::size_t i : members) out += errors[i];
        work_taken += product_work(members);
        return out;
    }
    [[nodiscard]] std::size_t product_work(std::span<const std::size_t> members) const {
        return work_of_product + members.size() * work_of_member;
    }
    [[nodiscard]] static bool is_one(Value value) { return value == 0; }
    [[nodiscard]] static Value quotient(Value whole, Value part) { return whole - part; }
};

std::vector<bool> held(const Model& model, std::size_t work) {
    std::vector<bool> out(model.errors.size());
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < out.size(); ++i) members.push_back(i);
    const auto all = model.product(members);
    model.work_taken = 0;
    hold_by_halving(model, members, all, work, out);
    return out;
}

/// Errors of which no sum is zero: powers of two.
Model model_of(std::size_t count, std::uint64_t wrong) {
    Model out{.work_of_member = 3, .work_of_product = 5};
    for (std::size_t i = 0; i < count; ++i) out.errors.push_back(((wrong >> i) & 1) << i);
    return out;
}

// [PROOF-BATCH.5] Every set of wrong members, with every bound.
TEST(Halving, R5NothingWrongIsHeldAndTheWorkIsBounded) {
    for (std::size_t count = 1; count <= 9; ++count) {
        for (std::uint64_t wrong = 0; wrong < std::uint64_t{1} << count; ++wrong) {
            for (std::size_t work = 0; work <= 5 * (5 + 3 * count); work += 7) {
                const Model model = model_of(count, wrong);
                const auto out = held(model, work);
                ASSERT_LE(model.work_taken, work);
                for (std::size_t i = 0; i < count; ++i) {
                    ASSERT_FALSE(out[i] && model.errors[i] != 0) << count << " " << wrong << " " << work;
                    ASSERT_TRUE(wrong != 0 || out[i]);
                }
            }
        }
    }
}

// [PROOF-BATCH.5] With work enough, who is left over shares a group of three or fewer with somebody wrong.
TEST(Halving, R5GroupsOfThreeAreNotHalved) {
    for (const std::size_t count : {1U, 3U, 4U, 7U, 16U, 61U}) {
        for (std::size_t wrong = 0; wrong < count; ++wrong) {
            const auto out = held(model_of(count, std::uint64_t{1} << wrong), 1'000'000);
            const auto left = static_cast<std::size_t>(std::ranges::count(out, false));
            EXPECT_FALSE(out[wrong]);
            EXPECT_LE(left, batch_alone_max);
            EXPECT_TRUE(left >= 2 || count == 1) << "groups of four have halves of two";
        }
    }
}

// [PROOF-BATCH.5] One product tells both halves of a group.
TEST(Halving, R5OneHalfTakesNoProduct) {
    const Model model = model_of(8, 0x80);
    const auto out = held(model, 1'000'000);
    EXPECT_EQ(model.work_taken, (5 + 3 * 4) + (5 + 3 * 2U)) << "of the members 0 to 3 and of 4 and 5";
    EXPECT_EQ(std::ranges::count(out, false), 2);
    EXPECT_TRUE(held(model, 16) == std::vector<bool>(8)) << "the first takes 17";
}

}  // namespace
}  // namespace enshrine::proofs
