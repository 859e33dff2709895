// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/hash/keccak.hpp>
#include <enshrine/proofs/snark/curves.hpp>

#include <initializer_list>

namespace enshrine::proofs {

/// A challenge of snarkjs: Keccak-256 of what it absorbs, as a big-endian number modulo r. Points and scalars are
/// absorbed in the encodings that our keys and proofs have them in.
template <class C>
[[nodiscard]] typename C::Fr keccak_challenge(std::initializer_list<BytesView> absorbed) {
    Bytes preimage;
    for (const BytesView part : absorbed) append(preimage, part);
    return C::Fr::from(U256::from_be(hash::keccak256(preimage).view()));
}

/// A scalar as it is absorbed.
template <class Fr>
[[nodiscard]] Hash32 absorbed(const Fr& scalar) noexcept {
    return scalar.to_u256().to_be();
}

}  // namespace enshrine::proofs
