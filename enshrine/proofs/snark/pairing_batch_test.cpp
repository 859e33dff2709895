// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/random_for_test.hpp>
#include <enshrine/proofs/snark/kzg.hpp>

#include <gtest/gtest.h>

namespace enshrine::proofs {

namespace bn254 = algebra::bn254;

namespace {

using bn254::Draw;
using bn254::Fr;
using bn254::G1Affine;

/// A reference string whose x is known, so that claims can be made.
struct Ceremony {
    Fr x;
    KzgSrs<Bn254> srs;

    explicit Ceremony(Draw& draw) : x{draw.fr()}, srs{bn254::multiply(bn254::g2_generator, x).affine()} {}

    /// p = a, q = ax + error, in multiples of the generator.
    [[nodiscard]] KzgClaim<Bn254> claim(const Fr& a, const Fr& error = Fr::zero()) const {
        return {times(a), times(a * x + error)};
    }
    [[nodiscard]] static G1Affine times(const Fr& scalar) {
        return bn254::multiply(bn254::g1_generator, scalar).affine();
    }
};

Hash32 seed(std::uint8_t number) {
    Hash32 out;
    out[0] = number;
    return out;
}

// [PROOF-BATCH.1]
TEST(PairingBatch, R1KzgClaimsOnTwoReferenceStrings) {
    Draw draw{71};
    const Ceremony first{draw};
    const Ceremony second{draw};
    for (const std::size_t count : {2U, 5U, 16U}) {
        for (std::size_t bad = 0; bad <= count; ++bad) {
            PairingBatch<Bn254> batch{seed(static_cast<std::uint8_t>(bad))};
            const std::size_t forms[] = {batch.add_form(kzg_form<Bn254>(first.srs)),
                                         batch.add_form(kzg_form<Bn254>(second.srs))};
            for (std::size_t i = 0; i < count; ++i) {
                const Ceremony& setup = i % 3 == 0 ? second : first;
                const KzgClaim<Bn254> claim = setup.claim(draw.fr(), i == bad ? Fr::one() : Fr::zero());
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
TEST(PairingBatch, R2ErrorsThatCancelForEqualWeights) {
    Draw draw{72};
    const Ceremony setup{draw};
    const Fr error = draw.fr();
    for (std::uint8_t number = 0; number < 20; ++number) {
        PairingBatch<Bn254> batch{seed(number)};
        const std::size_t form = batch.add_form(kzg_form<Bn254>(setup.srs));
        batch.add(form, kzg_equation(setup.claim(draw.fr(), error)));
        batch.add(form, kzg_equation(setup.claim(draw.fr())));
        batch.add(form, kzg_equation(setup.claim(draw.fr(), -error)));
        const auto held = batch.held();
        EXPECT_FALSE(held[0]);
        EXPECT_FALSE(held[2]);
    }
}

TEST(PairingBatch, SumsHoldExactlyWhenTheirClaimDoes) {
    Draw draw{73};
    const Ceremony setup{draw};
    const Fr known[] = {draw.fr(), draw.fr(), draw.fr()};
    std::vector<G1Affine> shared;
    for (const Fr& scalar : known) shared.push_back(Ceremony::times(scalar));
    for (const bool right : {true, false}) {
        PairingBatch<Bn254> batch{seed(right ? 1 : 0)};
        const std::size_t form = batch.add_form(kzg_form<Bn254>(setup.srs, shared));
        for (int i = 0; i < 9; ++i) {
            // p = a + 2b; q = c d + Σ factor known with d such that q = x p.
            const Fr a = draw.fr();
            const Fr b = draw.fr();
            KzgSums<Bn254> sums;
            sums.p.add(Ceremony::times(a), Fr::one());
            sums.p.add(Ceremony::times(b), Fr::from(2));
            Fr rest = setup.x * (a + b.twice());
            for (const Fr& scalar : known) {
                sums.shared.push_back(draw.fr());
                rest = rest - sums.shared.back() * scalar;
            }
            const Fr c = draw.fr();
            sums.q.add(Ceremony::times(c), rest * c.inverse() + (right || i != 4 ? Fr::zero() : Fr::one()));
            EXPECT_EQ(setup.srs.holds(sums.claim(shared)), right || i != 4);
            batch.add(form, kzg_equation(sums));
        }
        const auto held = batch.held();
        EXPECT_EQ(held[4], right);
        EXPECT_EQ(std::ranges::count(held, true), right ? 9 : 7) << "two of a group of three are left to others";
    }
}

TEST(PairingBatch, InfinityIsAPointLikeOthers) {
    Draw draw{74};
    const Ceremony setup{draw};
    PairingBatch<Bn254> batch{seed(1)};
    const std::size_t form = batch.add_form(kzg_form<Bn254>(setup.srs));
    for (int i = 0; i < 4; ++i) batch.add(form, kzg_equation(setup.claim(Fr::zero())));
    Equation<Bn254> trivial;
    trivial.variable.push_back({G1Affine::infinity(), bn254::g2_generator});
    batch.add(form, trivial);
    EXPECT_EQ(batch.held(), std::vector<bool>(5, true));
    EXPECT_TRUE(PairingBatch<Bn254>{seed(2)}.held().empty());
}

}  // namespace
}  // namespace enshrine::proofs
