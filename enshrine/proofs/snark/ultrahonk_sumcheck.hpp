// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/ultrahonk_proof.hpp>

namespace enshrine::proofs::ultrahonk {

/// The share of the public inputs in the grand product of the permutation [HONK.11].
[[nodiscard]] Result<Fr> public_inputs_delta(const Dialect& dialect, std::span<const Fr> inputs, const Fr& beta,
                                             const Fr& gamma) noexcept;

/// The value at `at` of the polynomial of least degree with these values at 0, 1, 2, … [HONK.12].
class RoundInterpolation {
public:
    explicit RoundInterpolation(std::size_t values);
    [[nodiscard]] Fr evaluate(std::span<const Fr> values, const Fr& at) const noexcept;

private:
    std::vector<Fr> weights_;  ///< of value i: 1 / ∏ (i - k)
};

/// That the relations sum to zero over all rows, if the evaluations are right [HONK.11…13].
[[nodiscard]] Result<void> check_sumcheck(const Header& header, const Proof& proof);

}  // namespace enshrine::proofs::ultrahonk
