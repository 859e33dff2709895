// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/kzg.hpp>

namespace enshrine::proofs {

bool KzgSrs<Bn254>::holds(const KzgClaim<Bn254>& claim) const {
    const std::array pairs{algebra::bn254::PreparedPair{claim.p, &x_lines_},
                           algebra::bn254::PreparedPair{claim.q, &one_lines_}};
    return algebra::bn254::pairing_product_is_one({}, pairs);
}

bool KzgSrs<Bls12381>::holds(const KzgClaim<Bls12381>& claim) const {
    const std::array pairs{crypto::bls12_381::PreparedPair{claim.p, &x_lines_},
                           crypto::bls12_381::PreparedPair{claim.q, &one_lines_}};
    return crypto::bls12_381::pairing_product_is_one(pairs);
}

}  // namespace enshrine::proofs
