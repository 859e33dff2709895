// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/encoding.hpp>
#include <enshrine/base/bytes.hpp>

namespace enshrine::proofs::ultrahonk {

/// What one hash gives: its lower 127 bits and the 127 above them, as numbers.
struct Challenge {
    algebra::bn254::Fr low;
    algebra::bn254::Fr high;
};

/// A chain of Keccak-256: each challenge hashes the one before it and everything absorbed since [HONK.10].
class Transcript {
public:
    void absorb(BytesView words) { append(pending_, words); }
    [[nodiscard]] Challenge squeeze();

private:
    Bytes pending_;
};

/// The proof, of which nothing can be read without entering the transcript.
class ProofReader {
public:
    ProofReader(BytesView proof, Transcript& transcript) noexcept : rest_{proof}, transcript_{&transcript} {}

    [[nodiscard]] Result<algebra::bn254::Fr> scalar();
    [[nodiscard]] Result<algebra::bn254::G1Affine> point();  ///< infinity too
    [[nodiscard]] Result<algebra::bn254::G1Affine> finite_point();
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

private:
    [[nodiscard]] Result<BytesView> take(std::size_t size);

    BytesView rest_;
    Transcript* transcript_;
};

}  // namespace enshrine::proofs::ultrahonk
