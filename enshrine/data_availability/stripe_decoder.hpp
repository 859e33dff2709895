// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/data_availability/stripe_code.hpp>

#include <array>
#include <span>

/// Interpolation of data rows from K rows at any points. Host only.
///
/// With L(x) = Π (x − a) over the K points a that are used, and p the codeword without Z (stripe_code.hpp),
///     p(x) = L(x) · Σ_a p(a) / L'(a) / (x − a).
/// The sum over the points of one coset S is P_S(x) / Z_S(x), where P_S has degree below K and the values
/// p(a) / L'(a) on S, zero where no row is used, and Z_S(x) is T + t everywhere on the data coset. That factor is the
/// one by which p(a) differs from the row, so that both drop out. On the data coset itself the sum is P_S'(x) at the
/// points that are not used, and P_S is zero there. All in all: one transform of K points back for each coset that has
/// rows, one forth.
namespace enshrine::data_availability {

/// What is the same for all stripes.
class ErasurePlan {
public:
    /// `known` are pointers to K + N rows, at least K of them not null; they outlive the plan.
    ErasurePlan(const Shape& shape, std::span<const Byte* const> known);

    struct Coset {
        std::size_t number = 0;
        std::vector<const Byte*> rows;       ///< null where none is used
        std::vector<algebra::Gf16> factors;  ///< 1 / L'(a); 0 where none is used
    };
    [[nodiscard]] const Shape& shape() const noexcept { return shape_; }
    [[nodiscard]] const CosetCode& code() const noexcept { return code_; }
    [[nodiscard]] std::span<const Coset> cosets() const noexcept { return cosets_; }
    /// L(x) of missing data rows; 0 for those that are known.
    [[nodiscard]] std::span<const algebra::Gf16> missing() const noexcept { return missing_; }
    [[nodiscard]] std::size_t missing_count() const noexcept { return missing_count_; }

private:
    Shape shape_;
    CosetCode code_;
    std::vector<Coset> cosets_;
    std::vector<algebra::Gf16> missing_;
    std::size_t missing_count_ = 0;
};

class StripeDecoder {
public:
    StripeDecoder(const ErasurePlan& plan, const algebra::Gf16Kernel& kernel);
    /// Writes the stripe's columns of the missing rows.
    void decode(std::size_t stripe, Byte* data_rows) noexcept;

private:
    static void fill(void* context, std::size_t first_row, std::size_t row_count) noexcept;
    static void drain(void* context, std::size_t first_row, std::size_t row_count) noexcept;

    const ErasurePlan* plan_;
    const algebra::Gf16Kernel* kernel_;
    StripeWorkspace work_;
    const ErasurePlan::Coset* coset_ = nullptr;
    Byte* filled_ = nullptr;
    Byte* data_rows_ = nullptr;
    std::size_t byte_ = 0;
    std::size_t chunk_count_ = 0;
};

}  // namespace enshrine::data_availability
