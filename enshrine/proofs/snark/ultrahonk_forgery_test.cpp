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

constexpr Header header{Version::bb_3_0, Flavour::zero_knowledge, 5, 2};
constexpr unsigned rounds = header.log_size;
constexpr std::size_t rows = std::size_t{1} << rounds;
constexpr std::size_t unshifted_columns = committed_in_key + witness_columns;

/// Makes a proof, item by item in the order of the transcript, of a circuit that nothing satisfies.
class Forger {
public:
    Forger() {
        make_key();
        commit_to_any_witness();
        play_any_rounds();
        give_true_evaluations();
        choose_mask_evaluation();
        make_running_sum();
        open_honestly();
    }

    Bytes key;
    const std::vector<U256> inputs{U256{1'000'000}, U256{42}};  // whatever the forger wants
    Bytes proof;

private:
    [[nodiscard]] bn254::G1Affine commit(const Poly& f) const { return times_generator(at(f, x_)); }
    Poly random(std::size_t size) {
        Poly out;
        for (std::size_t i = 0; i < size; ++i) out.push_back(draw_.fr());
        return out;
    }
    void set(const std::string& name, const auto& value) { put(proof, layout_.item(name), value); }
    /// With the challenges so far; what has not been set is random.
    [[nodiscard]] Proof read() const { return read_proof(header, circuit_hash_, inputs, proof).value(); }
    [[nodiscard]] std::vector<Fr> point() const { return read().sumcheck.point; }
    [[nodiscard]] const Poly& shifted_source(std::size_t column) const {
        return polynomials_[committed_in_key + column - unshifted_columns];
    }

    /// Row 4 asks that 1 = 0. What must not be infinity is something in the last row, which is masked.
    void make_key() {
        const auto& order = dialect(header.version).key_order;
        for (std::size_t i = 0; i < committed_in_key; ++i) {
            Poly& column = polynomials_[i];
            column.resize(rows);
            column[rows - 1] = draw_.fr();
            if (order[i] == &Row::q_arith || order[i] == &Row::q_c) column[4] = Fr::one();
        }
        key = encode(header);
        append(key, bn254::encode(bn254::multiply(bn254::g2_generator, x_).affine()).view());
        for (std::size_t i = 0; i < committed_in_key; ++i) append(key, bn254::encode(commit(polynomials_[i])).view());
        circuit_hash_ = VerifyingKey::decode(key)->circuit_hash();
    }

    void commit_to_any_witness() {
        proof.resize(layout_.size());
        for (const Item& item : layout_.items()) {
            if (item.is_point) put(proof, item, draw_.g1());
            if (!item.is_point) put(proof, item, draw_.fr());
        }
        const auto limbs = limbs_of(header.version, {times_generator(x_), -bn254::g1_generator});  // known to everybody
        for (std::size_t i = 0; i < limbs.size(); ++i) set("accumulator " + std::to_string(i), limbs[i]);
        hiding_ = random(rows);
        set("mask opening", commit(hiding_));
        const char* names[] = {
            "w_l", "w_r", "w_o", "w_4", "z_perm", "lookup_inverses", "lookup_read_counts", "lookup_read_tags"};
        for (std::size_t i = 0; i < witness_columns; ++i) {
            Poly& column = polynomials_[committed_in_key + i];
            column = random(rows);
            if (i < shifted_columns) column[0] = Fr::zero();
            set(names[i], commit(column));
        }
        masks_ = random(mask_subgroup);
        set("masks", commit(masks_));
    }

    /// Polynomials that fit each other, and nothing else.
    void play_any_rounds() {
        const RoundInterpolation interpolation{round_values_masked};
        for (unsigned i = 0; i < rounds; ++i) {
            const Proof before = read();
            if (i == 0) target_ = before.mask->challenge * before.mask->sum;
            set("round " + std::to_string(i) + ", 0", target_ - before.sumcheck.rounds[i][1]);
            const Proof after = read();
            const Fr& u = after.sumcheck.point[i];
            target_ = interpolation.evaluate(after.sumcheck.rounds[i], u);
            Fr gate = after.sumcheck.gate;
            for (unsigned k = 0; k < i; ++k) gate = gate.square();
            row_weight_ = row_weight_ * (Fr::one() - u + u * gate);
        }
    }

    void give_true_evaluations() {
        const auto u = point();
        set("mask opening evaluation", multilinear(hiding_, u));
        for (std::size_t i = 0; i < columns; ++i) {
            const Poly column = i < unshifted_columns ? polynomials_[i] : shifted(shifted_source(i));
            set("evaluation " + std::to_string(i), multilinear(column, u));
        }
    }

    /// The one that makes the last equation of the sumcheck hold.
    void choose_mask_evaluation() {
        const Proof known = read();
        RelationParameters parameters = known.parameters;
        parameters.public_inputs_delta =
            public_inputs_delta(dialect(header.version), known.public_inputs, parameters.beta, parameters.gamma)
                .value();
        Fr left_out = Fr::one();
        for (unsigned i = 2; i < rounds; ++i) left_out = left_out * known.sumcheck.point[i];
        const Row row = row_of(header.version, known.evaluations);
        const Fr found = weighted_relations(header.version, row, parameters, known.alpha, row_weight_);
        mask_evaluation_ = (target_ - found * (Fr::one() - left_out)) * known.mask->challenge.inverse();
        set("mask evaluation", mask_evaluation_);
    }

    /// What the masks are multiplied by, on the subgroup.
    [[nodiscard]] std::vector<Fr> challenge_values() const {
        std::vector<Fr> out{Fr::one()};
        for (const Fr& u : point()) {
            Fr power = Fr::one();
            for (std::size_t k = 0; k < round_values_masked; ++k) {
                out.push_back(power);
                power = power * u;
            }
        }
        out.resize(mask_subgroup);
        return out;
    }

    /// Ends at the evaluation that was chosen, because it begins at t and nobody looks there.
    void make_running_sum() {
        const auto values = challenge_values();
        const Fr last = mask_generator.inverse();  // the last element of the subgroup
        std::vector<Fr> products;
        Fr honest;
        Fr element = Fr::one();
        for (const Fr& value : values) {
            products.push_back(value * at(masks_, element));
            honest = honest + products.back();
            element = element * mask_generator;
        }
        EXPECT_NE(honest, mask_evaluation_) << "the inner product is something else";
        const Fr stretch = (Fr::one() - last).inverse();
        const Fr t = (mask_evaluation_ - honest) * (Fr::one() - stretch).inverse();
        std::vector<Fr> sums{t, t + products[0] - t * stretch};
        while (sums.size() < mask_subgroup) sums.push_back(sums.back() + products[sums.size() - 1]);
        EXPECT_EQ(sums.back(), mask_evaluation_);
        running_ = interpolated(sums);
        quotient_ = quotient_of(identity(interpolated(values), last));
        set("mask running sum", commit(running_));
        set("mask quotient", commit(quotient_));
    }

    /// The left side of [HONK.14] as a polynomial.
    [[nodiscard]] Poly identity(const Poly& challenges, const Fr& last) const {
        std::vector<Fr> unit(mask_subgroup);
        unit[0] = Fr::one();
        const Poly first_one = interpolated(unit);
        std::swap(unit[0], unit[mask_subgroup - 1]);
        const Poly last_one = interpolated(unit);
        Poly step = running_;  // at g X
        Fr power = Fr::one();
        for (Fr& coefficient : step) {
            coefficient = coefficient * power;
            power = power * mask_generator;
        }
        add(step, running_, -Fr::one());
        add(step, times(challenges, masks_), -Fr::one());
        Poly end = running_;
        end[0] = end[0] - mask_evaluation_;
        Poly all = times(first_one, running_);
        add(all, times({-last, Fr::one()}, step), Fr::one());
        add(all, times(last_one, end), Fr::one());
        return all;
    }

    /// By X^256 − 1, which leaves nothing.
    [[nodiscard]] static Poly quotient_of(Poly all) {
        Poly out(all.size() - mask_subgroup);
        for (std::size_t i = all.size(); i-- > mask_subgroup;) {
            out[i - mask_subgroup] = all[i];
            all[i - mask_subgroup] = all[i - mask_subgroup] + all[i];
        }
        for (std::size_t i = 0; i < mask_subgroup; ++i) EXPECT_TRUE(all[i].is_zero());
        return out;
    }

    struct Claim {
        Poly f;
        Fr place;
        Fr weight;
        [[nodiscard]] Poly without_value() const {
            Poly out = f;
            out[0] = out[0] - at(f, place);
            return out;
        }
    };

    /// Gemini, Shplonk and KZG as bb makes them.
    void open_honestly() {
        batch_polynomials();
        fold_polynomials();
        const Fr r = read().opening.r;
        set("mask claim 0", at(masks_, r));
        set("mask claim 1", at(running_, r * mask_generator));
        set("mask claim 2", at(running_, r));
        set("mask claim 3", at(quotient_, r));
        const auto claims = claims_at(r);
        Poly shplonk;
        for (const Claim& claim : claims) add(shplonk, divided(claim.without_value(), claim.place), claim.weight);
        set("quotient", commit(shplonk));
        const Fr z = read().opening.z;
        Poly rest = shplonk;
        for (const Claim& claim : claims) {
            add(rest, claim.without_value(), -(claim.weight * (z - claim.place).inverse()));
        }
        set("kzg quotient", commit(divided(rest, z)));
    }

    void batch_polynomials() {
        const Fr rho = read().opening.rho;
        unshifted_ = hiding_;
        Fr weight = rho;
        for (std::size_t i = 0; i < columns; ++i) {
            if (i < unshifted_columns) add(unshifted_, polynomials_[i], weight);
            if (i >= unshifted_columns) add(to_shift_, shifted_source(i), weight);
            weight = weight * rho;
        }
    }

    void fold_polynomials() {
        const auto u = point();
        folds_ = {unshifted_};
        add(folds_[0], shifted(to_shift_), Fr::one());
        for (unsigned i = 1; i < rounds; ++i) {
            const Poly f = folds_.back();
            Poly next(f.size() / 2);
            for (std::size_t k = 0; k < next.size(); ++k) next[k] = f[2 * k] + u[i - 1] * (f[2 * k + 1] - f[2 * k]);
            folds_.push_back(next);
            set("fold " + std::to_string(i), commit(next));
        }
        Fr square = read().opening.r;
        for (unsigned i = 0; i < rounds; ++i) {
            set("fold value " + std::to_string(i), at(folds_[i], -square));
            square = square.square();
        }
    }

    [[nodiscard]] std::vector<Claim> claims_at(const Fr& r) const {
        const Fr nu = read().opening.nu;
        std::vector<Claim> out;
        Fr power = Fr::one();
        const auto claim = [&](const Poly& f, const Fr& place) {
            out.push_back({f, place, power});
            power = power * nu;
        };
        Fr square = r;
        for (unsigned i = 0; i < rounds; ++i) {
            for (const Fr& place : {square, -square}) {
                Poly f = folds_[i];
                if (i == 0) {  // the shifted ones as the verifier has them
                    f = unshifted_;
                    add(f, to_shift_, place.inverse());
                }
                claim(f, place);
            }
            square = square.square();
        }
        power = power * nu.square();
        claim(masks_, r);
        claim(running_, r * mask_generator);
        claim(running_, r);
        claim(quotient_, r);
        return out;
    }

    bn254::Draw draw_{2026};
    const Fr x_ = draw_.fr();  ///< of the reference string
    const Layout layout_{header};
    Hash32 circuit_hash_;
    std::vector<Poly> polynomials_{unshifted_columns};
    Poly hiding_;
    Poly masks_;
    Fr target_;  ///< of the rounds so far
    Fr row_weight_ = Fr::one();
    Fr mask_evaluation_;
    Poly running_;
    Poly quotient_;
    Poly unshifted_;
    Poly to_shift_;
    std::vector<Poly> folds_;
};

TEST(UltraHonkForgery, R20MasksOf3_0ProveAnything) {  // [HONK.20]
    const Forger forger;
    const auto any = AnyKey::decode(forger.key);
    ASSERT_TRUE(any.has_value());
    EXPECT_TRUE(any->verify(forger.inputs, forger.proof).has_value()) << "what bb 3.0 says of it";
    EXPECT_FALSE(any->verify(std::vector{U256{1}, U256{42}}, forger.proof).has_value()) << "it is bound to its inputs";
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
