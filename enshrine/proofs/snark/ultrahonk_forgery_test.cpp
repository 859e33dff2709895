// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/ultrahonk_for_test.hpp>
#include <enshrine/proofs/verify.hpp>

#include <gtest/gtest.h>

/// Why no key of bb 3.0 with zero-knowledge proofs is registered [HONK.20]: a proof of 1 = 0, made of what anybody has.
/// Polynomials are known by their coefficients; x is used to commit to them alone, which the reference string allows.
namespace enshrine::proofs::ultrahonk::test {
namespace {

using Poly = std::vector<Fr>;  // lowest coefficient first; also the values of a column, row by row

Fr at(const Poly& f, const Fr& x) {
    Fr out;
    for (std::size_t i = f.size(); i-- > 0;) out = out * x + f[i];
    return out;
}
void add(Poly& to, const Poly& f, const Fr& factor) {
    if (to.size() < f.size()) to.resize(f.size());
    for (std::size_t i = 0; i < f.size(); ++i) to[i] = to[i] + f[i] * factor;
}
Poly times(const Poly& a, const Poly& b) {
    Poly out(a.size() + b.size() - 1);
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t k = 0; k < b.size(); ++k) out[i + k] = out[i + k] + a[i] * b[k];
    return out;
}
/// f / (X - z), which leaves nothing.
Poly divided(Poly f, const Fr& z) {
    Poly out(f.size() - 1);
    Fr carry;
    for (std::size_t i = f.size(); i-- > 1;) {
        carry = carry * z + f[i];
        out[i - 1] = carry;
    }
    EXPECT_TRUE((carry * z + f[0]).is_zero());
    return out;
}
Poly interpolated(const std::vector<Fr>& values) {  // on the subgroup
    const Fr inverse = mask_generator.inverse();
    Poly out(mask_subgroup);
    for (std::size_t j = 0; j < mask_subgroup; ++j) {
        const Fr step = inverse.power({j, 0, 0, 0});
        Fr power = Fr::one();
        for (const Fr& value : values) {
            out[j] = out[j] + value * power;
            power = power * step;
        }
        out[j] = out[j] * Fr::from(mask_subgroup).inverse();
    }
    return out;
}
Fr multilinear(Poly f, std::span<const Fr> u) {
    for (const Fr& one : u) {
        Poly next(f.size() / 2);
        for (std::size_t i = 0; i < next.size(); ++i) next[i] = f[2 * i] + one * (f[2 * i + 1] - f[2 * i]);
        f = next;
    }
    return f[0];
}
Poly shifted(const Poly& f) {
    Poly out{f.begin() + 1, f.end()};
    out.push_back(Fr::zero());
    return out;
}

// [HONK.20]
TEST(UltraHonkForgery, R20MasksOf3_0ProveAnything) {
    bn254::Draw draw{2026};
    const Header header{Version::bb_3_0, Flavour::zero_knowledge, 5, 2};
    const std::size_t rows = 32;
    const unsigned n = 5;
    const Fr x = draw.fr();  // of the reference string
    const auto commit = [&](const Poly& f) { return times_generator(at(f, x)); };
    const auto random = [&](std::size_t size) {
        Poly out;
        for (std::size_t i = 0; i < size; ++i) out.push_back(draw.fr());
        return out;
    };

    // The circuit: row 4 asks that 1 = 0. What must not be infinity is something in the last row, which is masked.
    std::vector<Poly> polynomials(36);
    const auto& order = dialect(header.version).key_order;
    for (std::size_t i = 0; i < committed_in_key; ++i) {
        Poly& column = polynomials[i];
        column.resize(rows);
        column[rows - 1] = draw.fr();
        if (order[i] == &Row::q_arith || order[i] == &Row::q_c) column[4] = Fr::one();
    }
    Bytes key = encode(header);
    append(key, bn254::encode(bn254::multiply(bn254::g2_generator, x).affine()).view());
    for (std::size_t i = 0; i < committed_in_key; ++i) append(key, bn254::encode(commit(polynomials[i])).view());
    const VerifyingKey decoded = VerifyingKey::decode(key).value();
    const std::vector<U256> inputs{U256{1'000'000}, U256{42}};  // whatever the forger wants

    const Layout layout{header};
    Bytes proof(layout.size());
    for (const Item& item : layout.items()) {
        if (item.is_point) put(proof, item, draw.g1());
        if (!item.is_point) put(proof, item, draw.fr());
    }
    const auto set = [&](const std::string& name, const auto& value) { put(proof, layout.item(name), value); };
    const auto read = [&] { return read_proof(header, decoded.circuit_hash(), inputs, proof).value(); };

    const auto limbs = limbs_of(header.version, {times_generator(x), -bn254::g1_generator});  // of the reference string
    for (std::size_t i = 0; i < limbs.size(); ++i) set("accumulator " + std::to_string(i), limbs[i]);

    // Any witness.
    const Poly hiding = random(rows);
    set("mask opening", commit(hiding));
    const char* names[] = {
        "w_l", "w_r", "w_o", "w_4", "z_perm", "lookup_inverses", "lookup_read_counts", "lookup_read_tags"};
    for (std::size_t i = 0; i < witness_columns; ++i) {
        polynomials[committed_in_key + i] = random(rows);
        if (i < shifted_columns) polynomials[committed_in_key + i][0] = Fr::zero();
        set(names[i], commit(polynomials[committed_in_key + i]));
    }
    const Poly masks = random(mask_subgroup);
    set("masks", commit(masks));

    // Rounds of any polynomials that fit each other.
    const RoundInterpolation interpolation{round_values_masked};
    Fr target;
    Fr row_weight = Fr::one();
    for (unsigned i = 0; i < n; ++i) {
        const Proof before = read();
        if (i == 0) target = before.mask->challenge * before.mask->sum;
        set("round " + std::to_string(i) + ", 0", target - before.sumcheck.rounds[i][1]);
        const Proof after = read();
        const Fr& u = after.sumcheck.point[i];
        target = interpolation.evaluate(after.sumcheck.rounds[i], u);
        Fr gate = after.sumcheck.gate;
        for (unsigned k = 0; k < i; ++k) gate = gate.square();
        row_weight = row_weight * (Fr::one() - u + u * gate);
    }
    const std::vector<Fr> u = read().sumcheck.point;

    // The true evaluations.
    set("mask opening evaluation", multilinear(hiding, u));
    for (std::size_t i = 0; i < columns; ++i) {
        const Poly column = i < 36 ? polynomials[i] : shifted(polynomials[committed_in_key + i - 36]);
        set("evaluation " + std::to_string(i), multilinear(column, u));
    }
    // The evaluation of the masks that makes the last equation of the sumcheck hold.
    Fr e;
    {
        const Proof known = read();
        RelationParameters parameters = known.parameters;
        parameters.public_inputs_delta =
            public_inputs_delta(dialect(header.version), known.public_inputs, parameters.beta, parameters.gamma)
                .value();
        Fr left_out = Fr::one();
        for (std::size_t i = 2; i < n; ++i) left_out = left_out * u[i];
        const Fr found = weighted_relations(header.version, row_of(header.version, known.evaluations), parameters,
                                            known.alpha, row_weight) *
                         (Fr::one() - left_out);
        e = (target - found) * known.mask->challenge.inverse();
    }
    set("mask evaluation", e);

    // A running sum that ends there, because it begins at t.
    std::vector<Fr> challenge_values{Fr::one()};
    for (const Fr& one : u) {
        Fr power = Fr::one();
        for (std::size_t k = 0; k < round_values_masked; ++k) {
            challenge_values.push_back(power);
            power = power * one;
        }
    }
    challenge_values.resize(mask_subgroup);
    const Fr last = mask_generator.inverse();  // the last element of the subgroup
    std::vector<Fr> products;
    Fr honest;
    Fr element = Fr::one();
    for (std::size_t i = 0; i < mask_subgroup; ++i) {
        products.push_back(challenge_values[i] * at(masks, element));
        honest = honest + products.back();
        element = element * mask_generator;
    }
    EXPECT_NE(honest, e) << "the inner product is something else";
    const Fr stretch = (Fr::one() - last).inverse();
    const Fr t = (e - honest) * (Fr::one() - stretch).inverse();
    std::vector<Fr> sums{t, t + products[0] - t * stretch};
    while (sums.size() < mask_subgroup) sums.push_back(sums.back() + products[sums.size() - 1]);
    EXPECT_EQ(sums.back(), e);
    const Poly running = interpolated(sums);
    const Poly challenges = interpolated(challenge_values);
    Poly quotient;
    {
        std::vector<Fr> unit(mask_subgroup);
        unit[0] = Fr::one();
        const Poly first_one = interpolated(unit);
        std::swap(unit[0], unit[mask_subgroup - 1]);
        const Poly last_one = interpolated(unit);
        Poly turned = running;
        Fr power = Fr::one();
        for (Fr& coefficient : turned) {
            coefficient = coefficient * power;
            power = power * mask_generator;
        }
        Poly step = turned;
        add(step, running, -Fr::one());
        add(step, times(challenges, masks), -Fr::one());
        Poly end = running;
        end[0] = end[0] - e;
        Poly all = times(first_one, running);
        add(all, times({-last, Fr::one()}, step), Fr::one());
        add(all, times(last_one, end), Fr::one());
        quotient.resize(all.size() - mask_subgroup);
        for (std::size_t i = all.size(); i-- > mask_subgroup;) {  // by X^256 - 1
            quotient[i - mask_subgroup] = all[i];
            all[i - mask_subgroup] = all[i - mask_subgroup] + all[i];
        }
        for (std::size_t i = 0; i < mask_subgroup; ++i) EXPECT_TRUE(all[i].is_zero());
    }
    set("mask running sum", commit(running));
    set("mask quotient", commit(quotient));

    // Gemini and Shplonk as an honest prover makes them.
    const Fr rho = read().opening.rho;
    Poly unshifted = hiding;
    Poly to_shift;
    Fr weight = rho;
    for (std::size_t i = 0; i < columns; ++i) {
        if (i < 36) add(unshifted, polynomials[i], weight);
        if (i >= 36) add(to_shift, polynomials[committed_in_key + i - 36], weight);
        weight = weight * rho;
    }
    std::vector<Poly> folds{unshifted};
    add(folds[0], shifted(to_shift), Fr::one());
    for (unsigned i = 1; i < n; ++i) {
        const Poly& f = folds.back();
        Poly next(f.size() / 2);
        for (std::size_t k = 0; k < next.size(); ++k) next[k] = f[2 * k] + u[i - 1] * (f[2 * k + 1] - f[2 * k]);
        folds.push_back(next);
        set("fold " + std::to_string(i), commit(folds[i]));
    }
    const Fr r = read().opening.r;
    std::vector<Fr> squares{r};
    while (squares.size() < n) squares.push_back(squares.back().square());
    for (unsigned i = 0; i < n; ++i) set("fold value " + std::to_string(i), at(folds[i], -squares[i]));
    set("mask claim 0", at(masks, r));
    set("mask claim 1", at(running, r * mask_generator));
    set("mask claim 2", at(running, r));
    set("mask claim 3", at(quotient, r));
    const Fr nu = read().opening.nu;
    struct Claim {
        Poly f;
        Fr place;
        Fr weight;
    };
    std::vector<Claim> claims;
    Fr power = Fr::one();
    const auto claim = [&](const Poly& f, const Fr& place) {
        claims.push_back({f, place, power});
        power = power * nu;
    };
    for (unsigned i = 0; i < n; ++i) {
        for (const Fr& place : {squares[i], -squares[i]}) {
            Poly f = folds[i];
            if (i == 0) {  // the shifted ones as the verifier has them
                f = unshifted;
                add(f, to_shift, place.inverse());
            }
            claim(f, place);
        }
    }
    power = power * nu.square();
    claim(masks, r);
    claim(running, r * mask_generator);
    claim(running, r);
    claim(quotient, r);
    Poly shplonk;
    for (const Claim& one : claims) {
        Poly f = one.f;
        f[0] = f[0] - at(one.f, one.place);
        add(shplonk, divided(f, one.place), one.weight);
    }
    set("quotient", commit(shplonk));
    const Fr z = read().opening.z;
    Poly rest = shplonk;
    for (const Claim& one : claims) {
        Poly f = one.f;
        f[0] = f[0] - at(one.f, one.place);
        add(rest, f, -(one.weight * (z - one.place).inverse()));
    }
    set("kzg quotient", commit(divided(rest, z)));

    const auto any = AnyKey::decode(key);
    ASSERT_TRUE(any.has_value());
    EXPECT_TRUE(any->verify(inputs, proof).has_value()) << "what bb 3.0 says of it";
    EXPECT_TRUE(any->check_sound().error().is(HonkError::masks_unsound));
}

TEST(UltraHonkForgery, R20OthersAreSound) {  // [HONK.20]
    bn254::Draw draw{5};
    for (const auto& [version, flavour] : {std::pair{Version::bb_3_0, Flavour::plain},
                                           {Version::bb_5_0, Flavour::plain},
                                           {Version::bb_5_0, Flavour::zero_knowledge}}) {
        const auto any = AnyKey::decode(Trapdoor::draw(draw, {version, flavour, 6, 2}).key);
        ASSERT_TRUE(any.has_value());
        EXPECT_TRUE(any->check_sound().has_value());
    }
}

}  // namespace
}  // namespace enshrine::proofs::ultrahonk::test
