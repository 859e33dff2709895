// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/row_combiner.hpp>
#include <enshrine/base/assert.hpp>

namespace enshrine::algebra {

RowCombiner::RowCombiner(std::span<const Combination> coefficients, const Gf16Kernel& kernel)
    : kernel_{&kernel}, row_bytes_{2 * coefficients.size()} {
    ENSHRINE_ASSERT(row_bytes_ % chunk_bytes == 0);
    if (kernel.combination == nullptr) {
        coefficients_.assign(coefficients.begin(), coefficients.end());
        return;
    }
    const std::size_t tables = (coefficients.size() + stripe_symbols - 1) / stripe_symbols;
    table_.resize(tables * kernel.combination->table_bytes / sizeof(TableLine));
    kernel.combination->prepare(coefficients.data(), coefficients.size(), table_.data()->bytes.data());
}

void RowCombiner::combine(std::span<const Byte* const> rows, Combination* out) const noexcept {
    if (kernel_->combination != nullptr) {
        kernel_->combination->combine(table_.data()->bytes.data(), row_bytes_ / 2, rows, out);
        return;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CombinationSum sum;
        for (std::size_t chunk = 0; chunk < row_bytes_ / chunk_bytes; ++chunk) {
            sum.add_chunk(rows[i] + chunk * chunk_bytes, coefficients_.data() + chunk * chunk_symbols);
        }
        out[i] = sum.finish();
    }
}

}  // namespace enshrine::algebra
