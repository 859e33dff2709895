// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/batch.hpp>
#include <enshrine/proofs/snark/fflonk_for_test.hpp>
#include <enshrine/proofs/snark/groth16_for_test.hpp>
#include <enshrine/proofs/snark/plonk_for_test.hpp>
#include <enshrine/proofs/snark/plonk_gnark_for_test.hpp>
#include <enshrine/proofs/snark/ultrahonk_for_test.hpp>

#include <gtest/gtest.h>

#include <deque>

namespace enshrine::proofs {

namespace bn254 = algebra::bn254;

namespace {

using bn254::Draw;
using groth16::CommitmentHash;
using groth16::test::Trapdoor;

constexpr std::size_t c_at = Bn254::g1_bytes + Bn254::g2_bytes;

bool same_verdict(const Result<void>& a, const Result<void>& b) {
    if (a.has_value() != b.has_value()) return false;
    return a.has_value() || (a.error().domain() == b.error().domain() && a.error().message() == b.error().message());
}

Hash32 seed_of(std::uint64_t number) {
    FixedBytes<8> bytes;
    store_be(bytes.data(), number);
    return hash::sha256(bytes.view());
}

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

    Pool() : draw_{61} {
        const std::pair<std::uint16_t, CommitmentHash> keys[] = {{2, CommitmentHash::none},
                                                                 {2, CommitmentHash::none},
                                                                 {0, CommitmentHash::none},
                                                                 {1, CommitmentHash::sha256},
                                                                 {5, CommitmentHash::keccak256}};
        for (const auto& [inputs, commitment] : keys) add_groth16(inputs, commitment);
        const auto plonk_bn254 = plonk::test::Trapdoor<Bn254>::draw(draw_, 8, 2);
        add_kzg(plonk_keys_, plonk_bn254.key(), Prover{plonk_bn254});
        const auto plonk_bls12_381 = plonk::test::Trapdoor<Bls12381>::draw(draw_, 8, 1);
        add_kzg(plonk_keys_, plonk_bls12_381.key(), Prover{plonk_bls12_381});
        const auto fflonk = fflonk::test::Trapdoor::draw(draw_, 8, 3);
        add_kzg(fflonk_keys_, fflonk.key(), Prover{fflonk});
        for (const auto flavour : {ultrahonk::Flavour::plain, ultrahonk::Flavour::zero_knowledge}) {
            const auto honk = ultrahonk::test::Trapdoor::draw(draw_, {ultrahonk::Version::bb_5_0, flavour, 6, 2});
            add_kzg(honk_keys_, honk.key, Prover{honk});
            for (std::size_t i = 0; i < 2; ++i) spoil_last_point(known_[good_[good_.size() - 1 - i]]);
        }
        const auto gnark = plonk_gnark::test::Trapdoor::draw(draw_, {6, 2, true, 1});
        add_kzg(gnark_keys_, gnark.key, Prover{gnark});
    }

    [[nodiscard]] const Known& good(std::size_t i) const { return known_[good_[i % good_.size()]]; }
    [[nodiscard]] const Known& bad(std::size_t i) const { return known_[bad_[i % bad_.size()]]; }
    [[nodiscard]] std::size_t bad_count() const { return bad_.size(); }
    /// Two proofs of one key that are wrong, and right together for equal weights.
    [[nodiscard]] std::pair<const Known*, const Known*> cancelling(std::size_t i) const {
        const std::size_t at = cancelling_[i % cancelling_.size()];
        return {&known_[at], &known_[at + 1]};
    }

private:
    std::size_t add(const BatchKey& key, std::vector<U256> inputs, Bytes proof) {
        auto verdict = std::visit([&](const auto* one) { return one->verify(inputs, proof); }, key);
        (verdict ? good_ : bad_).push_back(known_.size());
        known_.push_back({key, std::move(inputs), std::move(proof), verdict});
        return known_.size() - 1;
    }
    std::size_t add_good(const BatchKey& key, std::vector<U256> inputs, Bytes proof) {
        const std::size_t at = add(key, std::move(inputs), std::move(proof));
        EXPECT_TRUE(known_[at].verdict.has_value());
        return at;
    }
    void add_groth16(std::uint16_t input_count, CommitmentHash commitment) {
        const auto trapdoor = Trapdoor::draw(draw_, input_count, commitment);
        const auto& key = groth16_keys_.emplace_back(groth16::VerifyingKey::decode(trapdoor.key()).value());
        std::vector<std::size_t> made;
        for (int i = 0; i < 8; ++i) {
            auto inputs = groth16::test::draw_inputs(draw_, input_count);
            Bytes proof = trapdoor.prove(draw_, inputs);
            made.push_back(add_good(&key, std::move(inputs), std::move(proof)));
        }
        for (std::size_t i = 0; i < 4; ++i) spoil_groth16(known_[made[i]], commitment != CommitmentHash::none);
        for (std::size_t i = 0; i < 4; i += 2) add_cancelling(known_[made[i]], known_[made[i + 1]]);
    }
    /// The kinds on KZG commitments.
    template <class Key, class Prove>
    void add_kzg(std::deque<Key>& keys, BytesView key_bytes, const Prove& prove) {
        const auto& key = keys.emplace_back(Key::decode(key_bytes).value());
        for (int i = 0; i < 4; ++i) {
            auto inputs = groth16::test::draw_inputs(draw_, key.header().input_count);
            Bytes proof = prove(draw_, key, inputs);
            const Known good = known_[add_good(&key, std::move(inputs), std::move(proof))];
            spoil_bytes(good);
            if (i == 0) continue;
            add(good.key, known_[good_.front()].inputs, good.proof);
        }
    }
    /// The proof with the point of G1 at a place moved.
    static Bytes moved(const Bytes& proof, std::size_t at, const bn254::G1& by) {
        const auto point = bn254::decode_g1(BytesView{proof}.subspan(at, Bn254::g1_bytes)).value();
        Bytes out = proof;
        std::ranges::copy(bn254::encode((by + point).affine()), out.begin() + static_cast<std::ptrdiff_t>(at));
        return out;
    }
    /// One entry for each way to be wrong.
    void spoil_groth16(const Known& from, bool committed) {
        const Known good = from;
        const bn254::G1 error = bn254::multiply(bn254::g1_generator, draw_.fr());
        std::vector<std::size_t> places{0, c_at};
        if (committed) places.insert(places.end(), {c_at + Bn254::g1_bytes, c_at + 2 * Bn254::g1_bytes});
        for (const std::size_t at : places) add(good.key, good.inputs, moved(good.proof, at, error));
        Bytes other = good.proof;
        std::ranges::copy(bn254::encode(draw_.twist_point()), other.begin() + Bn254::g1_bytes);
        add(good.key, good.inputs, other);  // outside of the subgroup
        std::ranges::copy(bn254::encode(draw_.g2()), other.begin() + Bn254::g1_bytes);
        add(good.key, good.inputs, other);
        spoil_bytes(good);
    }
    /// What goes for proofs of all kinds.
    void spoil_bytes(const Known& from) {
        const Known good = from;
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
    /// Of proofs that end with the quotient of their opening: nothing but the pairing finds it out.
    void spoil_last_point(const Known& from) {
        const Known good = from;
        const std::size_t at = good.proof.size() - Bn254::g1_bytes;
        const auto last = bn254::decode_g1(BytesView{good.proof}.subspan(at)).value();
        Bytes other = good.proof;
        std::ranges::copy(bn254::encode(-last), other.begin() + static_cast<std::ptrdiff_t>(at));
        add(good.key, good.inputs, other);
        EXPECT_TRUE(known_.back().verdict.error().is(SnarkError::does_not_hold));
    }
    void add_cancelling(const Known& first, const Known& second) {
        const Known a = first;
        const Known b = second;
        ASSERT_EQ(a.key, b.key);
        const bn254::G1 error = bn254::multiply(bn254::g1_generator, draw_.fr());
        cancelling_.push_back(add(a.key, a.inputs, moved(a.proof, c_at, error)));
        add(b.key, b.inputs, moved(b.proof, c_at, -error));
    }

    Draw draw_;
    std::deque<groth16::VerifyingKey> groth16_keys_;
    std::deque<plonk::VerifyingKey> plonk_keys_;
    std::deque<fflonk::VerifyingKey> fflonk_keys_;
    std::deque<ultrahonk::VerifyingKey> honk_keys_;
    std::deque<plonk_gnark::VerifyingKey> gnark_keys_;
    std::deque<Known> known_;
    std::vector<std::size_t> good_;
    std::vector<std::size_t> bad_;
    std::vector<std::size_t> cancelling_;
};

const Pool& pool() {
    static const Pool one;
    return one;
}

void expect_single_verdicts(std::span<const Pool::Known* const> chosen, const Hash32& seed) {
    std::vector<BatchEntry> entries;
    for (const auto* known : chosen) entries.push_back(known->entry());
    const auto verdicts = verify_batch(entries, seed);
    ASSERT_EQ(verdicts.size(), chosen.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        EXPECT_TRUE(same_verdict(verdicts[i], chosen[i]->verdict)) << i << " of " << chosen.size();
    }
}

std::vector<const Pool::Known*> good_entries(std::size_t count, std::size_t from = 0) {
    std::vector<const Pool::Known*> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(&pool().good(from + 3 * i));
    return out;
}

// [PROOF-BATCH.1]
TEST(ProofBatch, R1GoodBatchesOfEverySize) {
    for (std::size_t count = 0; count <= 20; ++count) expect_single_verdicts(good_entries(count), seed_of(count));
}

// [PROOF-BATCH.1] [PROOF-BATCH.4]
TEST(ProofBatch, R1OneBadAtEachPosition) {
    for (const std::size_t count : {1U, 2U, 3U, 4U, 7U, 8U, 9U, 16U}) {
        for (std::size_t at = 0; at < count; ++at) {
            auto chosen = good_entries(count, at);
            chosen[at] = &pool().bad(at + count);
            expect_single_verdicts(chosen, seed_of(at));
        }
    }
}

// [PROOF-BATCH.1]
TEST(ProofBatch, R1EveryWayToBeWrong) {
    for (std::size_t i = 0; i < pool().bad_count(); ++i) {
        auto chosen = good_entries(3, i);
        chosen.push_back(&pool().bad(i));
        expect_single_verdicts(chosen, seed_of(i));
    }
}

// [PROOF-BATCH.2]
TEST(ProofBatch, R2ErrorsThatCancelForEqualWeights) {
    for (std::size_t i = 0; i < 4; ++i) {
        const auto [first, second] = pool().cancelling(i);
        expect_single_verdicts(std::array{first, second}, seed_of(i));
        for (const std::size_t distance : {1U, 3U, 8U}) {
            auto chosen = good_entries(12, i);
            chosen[1] = first;
            chosen[1 + distance] = second;
            expect_single_verdicts(chosen, seed_of(i));
        }
    }
}

// [PROOF-BATCH.1] [PROOF-BATCH.5]
TEST(ProofBatch, R5AllBadAndDuplicates) {
    std::vector<const Pool::Known*> bad;
    for (std::size_t i = 0; i < 24; ++i) bad.push_back(&pool().bad(2 * i));
    expect_single_verdicts(bad, seed_of(1));
    const std::vector<const Pool::Known*> same_good(19, &pool().good(1));
    expect_single_verdicts(same_good, seed_of(2));
    const std::vector<const Pool::Known*> same_bad(11, pool().cancelling(0).first);
    expect_single_verdicts(same_bad, seed_of(3));
}

// [PROOF-BATCH.3]
TEST(ProofBatch, R3SeedDependsOnEveryPart) {
    std::vector<BatchEntry> entries;
    for (const auto* known : good_entries(3)) entries.push_back(known->entry());
    const Hash32 seed = batch_seed(entries);
    EXPECT_EQ(seed, batch_seed(entries));
    auto other = entries;
    std::swap(other[0], other[1]);
    EXPECT_NE(seed, batch_seed(other));
    other = entries;
    other[2].proof = other[2].proof.first(other[2].proof.size() - 1);
    EXPECT_NE(seed, batch_seed(other));
    other = entries;
    other[0].key = pool().good(20).key;
    EXPECT_NE(seed, batch_seed(other));
    other = entries;
    other[0].inputs = pool().good(1).inputs;
    EXPECT_NE(seed, batch_seed(other));
    EXPECT_NE(seed, batch_seed({}));
    for (const auto& verdict : verify_batch(entries, seed)) EXPECT_TRUE(verdict.has_value());
}

void random_batches(std::uint64_t from, std::uint64_t to) {
    for (std::uint64_t number = from; number < to; ++number) {
        Draw draw{number};
        auto chosen = good_entries(draw.word() % 13, draw.word() % 64);
        const std::size_t bad_count = draw.word() % 3;
        for (std::size_t i = 0; i < bad_count && !chosen.empty(); ++i) {
            chosen[draw.word() % chosen.size()] = &pool().bad(draw.word());
        }
        if (draw.word() % 4 == 0) {
            const auto [first, second] = pool().cancelling(draw.word());
            chosen.push_back(first);
            chosen.insert(chosen.begin(), second);
        }
        if (draw.word() % 4 == 0 && !chosen.empty()) chosen.push_back(chosen[draw.word() % chosen.size()]);
        expect_single_verdicts(chosen, seed_of(number));
        ASSERT_FALSE(testing::Test::HasFailure()) << "batch " << number;
    }
}

// [PROOF-BATCH.1]
TEST(ProofBatch, R1RandomCorruptedBatches) {
    random_batches(0, 100);
}
// [PROOF-BATCH.1]
TEST(ProofBatchSlow, R1TenThousandRandomCorruptedBatches) {
    random_batches(100, 10'000);
}

}  // namespace
}  // namespace enshrine::proofs
