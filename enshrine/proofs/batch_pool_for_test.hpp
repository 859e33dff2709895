// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/batch.hpp>
#include <enshrine/proofs/snark/fflonk_for_test.hpp>
#include <enshrine/proofs/snark/groth16_for_test.hpp>
#include <enshrine/proofs/snark/plonk_for_test.hpp>
#include <enshrine/proofs/snark/plonk_gnark_for_test.hpp>
#include <enshrine/proofs/snark/ultrahonk_for_test.hpp>

#include <gtest/gtest.h>

#include <deque>

/// For tests alone: proofs of all kinds on both curves, right and wrong in every way.
namespace enshrine::proofs::test {

namespace bn254 = algebra::bn254;

using groth16::CommitmentHash;

template <class C>
constexpr std::size_t c_at = C::g1_bytes + C::g2_bytes;

/// What makes proofs, for Pool::add_kzg().
template <class AnyTrapdoor>
struct Prover {
    const AnyTrapdoor& trapdoor;

    template <class Key>
    [[nodiscard]] Bytes operator()(Draw& draw, const Key&, std::span<const U256> inputs) const {
        return trapdoor.prove(draw, inputs);
    }
};
template <>
struct Prover<plonk_gnark::test::Trapdoor> {
    const plonk_gnark::test::Trapdoor& trapdoor;

    [[nodiscard]] Bytes operator()(Draw& draw, const plonk_gnark::VerifyingKey& key,
                                   std::span<const U256> inputs) const {
        return trapdoor.prove(draw, key, inputs);
    }
};

inline Curve curve_of(const BatchKey& key) {
    return std::visit(
        [](const auto* one) {
            if constexpr (requires { one->header().curve; }) return one->header().curve;
            return Curve::bn254;
        },
        key);
}

/// Entries whose single verdict is known.
class Pool {
public:
    struct Known {
        BatchKey key;
        std::vector<U256> inputs;
        Bytes proof;
        Result<void> verdict;

        [[nodiscard]] BatchEntry entry() const { return {key, inputs, proof}; }
    };
    /// Entries that batches are drawn from, by numbers that wrap around.
    class Choice {
    public:
        [[nodiscard]] const Known& good(std::size_t i) const { return *good_[i % good_.size()]; }
        [[nodiscard]] const Known& bad(std::size_t i) const { return *bad_[i % bad_.size()]; }
        [[nodiscard]] std::size_t good_count() const { return good_.size(); }
        [[nodiscard]] std::size_t bad_count() const { return bad_.size(); }
        /// Two proofs of one key that are wrong, and right together for equal weights.
        [[nodiscard]] std::pair<const Known*, const Known*> cancelling(std::size_t i) const {
            return cancelling_[i % cancelling_.size()];
        }

    private:
        friend class Pool;
        std::vector<const Known*> good_;
        std::vector<const Known*> bad_;
        std::vector<std::pair<const Known*, const Known*>> cancelling_;
    };

    Pool() : draw_{61} {
        const std::pair<std::uint16_t, CommitmentHash> keys[] = {{2, CommitmentHash::none},
                                                                 {2, CommitmentHash::none},
                                                                 {0, CommitmentHash::none},
                                                                 {1, CommitmentHash::sha256},
                                                                 {5, CommitmentHash::keccak256}};
        for (const auto& [inputs, commitment] : keys) add_groth16<Bn254>(inputs, commitment);
        for (const auto inputs : std::array<std::uint16_t, 3>{2, 0, 5})
            add_groth16<Bls12381>(inputs, CommitmentHash::none);
        const auto plonk_bn254 = plonk::test::Trapdoor<Bn254>::draw(draw_, 8, 2);
        add_kzg(plonk_keys_, plonk_bn254.key(), Prover{plonk_bn254});
        auto plonk_bls12_381 = plonk::test::Trapdoor<Bls12381>::draw(draw_, 8, 1);
        add_kzg(plonk_keys_, plonk_bls12_381.key(), Prover{plonk_bls12_381});
        plonk_bls12_381.circuit[0] = draw_scalar<Bls12381>(draw_);  // another circuit on the same [x]_2
        add_kzg(plonk_keys_, plonk_bls12_381.key(), Prover{plonk_bls12_381});
        const auto fflonk = fflonk::test::Trapdoor::draw(draw_, 8, 3);
        add_kzg(fflonk_keys_, fflonk.key(), Prover{fflonk});
        for (const auto flavour : {ultrahonk::Flavour::plain, ultrahonk::Flavour::zero_knowledge}) {
            const auto honk = ultrahonk::test::Trapdoor::draw(draw_, {ultrahonk::Version::bb_5_0, flavour, 6, 2});
            add_kzg(honk_keys_, honk.key, Prover{honk});
            spoil_last_point(*on_both_.good_.back());
        }
        const auto gnark = plonk_gnark::test::Trapdoor::draw(draw_, {6, 2, true, 1});
        add_kzg(gnark_keys_, gnark.key, Prover{gnark});
    }

    [[nodiscard]] const Choice& on_both() const { return on_both_; }
    [[nodiscard]] const Choice& on_bls12_381() const { return on_bls12_381_; }

private:
    const Known& add(const BatchKey& key, std::vector<U256> inputs, Bytes proof) {
        auto verdict = std::visit([&](const auto* one) { return one->verify(inputs, proof); }, key);
        const Known& out = known_.emplace_back(key, std::move(inputs), std::move(proof), verdict);
        (verdict ? on_both_.good_ : on_both_.bad_).push_back(&out);
        if (curve_of(key) == Curve::bls12_381) {
            (verdict ? on_bls12_381_.good_ : on_bls12_381_.bad_).push_back(&out);
        }
        return out;
    }
    const Known& add_good(const BatchKey& key, std::vector<U256> inputs, Bytes proof) {
        const Known& out = add(key, std::move(inputs), std::move(proof));
        EXPECT_TRUE(out.verdict.has_value());
        return out;
    }
    template <class C>
    void add_groth16(std::uint16_t input_count, CommitmentHash commitment) {
        const auto trapdoor = groth16::test::TrapdoorOn<C>::draw(draw_, input_count, commitment);
        const auto& key = groth16_keys_.emplace_back(groth16::VerifyingKey::decode(trapdoor.key()).value());
        std::vector<const Known*> made;
        for (int i = 0; i < 8; ++i) {
            auto inputs = proofs::test::draw_inputs<C>(draw_, input_count);
            Bytes proof = trapdoor.prove(draw_, inputs);
            made.push_back(&add_good(&key, std::move(inputs), std::move(proof)));
        }
        for (std::size_t i = 0; i < 4; ++i) spoil_groth16<C>(*made[i], commitment != CommitmentHash::none);
        for (std::size_t i = 0; i < 4; i += 2) add_cancelling<C>(*made[i], *made[i + 1]);
    }
    /// The kinds on KZG commitments.
    template <class Key, class Prove>
    void add_kzg(std::deque<Key>& keys, BytesView key_bytes, const Prove& prove) {
        const auto& key = keys.emplace_back(Key::decode(key_bytes).value());
        const Known* first = nullptr;
        for (int i = 0; i < 4; ++i) {
            auto inputs = groth16::test::draw_inputs(draw_, key.header().input_count);
            Bytes proof = prove(draw_, key, inputs);
            const Known& good = add_good(&key, std::move(inputs), std::move(proof));
            spoil_bytes(good);
            if (i > 0) add(good.key, first->inputs, good.proof);
            if (i == 0) first = &good;
        }
        if (curve_of(&key) != Curve::bls12_381) return;
        add(first->key, first->inputs, with(first->proof, 0, draw_outside<Bls12381>(draw_).g1[0]));
    }
    /// The proof with the point of G1 at a place moved.
    template <class C>
    static Bytes moved(const Bytes& proof, std::size_t at, const typename C::Fr& by) {
        const auto point = C::decode_g1(BytesView{proof}.subspan(at, C::g1_bytes)).value();
        const std::array points{point, C::g1_generator()};
        const std::array scalars{C::Fr::one(), by};
        return with(proof, at, C::encode(C::multi_scalar_product(points, scalars)).view());
    }
    /// One entry for each way to be wrong.
    template <class C>
    void spoil_groth16(const Known& good, bool committed) {
        const auto error = draw_scalar<C>(draw_);
        std::vector<std::size_t> places{0, c_at<C>};
        if (committed) places.insert(places.end(), {c_at<C> + C::g1_bytes, c_at<C> + 2 * C::g1_bytes});
        for (const std::size_t at : places) add(good.key, good.inputs, moved<C>(good.proof, at, error));
        const auto outside = draw_outside<C>(draw_);
        add(good.key, good.inputs, with(good.proof, C::g1_bytes, outside.g2));
        for (const Bytes& point : outside.g1) {
            for (const std::size_t at : places) add(good.key, good.inputs, with(good.proof, at, point));
        }
        const auto other = C::encode(proofs::test::g2_times(draw_scalar<C>(draw_)));
        add(good.key, good.inputs, with(good.proof, C::g1_bytes, other.view()));
        spoil_bytes(good);
    }
    /// What goes for proofs of all kinds.
    void spoil_bytes(const Known& good) {
        Bytes other = good.proof;
        other[31] ^= 1;
        add(good.key, good.inputs, other);
        other = good.proof;
        other.back() ^= 1;
        add(good.key, good.inputs, other);
        other.pop_back();
        add(good.key, good.inputs, other);
        add(good.key, good.inputs, Bytes(good.proof.size()));
        auto inputs = good.inputs;
        inputs.push_back(U256{});
        add(good.key, inputs, good.proof);
        if (good.inputs.empty()) return;
        inputs = good.inputs;
        inputs[0] = inputs[0].is_zero() ? U256{1} : U256{};
        add(good.key, inputs, good.proof);
        inputs[0] = good.inputs[0] + Bls12381::group_order;
        add(good.key, inputs, good.proof);
    }
    /// Of a proof that ends with the quotient of its opening: nothing but the pairing finds it out.
    void spoil_last_point(const Known& good) {
        const std::size_t at = good.proof.size() - Bn254::g1_bytes;
        const auto last = bn254::decode_g1(BytesView{good.proof}.subspan(at)).value();
        const Known& spoilt = add(good.key, good.inputs, with(good.proof, at, bn254::encode(-last).view()));
        EXPECT_TRUE(spoilt.verdict.error().is(SnarkError::does_not_hold));
    }
    /// Two proofs of one key that are wrong, and right together for equal weights: C + D and C - D.
    template <class C>
    void add_cancelling(const Known& a, const Known& b) {
        ASSERT_EQ(a.key, b.key);
        const auto error = draw_scalar<C>(draw_);
        const Known& first = add(a.key, a.inputs, moved<C>(a.proof, c_at<C>, error));
        const Known& second = add(b.key, b.inputs, moved<C>(b.proof, c_at<C>, -error));
        on_both_.cancelling_.emplace_back(&first, &second);
        if (C::id == Curve::bls12_381) on_bls12_381_.cancelling_.emplace_back(&first, &second);
    }

    Draw draw_;
    std::deque<groth16::VerifyingKey> groth16_keys_;
    std::deque<plonk::VerifyingKey> plonk_keys_;
    std::deque<fflonk::VerifyingKey> fflonk_keys_;
    std::deque<ultrahonk::VerifyingKey> honk_keys_;
    std::deque<plonk_gnark::VerifyingKey> gnark_keys_;
    std::deque<Known> known_;  // whose addresses stay
    Choice on_both_;
    Choice on_bls12_381_;
};

}  // namespace enshrine::proofs::test
