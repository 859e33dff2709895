// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/lane_operations_code.hpp>
#include <enshrine/algebra/bn254/random_for_test.hpp>

#include <gtest/gtest.h>

#include <cstdlib>

namespace enshrine::algebra::bn254 {
namespace {

using Operands = std::array<LaneFp, operands_max>;
using Results = std::array<LaneFp, results_max>;

void apply_one_by_one(LaneOperation operation, const Operands& operands, Results& results) {
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
        std::array<Fp, operands_max> in;
        for (std::size_t i = 0; i < operands_max; ++i) in[i] = operands[i][lane];
        std::array<Fp, results_max> out{};
        const auto one_if_zero = [](const Fp& a) { return a.is_zero() ? Fp::one() : Fp::zero(); };
        apply_operation(operation, in.data(), out.data(), one_if_zero);
        for (std::size_t i = 0; i < results_max; ++i) results[i][lane] = out[i];
    }
}

/// Elements drawn at random, and every other time from those at which carries go wrong.
class OperandsDraw {
public:
    explicit OperandsDraw(std::uint64_t seed) : draw_{seed}, edges_{edge_elements<Fp>()} {
        // Limbs of 52 bits that are all ones, and words of Montgomery form just below the modulus.
        constexpr std::uint64_t ones = ~std::uint64_t{0};
        for (const Limbs& words : {Limbs{ones >> 12, 0, 0, 0}, Limbs{ones << 52, ones >> 24, 0, 0},
                                   Limbs{ones, ones, ones, 0x30644e72e131a028}, Limbs{0, 0, 0, 0x3064000000000000}}) {
            edges_.push_back(Fp::from_montgomery(words));
        }
        Limbs below = Fp::modulus;
        for (int i = 0; i < 3; ++i) {
            below[0] -= 1;
            edges_.push_back(Fp::from_montgomery(below));
        }
    }
    [[nodiscard]] Operands next() {
        Operands out;
        const std::uint64_t edges = draw_.word() % 4;  // of four
        for (LaneFp& lanes : out) {
            for (Fp& element : lanes) {
                element = draw_.word() % 4 < edges ? edges_[draw_.word() % edges_.size()] : draw_.fp();
            }
        }
        return out;
    }

private:
    Draw draw_;
    std::vector<Fp> edges_;
};

void compare(std::uint64_t seed, std::size_t inputs) {
    const LaneApply apply = lane_apply();
    if (apply == nullptr) GTEST_SKIP() << "this processor has no AVX-512 IFMA: there is one code only";
    OperandsDraw draw{seed};
    for (std::size_t done = 0; done < inputs; done += lane_count) {
        const Operands operands = draw.next();
        for (std::size_t i = 0; i < lane_operations; ++i) {
            const auto operation = static_cast<LaneOperation>(i);
            Results in_lanes;
            apply(operation, operands.data(), in_lanes.data());
            Results one_by_one;
            apply_one_by_one(operation, operands, one_by_one);
            ASSERT_EQ(in_lanes, one_by_one) << "operation " << i << ", seed " << seed << ", input " << done;
        }
    }
}

TEST(Bn254LaneOperations, TenThousandInputsOfEach) {
    compare(51, 10'000);
}

TEST(Bn254LaneOperationsSlow, AMillionInputsOfEachInACampaign) {
    if (std::getenv("ENSHRINE_CAMPAIGN") == nullptr) GTEST_SKIP() << "ENSHRINE_CAMPAIGN is not set";
    compare(52, 1'000'000);
}

}  // namespace
}  // namespace enshrine::algebra::bn254
