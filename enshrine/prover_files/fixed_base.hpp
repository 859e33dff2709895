// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/groups.hpp>

#include <array>
#include <span>
#include <vector>

namespace enshrine::prover_files {

/// Multiples of one point: a table of its multiples by every digit at every place turns a product into additions.
template <class F>
class FixedBase {
public:
    using Affine = algebra::bn254::AffinePoint<F>;
    using Jacobian = algebra::bn254::JacobianPoint<F>;

    explicit FixedBase(const Affine& base) {
        Jacobian place = base;
        for (auto& digits : multiples_) {
            std::vector<Jacobian> row;
            Jacobian sum;
            for (std::size_t digit = 0; digit < digit_count; ++digit) {
                row.push_back(sum);
                sum = sum + place;
            }
            digits = algebra::bn254::to_affine<F>(row);
            place = sum;
        }
    }

    [[nodiscard]] Jacobian times(const algebra::bn254::Fr& scalar) const {
        const auto limbs = scalar.canonical();
        Jacobian out;
        for (std::size_t i = 0; i < places; ++i) {
            const std::size_t digit = (limbs[i / 8] >> (8 * (i % 8))) & 0xff;
            if (digit != 0) out = out + multiples_[i][digit];
        }
        return out;
    }
    [[nodiscard]] std::vector<Affine> times_all(std::span<const algebra::bn254::Fr> scalars) const {
        std::vector<Jacobian> out;
        out.reserve(scalars.size());
        for (const auto& scalar : scalars) out.push_back(times(scalar));
        return algebra::bn254::to_affine<F>(out);
    }

private:
    static constexpr std::size_t digit_count = 256;
    static constexpr std::size_t places = 32;
    std::array<std::vector<Affine>, places> multiples_;
};

}  // namespace enshrine::prover_files
