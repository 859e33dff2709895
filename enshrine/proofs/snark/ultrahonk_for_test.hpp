// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/encoding.hpp>
#include <enshrine/algebra/bn254/random_for_test.hpp>
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/snark/ultrahonk_mask.hpp>
#include <enshrine/proofs/snark/ultrahonk_opening.hpp>
#include <enshrine/proofs/snark/ultrahonk_prepared.hpp>
#include <enshrine/proofs/snark/ultrahonk_sumcheck.hpp>

#include <string>

/// For tests alone: keys whose SRS has a known trapdoor, so that proofs of any statement can be made without a circuit.
namespace enshrine::proofs::ultrahonk::test {

namespace bn254 = algebra::bn254;

/// A number or a point of a proof, in the order of its bytes [HONK.7].
struct Item {
    std::string name;
    std::size_t at;  ///< byte
    bool is_point;

    [[nodiscard]] std::size_t size() const { return is_point ? bn254::g1_bytes : bn254::field_bytes; }
};

class Layout {
public:
    explicit Layout(const Header& header) {
        const bool masked = header.flavour == Flavour::zero_knowledge;
        const unsigned rounds = header.log_size;
        scalars("accumulator", header.version == Version::bb_3_0 ? 16 : 8);
        if (masked) points({"mask opening"});
        points({"w_l", "w_r", "w_o", "lookup_read_counts", "lookup_read_tags", "w_4", "lookup_inverses", "z_perm"});
        if (masked) {
            points({"masks"});
            scalars("mask sum", 1);
        }
        for (unsigned i = 0; i < rounds; ++i) scalars("round " + std::to_string(i) + ",", masked ? 9 : 8);
        if (masked) scalars("mask opening evaluation", 1);
        scalars("evaluation", 41);
        if (masked) {
            scalars("mask evaluation", 1);
            points({"mask running sum", "mask quotient"});
        }
        for (unsigned i = 1; i < rounds; ++i) points({"fold " + std::to_string(i)});
        scalars("fold value", rounds);
        if (masked) scalars("mask claim", 4);
        points({"quotient", "kzg quotient"});
    }

    [[nodiscard]] const std::vector<Item>& items() const { return items_; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] const Item& item(const std::string& name) const {
        for (const Item& item : items_) {
            if (item.name == name) return item;
        }
        ENSHRINE_ASSERT(false);
    }

private:
    void add(const std::string& name, bool is_point) {
        items_.push_back({name, size_, is_point});
        size_ += items_.back().size();
    }
    void points(const std::vector<std::string>& names) {
        for (const auto& name : names) add(name, true);
    }
    void scalars(const std::string& name, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) add(count == 1 ? name : name + " " + std::to_string(i), false);
    }

    std::vector<Item> items_;
    std::size_t size_ = 0;
};

inline void put(Bytes& proof, const Item& item, const Fr& value) {
    ENSHRINE_ASSERT(!item.is_point);
    std::ranges::copy(bn254::encode(value), proof.begin() + static_cast<std::ptrdiff_t>(item.at));
}
inline void put(Bytes& proof, const Item& item, const bn254::G1Affine& value) {
    ENSHRINE_ASSERT(item.is_point);
    std::ranges::copy(bn254::encode(value), proof.begin() + static_cast<std::ptrdiff_t>(item.at));
}
[[nodiscard]] inline Fr scalar_at(const Bytes& proof, const Item& item) {
    return bn254::decode_fr(BytesView{proof}.subspan(item.at, item.size())).value();
}
[[nodiscard]] inline bn254::G1Affine point_at(const Bytes& proof, const Item& item) {
    return bn254::decode_g1(BytesView{proof}.subspan(item.at, item.size())).value();
}
[[nodiscard]] inline bn254::G1Affine times_generator(const Fr& scalar) {
    return bn254::multiply(bn254::g1_generator, scalar).affine();
}

/// The limbs of the coordinates of two points, as public inputs spell them.
[[nodiscard]] inline std::vector<Fr> limbs_of(Version version, const PairingPoints& points) {
    const Dialect& form = dialect(version);
    std::vector<Fr> out;
    for (const bn254::Fp& value : {points.first.x, points.first.y, points.second.x, points.second.y}) {
        U256 rest = value.to_u256();
        for (std::size_t i = 0; i < form.accumulator_limbs / 4; ++i) {
            out.push_back(Fr::from(rest - ((rest >> form.limb_bits) << form.limb_bits)));
            rest = rest >> form.limb_bits;
        }
    }
    return out;
}

struct Trapdoor {
    Header header;
    Fr x;
    Bytes key;
    VerifyingKey decoded;

    [[nodiscard]] static Trapdoor draw(bn254::Draw& draw, const Header& header) {
        const Fr x = draw.fr();
        Bytes key = encode(header);
        append(key, bn254::encode(bn254::multiply(bn254::g2_generator, x).affine()).view());
        for (std::size_t i = 0; i < committed_in_key; ++i) append(key, bn254::encode(draw.g1()).view());
        auto decoded = VerifyingKey::decode(key).value();
        return {header, x, std::move(key), std::move(decoded)};
    }

    /// A pair of points that satisfies the pairing.
    [[nodiscard]] PairingPoints accumulator(bn254::Draw& draw) const {
        const Fr k = draw.fr();
        return {times_generator(k * x), -times_generator(k)};
    }
    [[nodiscard]] Bytes prove(bn254::Draw& draw, std::span<const U256> inputs) const {
        return prove(draw, inputs, limbs_of(header.version, accumulator(draw)));
    }

    /// Everything is random but what an equation fixes.
    [[nodiscard]] Bytes prove(bn254::Draw& draw, std::span<const U256> inputs, std::span<const Fr> accumulator_limbs,
                              const std::vector<std::string>& zero_polynomials = {}) const {
        const Layout layout{header};
        Bytes proof(layout.size());
        for (const Item& item : layout.items()) {
            if (item.is_point) put(proof, item, draw.g1());
            if (!item.is_point) put(proof, item, draw.fr());
        }
        for (std::size_t i = 0; i < accumulator_limbs.size(); ++i) {
            put(proof, layout.item("accumulator " + std::to_string(i)), accumulator_limbs[i]);
        }
        for (const auto& name : zero_polynomials) put(proof, layout.item(name), bn254::G1Affine::infinity());
        solve_sumcheck(proof, layout, inputs);
        if (header.flavour == Flavour::zero_knowledge) solve_mask(proof, layout, inputs);
        solve_opening(proof, layout, inputs);
        return proof;
    }

private:
    [[nodiscard]] Proof read(const Bytes& proof, std::span<const U256> inputs) const {
        return read_proof(header, decoded.circuit_hash(), inputs, proof).value();
    }

    void solve_sumcheck(Bytes& proof, const Layout& layout, std::span<const U256> inputs) const {
        const bool masked = header.flavour == Flavour::zero_knowledge;
        const RoundInterpolation interpolation{masked ? round_values_masked : round_values_plain};
        Fr target;
        Fr row_weight = Fr::one();
        for (unsigned i = 0; i < header.log_size; ++i) {
            const Proof before = read(proof, inputs);
            if (i == 0 && masked) target = before.mask->challenge * before.mask->sum;
            put(proof, layout.item("round " + std::to_string(i) + ", 0"), target - before.sumcheck.rounds[i][1]);
            const Proof after = read(proof, inputs);
            const Fr& u = after.sumcheck.point[i];
            const std::span values{after.sumcheck.rounds[i]};
            target = interpolation.evaluate(values.first(masked ? round_values_masked : round_values_plain), u);
            Fr gate = after.sumcheck.gate;
            for (unsigned k = 0; k < i; ++k) gate = gate.square();
            row_weight = row_weight * (Fr::one() - u + u * gate);
        }
        solve_relations(proof, layout, read(proof, inputs), target, row_weight);
    }

    /// The relations are linear in lookup_read_counts, the 35th polynomial.
    void solve_relations(Bytes& proof, const Layout& layout, const Proof& known, const Fr& target,
                         const Fr& row_weight) const {
        RelationParameters parameters = known.parameters;
        parameters.public_inputs_delta =
            public_inputs_delta(dialect(header.version), known.public_inputs, parameters.beta, parameters.gamma)
                .value();
        Row row = row_of(header.version, known.evaluations);
        const auto value = [&](const Fr& counts) {
            row.lookup_read_counts = counts;
            Fr out = weighted_relations(header.version, row, parameters, known.alpha, row_weight);
            if (!known.mask) return out;
            Fr left_out = Fr::one();
            for (std::size_t i = 2; i < known.sumcheck.point.size(); ++i) {
                const Fr& u = known.sumcheck.point[i];
                left_out = left_out * (header.version == Version::bb_3_0 ? u : Fr::one() - u);
            }
            return out * (Fr::one() - left_out) + known.mask->challenge * known.mask->evaluation;
        };
        const Fr at_zero = value(Fr::zero());
        const Fr slope = value(Fr::one()) - at_zero;
        put(proof, layout.item("evaluation 34"), (target - at_zero) * slope.inverse());
    }

    /// Lagrange polynomials of the whole subgroup, straight from their definition.
    void solve_mask(Bytes& proof, const Layout& layout, std::span<const U256> inputs) const {
        const Proof known = read(proof, inputs);
        const Fr& r = known.opening.r;
        std::vector<Fr> values{Fr::one()};
        for (const Fr& u : known.sumcheck.point) {
            for (std::size_t k = 0; k < round_values_masked; ++k) {
                values.push_back(k == 0 ? Fr::one() : values.back() * u);
            }
        }
        values.resize(mask_subgroup);
        const Fr vanishing = r.power({mask_subgroup, 0, 0, 0}) - Fr::one();
        const Fr size_inverse = Fr::from(mask_subgroup).inverse();
        Fr element = Fr::one();
        Fr challenges;
        Fr first;
        Fr last;
        for (std::size_t i = 0; i < mask_subgroup; ++i) {
            const Fr lagrange = vanishing * size_inverse * element * (r - element).inverse();
            if (i == 0) first = lagrange;
            last = lagrange;
            challenges = challenges + values[i] * lagrange;
            element = element * mask_generator;
        }
        const auto& claims = known.mask->claims;
        const Fr sum = first * claims[2] + last * (claims[2] - known.mask->evaluation) +
                       (r - mask_generator.inverse()) * (claims[1] - claims[2] - claims[0] * challenges);
        put(proof, layout.item("mask claim 3"), sum * vanishing.inverse());
    }

    /// M + z W = x W, where M is everything else.
    void solve_opening(Bytes& proof, const Layout& layout, std::span<const U256> inputs) const {
        const Proof known = read(proof, inputs);
        const auto points = reduce_opening(header.version, decoded.prepared().commitments, known).value();
        const Fr& z = known.opening.z;
        const bn254::G1 rest = bn254::multiply(known.opening.kzg_quotient, -z) + points.first;
        put(proof, layout.item("kzg quotient"), bn254::multiply(rest.affine(), (x - z).inverse()).affine());
    }
};

[[nodiscard]] inline std::vector<U256> draw_inputs(bn254::Draw& draw, std::size_t count) {
    std::vector<U256> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(i % 3 == 2 ? U256{i} : draw.fr().to_u256());
    return out;
}

}  // namespace enshrine::proofs::ultrahonk::test
