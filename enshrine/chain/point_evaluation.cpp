// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/point_evaluation.hpp>
#include <enshrine/crypto/kzg.hpp>

namespace enshrine::chain {

namespace kzg = crypto::kzg;

std::optional<Bytes> evaluate_point(BytesView input) {
    if (input.size() != point_evaluation_input_bytes) return std::nullopt;
    const Hash32 versioned_hash = Hash32::from(input.first(32));
    const kzg::Evaluation claim{.commitment = kzg::Commitment::from(input.subspan(96, 48)),
                                .z = Hash32::from(input.subspan(32, 32)),
                                .y = Hash32::from(input.subspan(64, 32))};
    const auto proof = kzg::Proof::from(input.subspan(144, 48));
    if (kzg::versioned_hash(claim.commitment) != versioned_hash) return std::nullopt;
    if (!kzg::verify_proof(claim, proof)) return std::nullopt;
    Bytes out = to_bytes(U256{kzg::field_elements_per_blob}.to_be().view());
    append(out, kzg::field_modulus.to_be().view());
    return out;
}

}  // namespace enshrine::chain
