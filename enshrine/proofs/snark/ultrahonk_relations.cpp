// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/ultrahonk_relations.hpp>

namespace enshrine::proofs::ultrahonk {
namespace {

using algebra::bn254::limbs;

constexpr Fr one = Fr::one();
constexpr Fr two = Fr::from(2);
constexpr Fr three = Fr::from(3);

/// -1/2
constexpr Fr minus_half =
    Fr::from(limbs(0x183227397098d014, 0xdc2822db40c0ac2e, 0x9419f4243cdcb848, 0xa1f0fac9f8000000));
static_assert(minus_half + minus_half + one == Fr::zero());

/// Numbers of another field are cut into limbs of 68 bits, and those into pieces of 14.
constexpr Fr limb_shift = Fr::from(limbs(0, 0, 16, 0));
constexpr Fr piece_shift = Fr::from(std::uint64_t{1} << 14);

/// Grumpkin, whose points Noir adds, is y^2 = x^3 - 17.
constexpr Fr grumpkin_minus_b = Fr::from(17);

/// The diagonal of Poseidon2's matrix for internal rounds, less one.
constexpr std::array poseidon_diagonal{
    Fr::from(limbs(0x10dc6e9c006ea38b, 0x04b1e03b4bd9490c, 0x0d03f98929ca1d7f, 0xb56821fd19d3b6e7)),
    Fr::from(limbs(0x0c28145b6a44df3e, 0x0149b3d0a30b3bb5, 0x99df9756d4dd9b84, 0xa86b38cfb45a740b)),
    Fr::from(limbs(0x00544b8338791518, 0xb2c7645a50392798, 0xb21f75bb60e35961, 0x70067d00141cac15)),
    Fr::from(limbs(0x222c01175718386f, 0x2e2e82eb122789e3, 0x52e105a3b8fa8526, 0x13bc534433ee428b))};

class WeightedSum {
public:
    explicit WeightedSum(const Fr& alpha) noexcept : alpha_{alpha} {}

    void add(const Fr& relation) noexcept { add_to(in_rows_, relation); }
    void add_over_all_rows(const Fr& relation) noexcept { add_to(over_all_rows_, relation); }
    [[nodiscard]] Fr value(const Fr& row_weight) const noexcept { return in_rows_ * row_weight + over_all_rows_; }

private:
    void add_to(Fr& sum, const Fr& relation) noexcept {
        sum = sum + relation * power_;
        power_ = power_ * alpha_;
    }

    Fr alpha_;
    Fr power_ = Fr::one();
    Fr in_rows_;
    Fr over_all_rows_;
};

void add_arithmetic(const Row& r, WeightedSum& sum) noexcept {
    const Fr& q = r.q_arith;
    const Fr product = (q - three) * r.q_m * r.w_r * r.w_l * minus_half;
    const Fr linear = r.q_l * r.w_l + r.q_r * r.w_r + r.q_o * r.w_o + r.q_4 * r.w_4 + r.q_c;
    sum.add((product + linear + (q - one) * r.w_4_next) * q);
    sum.add((r.w_l + r.w_4 - r.w_l_next + r.q_m) * (q - two) * (q - one) * q);
}

void add_permutation(Version version, const Row& r, const RelationParameters& p, WeightedSum& sum) noexcept {
    const auto factor = [&](const Fr& wire, const Fr& label) noexcept { return wire + label * p.beta + p.gamma; };
    const Fr numerator = factor(r.w_l, r.id_1) * factor(r.w_r, r.id_2) * factor(r.w_o, r.id_3) * factor(r.w_4, r.id_4);
    const Fr denominator =
        factor(r.w_l, r.sigma_1) * factor(r.w_r, r.sigma_2) * factor(r.w_o, r.sigma_3) * factor(r.w_4, r.sigma_4);
    sum.add((r.z_perm + r.lagrange_first) * numerator -
            (r.z_perm_next + r.lagrange_last * p.public_inputs_delta) * denominator);
    sum.add(r.lagrange_last * r.z_perm_next);
    if (version == Version::bb_5_0) sum.add(r.lagrange_first * r.z_perm);
}

void add_lookup(const Row& r, const RelationParameters& p, WeightedSum& sum) noexcept {
    const auto& [second, third, fourth] = p.table;
    const Fr table = r.table_1 + p.gamma + r.table_2 * second + r.table_3 * third + r.table_4 * fourth;
    const Fr entry = r.w_l + r.q_r * r.w_l_next + p.gamma + (r.w_r + r.q_m * r.w_r_next) * second +
                     (r.w_o + r.q_c * r.w_o_next) * third + r.q_o * fourth;
    const Fr& tag = r.lookup_read_tags;
    const Fr needs_inverse = tag + r.q_lookup - tag * r.q_lookup;
    sum.add(entry * table * r.lookup_inverses - needs_inverse);
    sum.add_over_all_rows((r.q_lookup * table - r.lookup_read_counts * entry) * r.lookup_inverses);
    sum.add(tag * tag - tag);
}

void add_range(const Row& r, WeightedSum& sum) noexcept {
    for (const Fr& step : {r.w_r - r.w_l, r.w_o - r.w_r, r.w_4 - r.w_o, r.w_l_next - r.w_4}) {
        sum.add(step * (step - one) * (step - two) * (step - three) * r.q_range);
    }
}

/// (x1, y1) ± (x2, y2) = (x3, y3), or twice (x1, y1).
void add_elliptic(const Row& r, WeightedSum& sum) noexcept {
    const Fr &x1 = r.w_r, &y1 = r.w_o, &x2 = r.w_l_next, &y2 = r.w_4_next, &x3 = r.w_r_next, &y3 = r.w_o_next;
    const Fr &sign = r.q_l, &doubles = r.q_m;
    const Fr run = x2 - x1;
    const Fr y1_squared = y1.square();
    const Fr added_x = (x3 + x2 + x1) * run.square() - y2.square() - y1_squared + (y1 * y2 * sign).twice();
    const Fr added_y = (y1 + y3) * run + (x3 - x1) * (y2 * sign - y1);
    const Fr doubled_x =
        (x3 + x1.twice()) * y1_squared.twice().twice() - (y1_squared + grumpkin_minus_b) * x1 * Fr::from(9);
    const Fr doubled_y = three * x1.square() * (x1 - x3) - y1.twice() * (y1 + y3);
    const auto chosen = [&](const Fr& added, const Fr& doubled) noexcept {
        return r.q_elliptic * ((one - doubles) * added + doubles * doubled);
    };
    sum.add(chosen(added_x, doubled_x));
    sum.add(chosen(added_y, doubled_y));
}

void add_memory(const Row& r, const RelationParameters& p, WeightedSum& sum) noexcept {
    const auto& [index, timestamp, value] = p.memory;
    const Fr record = r.w_l * index + r.w_r * timestamp + r.w_o * value + r.q_c;
    const Fr next_access = r.w_4_next - (r.w_l_next * index + r.w_r_next * timestamp + r.w_o_next * value);
    const Fr record_check = record - r.w_4;
    const Fr index_step = r.w_l_next - r.w_l;
    const Fr same_index = one - index_step;
    const Fr monotone = index_step * (index_step - one);
    const Fr access = r.w_4 - record;
    const Fr timestamp_check = same_index * (r.w_r_next - r.w_r) - r.w_o;
    const Fr sorted_rom = r.q_l * r.q_r * r.q_memory;
    const Fr sorted_ram = r.q_o * r.q_memory;
    sum.add(
        (record_check * r.q_l * (r.q_r + r.q_m) + timestamp_check * r.q_4 * r.q_l + access * (access - one) * r.q_o) *
        r.q_memory);
    sum.add(same_index * (r.w_4_next - r.w_4) * sorted_rom);
    sum.add(monotone * sorted_rom);
    sum.add(same_index * (r.w_o_next - r.w_o) * (one - next_access) * sorted_ram);
    sum.add(monotone * sorted_ram);
    sum.add((next_access * next_access - next_access) * sorted_ram);
}

/// first + 2^14 (second + 2^14 (…))
Fr from_pieces(const std::array<const Fr*, 5>& pieces) noexcept {
    Fr out = *pieces[4];
    for (std::size_t i = 4; i-- > 0;) out = out * piece_shift + *pieces[i];
    return out;
}

void add_foreign_field(const Row& r, WeightedSum& sum) noexcept {
    const Fr cross = r.w_l * r.w_r_next + r.w_l_next * r.w_r;
    const Fr shifted = cross * limb_shift + r.w_l_next * r.w_r_next;
    const Fr low = (shifted - (r.w_o + r.w_4)) * r.q_o;
    const Fr middle = ((r.w_l * r.w_4 + r.w_r * r.w_o - r.w_o_next) * limb_shift - r.w_4_next + cross) * r.q_4;
    const Fr high = (shifted + r.w_4 - (r.w_o_next + r.w_4_next)) * r.q_m;
    const Fr first_limb = (from_pieces({&r.w_l, &r.w_r, &r.w_o, &r.w_l_next, &r.w_r_next}) - r.w_4) * r.q_4;
    const Fr second_limb = (from_pieces({&r.w_o, &r.w_4, &r.w_l_next, &r.w_r_next, &r.w_o_next}) - r.w_4_next) * r.q_m;
    sum.add(((low + middle + high) * r.q_r + (first_limb + second_limb) * r.q_o) * r.q_nnf);
}

Fr fifth_power(const Fr& a) noexcept {
    return a.square().square() * a;
}

void add_poseidon(const Row& r, const Fr& selector, const std::array<Fr, 4>& state, WeightedSum& sum) noexcept {
    sum.add(selector * (state[0] - r.w_l_next));
    sum.add(selector * (state[1] - r.w_r_next));
    sum.add(selector * (state[2] - r.w_o_next));
    sum.add(selector * (state[3] - r.w_4_next));
}

/// The matrix (5 7 1 3 | 4 6 1 1 | 1 3 5 7 | 1 1 4 6).
void add_poseidon_external(const Row& r, WeightedSum& sum) noexcept {
    const Fr a = fifth_power(r.w_l + r.q_l);
    const Fr b = fifth_power(r.w_r + r.q_r);
    const Fr c = fifth_power(r.w_o + r.q_o);
    const Fr d = fifth_power(r.w_4 + r.q_4);
    const Fr fourth = (c + d).twice().twice() + d.twice() + a + b;
    const Fr second = (a + b).twice().twice() + b.twice() + c + d;
    const Fr first = second + d.twice() + a + b;
    const Fr third = fourth + b.twice() + c + d;
    add_poseidon(r, r.q_poseidon_external, {first, second, third, fourth}, sum);
}

void add_poseidon_internal(const Row& r, WeightedSum& sum) noexcept {
    const std::array state{fifth_power(r.w_l + r.q_l), r.w_r, r.w_o, r.w_4};
    const Fr total = state[0] + state[1] + state[2] + state[3];
    std::array<Fr, 4> out;
    for (std::size_t i = 0; i < 4; ++i) out[i] = state[i] * poseidon_diagonal[i] + total;
    add_poseidon(r, r.q_poseidon_internal, out, sum);
}

}  // namespace

Fr weighted_relations(Version version, const Row& row, const RelationParameters& parameters, const Fr& alpha,
                      const Fr& row_weight) noexcept {
    WeightedSum sum{alpha};
    if (version == Version::bb_3_0) add_arithmetic(row, sum);
    add_permutation(version, row, parameters, sum);
    add_lookup(row, parameters, sum);
    if (version == Version::bb_5_0) add_arithmetic(row, sum);
    add_range(row, sum);
    add_elliptic(row, sum);
    add_memory(row, parameters, sum);
    add_foreign_field(row, sum);
    add_poseidon_external(row, sum);
    add_poseidon_internal(row, sum);
    return sum.value(row_weight);
}

}  // namespace enshrine::proofs::ultrahonk
