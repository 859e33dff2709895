// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// The relations on rows of real gates, and the parts of the sumcheck, each against its definition. That every relation
// is the one of bb is shown by proofs of bb (prover_files/ultrahonk_files_test.cpp, circuit `zoo`).
#include <enshrine/algebra/bn254/random_for_test.hpp>
#include <enshrine/proofs/snark/ultrahonk_sumcheck.hpp>

#include <gtest/gtest.h>

namespace enshrine::proofs::ultrahonk {
namespace {

using algebra::bn254::Draw;

constexpr std::array versions{Version::bb_3_0, Version::bb_5_0};
constexpr Fr one = Fr::one();

RelationParameters draw_parameters(Draw& draw) {
    RelationParameters out;
    for (Fr* number : {&out.memory[0], &out.memory[1], &out.memory[2], &out.table[0], &out.table[1], &out.table[2],
                       &out.beta, &out.gamma, &out.public_inputs_delta}) {
        *number = draw.fr();
    }
    return out;
}

/// A row with one gate: the permutation is the identity, nothing is looked up.
struct Gate {
    explicit Gate(std::uint64_t seed) : draw{seed}, parameters{draw_parameters(draw)}, alpha{draw.fr()} {
        for (Fr* number : {&row.w_l, &row.w_r, &row.w_o, &row.w_4, &row.w_l_next, &row.w_r_next, &row.w_o_next,
                           &row.w_4_next, &row.id_1, &row.id_2, &row.id_3, &row.id_4, &row.z_perm}) {
            *number = draw.fr();
        }
        row.sigma_1 = row.id_1;
        row.sigma_2 = row.id_2;
        row.sigma_3 = row.id_3;
        row.sigma_4 = row.id_4;
        row.z_perm_next = row.z_perm;
    }
    [[nodiscard]] bool holds() {
        bool out = true;
        for (const Version version : versions) {
            out = out && weighted_relations(version, row, parameters, alpha, draw.fr()).is_zero();
        }
        return out;
    }
    /// Each of these cells is bound by the gate.
    void expect_bound(std::initializer_list<Column> cells) {
        EXPECT_TRUE(holds());
        for (const Column cell : cells) {
            const Fr before = row.*cell;
            row.*cell = before + one;
            EXPECT_FALSE(holds());
            row.*cell = before;
        }
    }

    Draw draw;
    RelationParameters parameters;
    Fr alpha;
    Row row;
};

// [HONK.13]
TEST(UltraHonkRelations, AnEmptyRowHolds) {
    EXPECT_TRUE(Gate{1}.holds());
}

TEST(UltraHonkRelations, Arithmetic) {
    Gate gate{2};
    Row& r = gate.row;
    r.q_arith = one;
    r.q_m = gate.draw.fr();
    r.q_l = gate.draw.fr();
    r.q_r = gate.draw.fr();
    r.q_o = gate.draw.fr();
    r.q_4 = gate.draw.fr();
    r.q_c = -(r.q_m * r.w_l * r.w_r + r.q_l * r.w_l + r.q_r * r.w_r + r.q_o * r.w_o + r.q_4 * r.w_4);
    gate.expect_bound({&Row::w_l, &Row::w_r, &Row::w_o, &Row::w_4, &Row::q_m, &Row::q_l, &Row::q_r, &Row::q_o,
                       &Row::q_4, &Row::q_c, &Row::q_arith});
    // q_arith = 2 adds the fourth wire of the next row, and multiplies by one half of q_m.
    r.q_arith = Fr::from(2);
    const Fr half = Fr::from(2).inverse();
    r.w_4_next =
        -(r.q_m * half * r.w_l * r.w_r + r.q_l * r.w_l + r.q_r * r.w_r + r.q_o * r.w_o + r.q_4 * r.w_4 + r.q_c);
    gate.expect_bound({&Row::w_l, &Row::w_4_next, &Row::q_m});
}

TEST(UltraHonkRelations, Permutation) {
    Gate gate{3};
    Row& r = gate.row;
    r.sigma_1 = gate.draw.fr();
    r.sigma_3 = gate.draw.fr();
    const auto factor = [&](const Fr& wire, const Fr& label) {
        return wire + label * gate.parameters.beta + gate.parameters.gamma;
    };
    r.z_perm_next = r.z_perm * factor(r.w_l, r.id_1) * factor(r.w_o, r.id_3) *
                    (factor(r.w_l, r.sigma_1) * factor(r.w_o, r.sigma_3)).inverse();
    gate.expect_bound(
        {&Row::w_l, &Row::w_o, &Row::z_perm, &Row::z_perm_next, &Row::sigma_1, &Row::sigma_2, &Row::id_4});
}

TEST(UltraHonkRelations, TheGrandProductBeginsAtZeroSince5) {
    Gate gate{4};
    Row& r = gate.row;
    r.lagrange_first = one;
    r.z_perm_next = r.z_perm + one;
    EXPECT_TRUE(weighted_relations(Version::bb_3_0, r, gate.parameters, gate.alpha, one).is_zero());
    EXPECT_FALSE(weighted_relations(Version::bb_5_0, r, gate.parameters, gate.alpha, one).is_zero());
    r.z_perm = Fr::zero();
    r.z_perm_next = one;
    EXPECT_TRUE(gate.holds());
}

TEST(UltraHonkRelations, Lookup) {
    Gate gate{5};
    Row& r = gate.row;
    const auto& [second, third, fourth] = gate.parameters.table;
    r.q_lookup = one;
    r.q_o = gate.draw.fr();
    for (Fr* number : {&r.table_1, &r.table_2, &r.table_3, &r.table_4}) *number = gate.draw.fr();
    const Fr entry = r.w_l + gate.parameters.gamma + r.w_r * second + r.w_o * third + r.q_o * fourth;
    const Fr table = r.table_1 + gate.parameters.gamma + r.table_2 * second + r.table_3 * third + r.table_4 * fourth;
    r.lookup_inverses = (entry * table).inverse();
    // The sum over all rows: this one reads once and is read as often as another number says.
    r.lookup_read_counts = table * entry.inverse();
    gate.expect_bound({&Row::w_l, &Row::w_r, &Row::w_o, &Row::q_o, &Row::table_1, &Row::table_4, &Row::lookup_inverses,
                       &Row::lookup_read_counts});
    r.lookup_read_counts = Fr::zero();
    const auto value = [&](const Fr& weight) {
        return weighted_relations(Version::bb_5_0, r, gate.parameters, gate.alpha, weight);
    };
    EXPECT_EQ(value(one), value(gate.draw.fr()));  // that relation does not carry the weight of the row
    r.lookup_read_tags = Fr::from(2);
    EXPECT_NE(value(one), value(gate.draw.fr()));
}

TEST(UltraHonkRelations, Range) {
    Gate gate{6};
    Row& r = gate.row;
    r.q_range = one;
    r.w_r = r.w_l + Fr::from(3);
    r.w_o = r.w_r;
    r.w_4 = r.w_o + Fr::from(2);
    r.w_l_next = r.w_4 + one;
    EXPECT_TRUE(gate.holds());
    r.w_l_next = r.w_4 + Fr::from(4);
    EXPECT_FALSE(gate.holds());
    r.w_l_next = r.w_4 - one;
    EXPECT_FALSE(gate.holds());
}

TEST(UltraHonkRelations, Elliptic) {
    Gate gate{7};
    Row& r = gate.row;
    r.q_elliptic = one;
    r.q_l = -one;  // subtracts
    const Fr x1 = r.w_r;
    const Fr y1 = r.w_o;
    const Fr x2 = r.w_l_next;
    const Fr y2 = -r.w_4_next;
    const Fr slope = (y2 - y1) * (x2 - x1).inverse();
    r.w_r_next = slope.square() - x1 - x2;
    r.w_o_next = slope * (x1 - r.w_r_next) - y1;
    gate.expect_bound(
        {&Row::w_r, &Row::w_o, &Row::w_l_next, &Row::w_4_next, &Row::w_r_next, &Row::w_o_next, &Row::q_l});
    // Doubling takes y^2 = x^3 - 17 for granted: the generator of Grumpkin.
    r.q_m = one;
    r.w_r = one;
    r.w_o = Fr::from(algebra::bn254::limbs(2, 0xcf135e7506a45d63, 0x2d270d45f1181294, 0x833fc48d823f272c));
    ASSERT_EQ(r.w_o.square(), -Fr::from(16));
    const Fr tangent = Fr::from(3) * r.w_o.twice().inverse();
    r.w_r_next = tangent.square() - Fr::from(2);
    r.w_o_next = tangent * (one - r.w_r_next) - r.w_o;
    gate.expect_bound({&Row::w_r, &Row::w_o, &Row::w_r_next, &Row::w_o_next});
}

TEST(UltraHonkRelations, Memory) {
    Gate gate{8};
    Row& r = gate.row;
    const auto& [index, timestamp, value] = gate.parameters.memory;
    r.q_memory = one;
    r.q_l = one;
    r.q_m = one;  // a record of memory
    r.q_c = one;
    r.w_4 = r.w_l * index + r.w_r * timestamp + r.w_o * value + r.q_c;
    gate.expect_bound({&Row::w_l, &Row::w_r, &Row::w_o, &Row::w_4, &Row::q_c});
    r.q_m = Fr::zero();
    r.q_r = one;  // sorted ROM: the same index has the same record
    r.w_l_next = r.w_l;
    r.w_4_next = r.w_4;
    gate.expect_bound({&Row::w_4_next, &Row::w_4});
    r.w_l_next = r.w_l + one;
    r.w_4_next = gate.draw.fr();
    EXPECT_TRUE(gate.holds());
    r.w_l_next = r.w_l + Fr::from(2);
    EXPECT_FALSE(gate.holds());
}

TEST(UltraHonkRelations, SortedRam) {
    Gate gate{9};
    Row& r = gate.row;
    const auto& [index, timestamp, value] = gate.parameters.memory;
    const auto record = [&](const Fr& i, const Fr& t, const Fr& v, const Fr& access) {
        return i * index + t * timestamp + v * value + access;
    };
    r.q_memory = one;
    r.q_o = one;
    r.w_4 = record(r.w_l, r.w_r, r.w_o, one);
    r.w_l_next = r.w_l;
    r.w_o_next = r.w_o;
    r.w_4_next = record(r.w_l_next, r.w_r_next, r.w_o_next, Fr::zero());  // reads what was written
    gate.expect_bound({&Row::w_4});
    r.w_o_next = gate.draw.fr();
    r.w_4_next = record(r.w_l_next, r.w_r_next, r.w_o_next, Fr::zero());
    EXPECT_FALSE(gate.holds());
    r.w_4_next = record(r.w_l_next, r.w_r_next, r.w_o_next, one);  // writes another value
    EXPECT_TRUE(gate.holds());
    r.w_4_next = record(r.w_l_next, r.w_r_next, r.w_o_next, Fr::from(2));
    EXPECT_FALSE(gate.holds());
}

TEST(UltraHonkRelations, ForeignField) {
    Gate gate{10};
    Row& r = gate.row;
    r.q_nnf = one;
    r.q_o = one;
    r.q_4 = one;  // pieces of 14 bits
    const Fr piece = Fr::from(std::uint64_t{1} << 14);
    r.w_4 = r.w_l + piece * (r.w_r + piece * (r.w_o + piece * (r.w_l_next + piece * r.w_r_next)));
    gate.expect_bound({&Row::w_l, &Row::w_r, &Row::w_o, &Row::w_4, &Row::w_l_next, &Row::w_r_next});
    r.q_o = Fr::zero();
    r.q_r = one;  // the middle of a product of limbs
    const Fr limb = Fr::from(U256{1} << 68);
    const Fr cross = r.w_l * r.w_r_next + r.w_l_next * r.w_r;
    r.w_4_next = (r.w_l * r.w_4 + r.w_r * r.w_o - r.w_o_next) * limb + cross;
    gate.expect_bound({&Row::w_l, &Row::w_o, &Row::w_o_next, &Row::w_4_next});
}

TEST(UltraHonkRelations, Poseidon2) {
    Gate gate{11};
    Row& r = gate.row;
    const auto fifth = [](const Fr& a) { return a * a * a * a * a; };
    r.q_poseidon_external = one;
    for (Fr* number : {&r.q_l, &r.q_r, &r.q_o, &r.q_4}) *number = gate.draw.fr();
    const std::array state{fifth(r.w_l + r.q_l), fifth(r.w_r + r.q_r), fifth(r.w_o + r.q_o), fifth(r.w_4 + r.q_4)};
    constexpr std::array<std::array<std::uint64_t, 4>, 4> matrix{
        {{5, 7, 1, 3}, {4, 6, 1, 1}, {1, 3, 5, 7}, {1, 1, 4, 6}}};
    std::array<Fr, 4> out;
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t j = 0; j < 4; ++j) out[i] = out[i] + Fr::from(matrix[i][j]) * state[j];
    }
    r.w_l_next = out[0];
    r.w_r_next = out[1];
    r.w_o_next = out[2];
    r.w_4_next = out[3];
    gate.expect_bound({&Row::w_l, &Row::w_r, &Row::w_o, &Row::w_4, &Row::q_4, &Row::w_l_next, &Row::w_r_next,
                       &Row::w_o_next, &Row::w_4_next});
}

// [HONK.11]
TEST(UltraHonkSumcheck, PublicInputsDelta) {
    Draw draw{12};
    for (const Version version : versions) {
        const Dialect& form = dialect(version);
        const Fr beta = draw.fr();
        const Fr gamma = draw.fr();
        const std::vector<Fr> inputs{draw.fr(), Fr::zero(), draw.fr()};
        Fr expected = one;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const std::uint64_t row = form.first_input_row + i;
            expected = expected * (gamma + beta * Fr::from((std::uint64_t{1} << 28) + row) + inputs[i]) *
                       (gamma - beta * Fr::from(row + 1) + inputs[i]).inverse();
        }
        EXPECT_EQ(public_inputs_delta(form, inputs, beta, gamma).value(), expected);
        EXPECT_EQ(public_inputs_delta(form, {}, beta, gamma).value(), one);
    }
}

// [HONK.12]
TEST(UltraHonkSumcheck, Interpolation) {
    Draw draw{13};
    for (const std::size_t count : {round_values_plain, round_values_masked}) {
        std::vector<Fr> coefficients;
        for (std::size_t i = 0; i < count; ++i) coefficients.push_back(draw.fr());
        const auto horner = [&](const Fr& at) {
            Fr out;
            for (std::size_t i = count; i-- > 0;) out = out * at + coefficients[i];
            return out;
        };
        std::vector<Fr> values;
        for (std::size_t i = 0; i < count; ++i) values.push_back(horner(Fr::from(i)));
        const RoundInterpolation interpolation{count};
        for (const Fr& at : {draw.fr(), Fr::zero(), one, Fr::from(count - 1), Fr::from(count), -one}) {
            EXPECT_EQ(interpolation.evaluate(values, at), horner(at));
        }
    }
}

}  // namespace
}  // namespace enshrine::proofs::ultrahonk
