// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/pairing_backend.hpp>

namespace enshrine::proofs {

namespace bls = crypto::bls12_381;

using bls::Fr;
using bls::G1;

Fr PairingBackend<Bls12381>::weight(std::uint64_t a, std::uint64_t b) noexcept {
    return Fr::from(U256{0, 0, b, a});
}

std::vector<bls::Pair> PairingBackend<Bls12381>::scale(std::span<const bls::Pair> pairs, std::span<const Fr> factors) {
    std::vector<G1> first;
    for (const bls::Pair& pair : pairs) first.push_back(pair.p);
    const auto scaled = bls::multiply_each(first, factors);
    std::vector<bls::Pair> out;
    for (std::size_t i = 0; i < pairs.size(); ++i) out.push_back({scaled[i], pairs[i].q});
    return out;
}

std::vector<G1> PairingBackend<Bls12381>::sums(std::span<const G1Combination<Bls12381>> own,
                                               std::span<const G1Combination<Bls12381>> shared) {
    std::vector<G1> out;
    for (std::size_t i = 0; i < own.size(); ++i) {
        G1Combination<Bls12381> whole = own[i];
        whole.add(shared[i]);
        out.push_back(whole.sum());
    }
    return out;
}

PairingProduct<Bls12381> PairingBackend<Bls12381>::product(std::vector<bls::Pair> pairs, std::span<const G1> points,
                                                           std::span<const FixedPoint<Bls12381>> fixed) {
    std::vector<bls::PreparedPair> prepared;
    for (std::size_t i = 0; i < fixed.size(); ++i) {
        if (fixed[i].lines == nullptr) pairs.push_back({points[i], fixed[i].point});
        if (fixed[i].lines != nullptr) prepared.push_back({points[i], fixed[i].lines});
    }
    return {bls::final_exponentiation(bls::miller_loop(pairs, prepared)), {}};
}

}  // namespace enshrine::proofs
