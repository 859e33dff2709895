// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/snark/curves.hpp>

#include <vector>

namespace enshrine::proofs {

/// The n = 2^power powers of ω = 5^((r-1)/n), which snarkjs takes on every curve. Other libraries generate the same
/// group from another number, and number its elements in another order.
template <class C>
class EvaluationDomain {
public:
    using Fr = typename C::Fr;

    /// For powers up to the curve's two_adicity (asserted).
    explicit EvaluationDomain(unsigned power) noexcept : power_{power} {
        ENSHRINE_ASSERT(power <= C::two_adicity);
        const U256 exponent = (C::group_order - U256{1}) >> power;
        root_ = Fr::from(5).power(exponent.limbs);
        size_inverse_ = Fr::from(std::uint64_t{1} << power).inverse();
    }

    [[nodiscard]] const Fr& root() const noexcept { return root_; }
    [[nodiscard]] std::uint64_t size() const noexcept { return std::uint64_t{1} << power_; }
    /// x^n.
    [[nodiscard]] Fr to_size(Fr x) const noexcept {
        for (unsigned i = 0; i < power_; ++i) x = x.square();
        return x;
    }
    [[nodiscard]] bool contains(const Fr& x) const noexcept { return to_size(x) == Fr::one(); }
    /// At an x outside the domain, the polynomials of degree below n that are one at ω^i and zero at the other
    /// elements, for i from 0 to count - 1: ω^i (x^n - 1) / (n (x - ω^i)). With one inversion.
    [[nodiscard]] std::vector<Fr> lagrange(const Fr& x, std::size_t count) const {
        std::vector<Fr> out;  // first the products of the differences before each
        std::vector<Fr> differences;
        Fr element = Fr::one();
        Fr product = Fr::one();
        for (std::size_t i = 0; i < count; ++i) {
            out.push_back(product);
            differences.push_back(x - element);
            product = product * differences.back();
            element = element * root_;
        }
        ENSHRINE_ASSERT(!product.is_zero());
        Fr rest = product.inverse();
        const Fr factor = (to_size(x) - Fr::one()) * size_inverse_;
        for (std::size_t i = count; i-- > 0;) {
            out[i] = out[i] * rest * factor;
            rest = rest * differences[i];
        }
        element = Fr::one();
        for (Fr& value : out) {
            value = value * element;
            element = element * root_;
        }
        return out;
    }

private:
    unsigned power_;
    Fr root_;
    Fr size_inverse_;
};

/// Whether 1, k1, k2 times the domain are three cosets without a common element: where PLONK numbers its wires.
template <class C>
[[nodiscard]] bool are_distinct_cosets(const EvaluationDomain<C>& domain, const typename C::Fr& k1,
                                       const typename C::Fr& k2) noexcept {
    if (k1.is_zero() || k2.is_zero()) return false;
    return !domain.contains(k1) && !domain.contains(k2) && domain.to_size(k1) != domain.to_size(k2);
}

/// -Σ inputs[i] L_i: what the gates of the public inputs take away.
template <class C>
[[nodiscard]] typename C::Fr public_input_polynomial(std::span<const U256> inputs,
                                                     std::span<const typename C::Fr> lagrange) noexcept {
    typename C::Fr out;
    for (std::size_t i = 0; i < inputs.size(); ++i) out = out - C::Fr::from(inputs[i]) * lagrange[i];
    return out;
}

/// The public inputs as a transcript absorbs them.
[[nodiscard]] inline Bytes encode_inputs(std::span<const U256> inputs) {
    Bytes out;
    for (const U256& input : inputs) append(out, input.to_be().view());
    return out;
}

}  // namespace enshrine::proofs
