// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/fflonk.hpp>
#include <enshrine/proofs/snark/groth16.hpp>
#include <enshrine/proofs/snark/plonk.hpp>
#include <enshrine/proofs/snark/plonk_gnark.hpp>
#include <enshrine/proofs/snark/ultrahonk.hpp>

#include <variant>
#include <vector>

/// Proofs of any kinds and keys, verified together. Rules: docs/spec/proofs/batch.md.
namespace enshrine::proofs {

/// A key of any kind; none is null.
using BatchKey = std::variant<const groth16::VerifyingKey*, const plonk::VerifyingKey*, const fflonk::VerifyingKey*,
                              const ultrahonk::VerifyingKey*, const plonk_gnark::VerifyingKey*>;

/// Proofs of SP1 and RISC Zero enter as what unwrap() of their keys gives, for the inner key.
struct BatchEntry {
    BatchKey key;
    std::span<const U256> inputs;
    BytesView proof;
};

/// What AnyKey gives for a batch. Borrows the key and the proof.
struct BatchQuestion {
    BatchKey key;
    std::vector<U256> inputs;
    BytesView proof;
    [[nodiscard]] BatchEntry entry() const noexcept { return {.key = key, .inputs = inputs, .proof = proof}; }
};

/// What verify() of the key says of the inputs and the proof, for each entry [PROOF-BATCH.1]. The seed is random to who
/// made the proofs: the shell draws it, or batch_seed() makes it.
[[nodiscard]] std::vector<Result<void>> verify_batch(std::span<const BatchEntry> entries, const Hash32& seed);

/// A seed that the entries decide, for code that must do the same everywhere [PROOF-BATCH.3].
[[nodiscard]] Hash32 batch_seed(std::span<const BatchEntry> entries);

}  // namespace enshrine::proofs
