// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Batches of damaged proofs: four bytes an entry, which proof it is of, which of its bytes changes and how. The
// verdicts are those of single verification.
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/batch.hpp>
#include <enshrine/proofs/snark/fflonk_for_test.hpp>
#include <enshrine/proofs/snark/groth16_for_test.hpp>
#include <enshrine/proofs/snark/plonk_for_test.hpp>
#include <enshrine/proofs/snark/plonk_gnark_for_test.hpp>
#include <enshrine/proofs/snark/ultrahonk_for_test.hpp>

#include <deque>

using namespace enshrine;
using namespace enshrine::proofs;

namespace {

constexpr std::size_t entry_bytes = 4;
constexpr std::size_t entries_max = 12;

struct Good {
    BatchKey key;
    std::vector<U256> inputs;
    Bytes proof;
};

class Pool {
public:
    Pool() {
        for (const auto commitment : {groth16::CommitmentHash::none, groth16::CommitmentHash::sha256}) {
            const auto trapdoor = groth16::test::Trapdoor::draw(draw_, 2, commitment);
            add(groth16_, trapdoor, trapdoor.key());
        }
        const auto plonk = plonk::test::Trapdoor<Bn254>::draw(draw_, 4, 2);
        add(plonk_, plonk, plonk.key());
        const auto fflonk = fflonk::test::Trapdoor::draw(draw_, 4, 2);
        add(fflonk_, fflonk, fflonk.key());
        const auto groth16_bls12_381 = groth16::test::TrapdoorOn<Bls12381>::draw(draw_, 2);
        add(groth16_, groth16_bls12_381, groth16_bls12_381.key());
        const auto plonk_bls12_381 = plonk::test::Trapdoor<Bls12381>::draw(draw_, 4, 2);
        add(plonk_, plonk_bls12_381, plonk_bls12_381.key());
        // New kinds come last: entries of the corpus name proofs by number.
        const auto gnark = plonk_gnark::test::Trapdoor::draw(draw_, {4, 2, true, 1});
        add(gnark_, gnark, gnark.key);
        const auto honk =
            ultrahonk::test::Trapdoor::draw(draw_, {ultrahonk::Version::bb_5_0, ultrahonk::Flavour::plain, 4, 2});
        add(honk_, honk, honk.key);
    }
    [[nodiscard]] const Good& at(std::size_t i) const { return good_[i % good_.size()]; }

private:
    template <class Key, class Trapdoor>
    Bytes proof_of(const Trapdoor& trapdoor, const Key& key, std::span<const U256> inputs) {
        if constexpr (std::is_same_v<Key, plonk_gnark::VerifyingKey>)
            return trapdoor.prove(draw_, key, inputs);
        else
            return trapdoor.prove(draw_, inputs);
    }
    template <class Key, class Trapdoor>
    void add(std::deque<Key>& keys, const Trapdoor& trapdoor, BytesView key) {
        keys.push_back(Key::decode(key).value());
        for (int i = 0; i < 3; ++i) {
            auto inputs = groth16::test::draw_inputs(draw_, 2);
            Bytes proof = proof_of(trapdoor, keys.back(), inputs);
            good_.push_back({&keys.back(), std::move(inputs), std::move(proof)});
        }
    }

    algebra::bn254::Draw draw_{1};
    std::deque<groth16::VerifyingKey> groth16_;
    std::deque<plonk::VerifyingKey> plonk_;
    std::deque<fflonk::VerifyingKey> fflonk_;
    std::deque<plonk_gnark::VerifyingKey> gnark_;
    std::deque<ultrahonk::VerifyingKey> honk_;
    std::vector<Good> good_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Pool pool;
    const std::size_t count = std::min(size / entry_bytes, entries_max);
    std::vector<Bytes> proofs;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint8_t* entry = data + entry_bytes * i;
        proofs.push_back(pool.at(entry[0]).proof);
        const std::size_t at = (entry[1] + std::size_t{256} * entry[2]) % proofs.back().size();
        proofs.back()[at] = static_cast<Byte>(proofs.back()[at] ^ entry[3]);
    }
    std::vector<BatchEntry> entries;
    for (std::size_t i = 0; i < count; ++i) {
        const Good& good = pool.at(data[entry_bytes * i]);
        entries.push_back({good.key, good.inputs, proofs[i]});
    }
    const auto verdicts = verify_batch(entries, batch_seed(entries));
    for (std::size_t i = 0; i < count; ++i) {
        const auto alone = std::visit([&](const auto* key) { return key->verify(entries[i].inputs, entries[i].proof); },
                                      entries[i].key);
        ENSHRINE_ASSERT(alone.has_value() == verdicts[i].has_value());
        ENSHRINE_ASSERT(alone.has_value() || (alone.error().domain() == verdicts[i].error().domain() &&
                                              alone.error().message() == verdicts[i].error().message()));
        ENSHRINE_ASSERT(alone.has_value() == (data[entry_bytes * i + 3] == 0));
    }
    return 0;
}
