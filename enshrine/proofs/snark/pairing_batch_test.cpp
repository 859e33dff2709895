// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/kzg.hpp>
#include <enshrine/proofs/snark/kzg_for_test.hpp>
#include <enshrine/proofs/snark/pairing_backend.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace enshrine::proofs {
namespace {

using test::Draw;
using test::draw_scalar;
using test::g1_times;

/// A reference string whose x is known, so that claims can be made.
template <class C>
struct Ceremony {
    using Fr = typename C::Fr;

    Fr x;
    KzgSrs<C> srs;

    explicit Ceremony(Draw& draw) : x{draw_scalar<C>(draw)}, srs{test::g2_times(x)} {}

    /// p = a, q = ax + error, in multiples of the generator.
    [[nodiscard]] KzgClaim<C> claim(const Fr& a, const Fr& error = Fr::zero()) const {
        return {g1_times<C>(a), g1_times<C>(a * x + error)};
    }
};

Hash32 seed(std::uint8_t number) {
    Hash32 out;
    out[0] = number;
    return out;
}

template <class C>
class OnPairingBatch : public testing::Test {};
using Curves = testing::Types<Bn254, Bls12381>;
TYPED_TEST_SUITE(OnPairingBatch, Curves);

// [PROOF-BATCH.1]
TYPED_TEST(OnPairingBatch, R1KzgClaimsOnTwoReferenceStrings) {
    using C = TypeParam;
    using Fr = typename C::Fr;
    Draw draw{71};
    const Ceremony<C> first{draw};
    const Ceremony<C> second{draw};
    for (const std::size_t count : {2U, 5U, 16U}) {
        for (std::size_t bad = 0; bad <= count; ++bad) {
            PairingBatch<C> batch{seed(static_cast<std::uint8_t>(bad))};
            const std::size_t forms[] = {batch.add_form(kzg_form(first.srs)), batch.add_form(kzg_form(second.srs))};
            for (std::size_t i = 0; i < count; ++i) {
                const Ceremony<C>& setup = i % 3 == 0 ? second : first;
                const KzgClaim<C> claim = setup.claim(draw_scalar<C>(draw), i == bad ? Fr::one() : Fr::zero());
                EXPECT_EQ(setup.srs.holds(claim), i != bad);
                batch.add(forms[i % 3 == 0 ? 1 : 0], kzg_equation(claim));
            }
            const auto held = batch.held();
            ASSERT_EQ(held.size(), count);
            for (std::size_t i = 0; i < count; ++i) {
                EXPECT_TRUE(i != bad || !held[i]);
            }
            EXPECT_TRUE(bad != count || std::ranges::count(held, true) == static_cast<std::ptrdiff_t>(count));
        }
    }
}

// [PROOF-BATCH.2]
TYPED_TEST(OnPairingBatch, R2ErrorsThatCancelForEqualWeights) {
    using C = TypeParam;
    Draw draw{72};
    const Ceremony<C> setup{draw};
    const auto error = draw_scalar<C>(draw);
    for (std::uint8_t number = 0; number < 20; ++number) {
        PairingBatch<C> batch{seed(number)};
        const std::size_t form = batch.add_form(kzg_form(setup.srs));
        batch.add(form, kzg_equation(setup.claim(draw_scalar<C>(draw), error)));
        batch.add(form, kzg_equation(setup.claim(draw_scalar<C>(draw))));
        batch.add(form, kzg_equation(setup.claim(draw_scalar<C>(draw), -error)));
        const auto held = batch.held();
        EXPECT_FALSE(held[0]);
        EXPECT_FALSE(held[2]);
    }
}

TYPED_TEST(OnPairingBatch, SumsHoldExactlyWhenTheirClaimDoes) {
    using C = TypeParam;
    using Fr = typename C::Fr;
    Draw draw{73};
    const Ceremony<C> setup{draw};
    const Fr known[] = {draw_scalar<C>(draw), draw_scalar<C>(draw), draw_scalar<C>(draw)};
    std::vector<typename C::G1> shared;
    for (const Fr& scalar : known) shared.push_back(g1_times<C>(scalar));
    for (const bool right : {true, false}) {
        PairingBatch<C> batch{seed(right ? 1 : 0)};
        const std::size_t form = batch.add_form(kzg_form(setup.srs, shared));
        for (int i = 0; i < 9; ++i) {
            // p = a + 2b; q = c d + Σ factor known with d such that q = x p.
            const Fr a = draw_scalar<C>(draw);
            const Fr b = draw_scalar<C>(draw);
            KzgSums<C> sums;
            sums.p.add(g1_times<C>(a), Fr::one());
            sums.p.add(g1_times<C>(b), Fr::from(2));
            Fr rest = setup.x * (a + b + b);
            for (const Fr& scalar : known) {
                sums.shared.push_back(draw_scalar<C>(draw));
                rest = rest - sums.shared.back() * scalar;
            }
            const Fr c = draw_scalar<C>(draw);
            sums.q.add(g1_times<C>(c), rest * c.inverse() + (right || i != 4 ? Fr::zero() : Fr::one()));
            EXPECT_EQ(setup.srs.holds(sums.claim(shared)), right || i != 4);
            batch.add(form, kzg_equation(sums));
        }
        const auto held = batch.held();
        EXPECT_EQ(held[4], right);
        EXPECT_EQ(std::ranges::count(held, true), right ? 9 : 7) << "two of a group of three are left to others";
    }
}

TYPED_TEST(OnPairingBatch, InfinityIsAPointLikeOthers) {
    using C = TypeParam;
    Draw draw{74};
    const Ceremony<C> setup{draw};
    PairingBatch<C> batch{seed(1)};
    const std::size_t form = batch.add_form(kzg_form(setup.srs));
    for (int i = 0; i < 4; ++i) batch.add(form, kzg_equation(setup.claim(C::Fr::zero())));
    Equation<C> trivial;
    trivial.variable.push_back({g1_times<C>(C::Fr::zero()), C::g2_generator()});
    batch.add(form, trivial);
    EXPECT_EQ(batch.held(), std::vector<bool>(5, true));
    EXPECT_TRUE(PairingBatch<C>{seed(2)}.held().empty());
}

// [PROOF-BATCH.2] a + bλ, with the λ of the curve.
TYPED_TEST(OnPairingBatch, R2Weights) {
    using C = TypeParam;
    constexpr std::uint64_t ones = ~std::uint64_t{0};
    const auto weight = PairingBackend<C>::weight;
    EXPECT_TRUE(weight(0, 0).is_zero());
    EXPECT_EQ(weight(5, 0), C::Fr::from(5));
    EXPECT_EQ(weight(5, 7), C::Fr::from(5) + C::Fr::from(7) * weight(0, 1));
    EXPECT_EQ(weight(ones, ones), C::Fr::from(ones) * (C::Fr::one() + weight(0, 1)));
    const auto factor = weight(0, 1);
    if (C::id == Curve::bn254) {
        EXPECT_TRUE((factor * factor + factor + C::Fr::one()).is_zero());
    } else {
        EXPECT_EQ(factor.to_u256(), (U256{0, 0, 1, 0}));
    }
}

}  // namespace
}  // namespace enshrine::proofs
