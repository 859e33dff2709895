// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/integer.hpp>
#include <enshrine/data_availability/commitment.hpp>
#include <enshrine/data_availability/malformation.hpp>
#include <enshrine/data_availability/matrix.hpp>
#include <enshrine/hash/sha256.hpp>

#include <functional>

namespace enshrine::data_availability {

/// A matrix whose tree holds other rows than those of the codeword that its combinations are made of: what a publisher
/// makes who lies about some rows and hopes that nobody checks them.
class MalformedMatrix {
public:
    /// `tamper` changes rows of the codeword of `data_rows` before the tree is built over them.
    MalformedMatrix(const Shape& shape, BytesView data_rows,
                    const std::function<void(std::vector<Bytes>& rows)>& tamper)
        : shape_{shape} {
        const Matrix codeword = Matrix::encode(shape, data_rows).value();
        for (std::uint32_t i = 0; i < shape.total_rows(); ++i) rows_.push_back(to_bytes(codeword.row(i)));
        const std::vector<Bytes> honest = rows_;
        tamper(rows_);
        build_tree();
        const Hash32 seed = combination_seed(shape, row_root());
        std::vector<Hash32> leaves;
        for (std::uint32_t i = 0; i < shape.data_rows; ++i) {
            const Bytes combination = combine(seed, honest[i]);
            append(combinations_, combination);
            leaves.push_back(leaf(combination));
        }
        while (leaves.size() > 1) leaves = parents(leaves);
        combination_root_ = leaves.front();
        commitment_ = hash::sha256(row_root().view(), combination_root_.view());
    }

    [[nodiscard]] const Shape& shape() const noexcept { return shape_; }
    [[nodiscard]] const Hash32& commitment() const noexcept { return commitment_; }
    [[nodiscard]] const Hash32& row_root() const noexcept { return levels_.back().front(); }
    [[nodiscard]] const Hash32& combination_root() const noexcept { return combination_root_; }
    [[nodiscard]] const Bytes& combinations() const noexcept { return combinations_; }
    /// The committed data rows.
    [[nodiscard]] Bytes data_rows() const {
        Bytes out;
        for (std::uint32_t i = 0; i < shape_.data_rows; ++i) append(out, rows_[i]);
        return out;
    }
    [[nodiscard]] RowProof prove(std::uint32_t index) const {
        RowProof out{.index = index, .row = rows_[index], .siblings = {}};
        for (std::size_t level = 0; level + 1 < levels_.size(); ++level) {
            out.siblings.push_back(levels_[level][(index >> level) ^ 1U]);
        }
        return out;
    }
    /// K rows from `first` on.
    [[nodiscard]] MalformationEvidence evidence(std::uint32_t first) const {
        MalformationEvidence out{.row_root = row_root(), .combinations = combinations_, .rows = {}};
        for (std::uint32_t i = 0; i < shape_.data_rows; ++i) out.rows.push_back(prove(first + i));
        return out;
    }

private:
    static Hash32 leaf(BytesView content) { return hash::sha256(Bytes{0x00}, content); }
    static std::vector<Hash32> parents(const std::vector<Hash32>& level) {
        std::vector<Hash32> out;
        for (std::size_t i = 0; i < level.size(); i += 2) {
            out.push_back(hash::sha256_tagged_pair(0x01, level[i], level[i + 1]));
        }
        return out;
    }
    void build_tree() {
        std::vector<Hash32> level;
        for (const Bytes& row : rows_) level.push_back(leaf(row));
        levels_.push_back(std::move(level));
        while (levels_.back().size() > 1) levels_.push_back(parents(levels_.back()));
    }
    [[nodiscard]] static Bytes combine(const Hash32& seed, BytesView row) {
        algebra::CombinationSum sum;
        for (std::uint32_t i = 0; i < row.size() / 2; ++i) {
            const std::size_t at = std::size_t{i} / 32 * 64 + i % 32;
            std::array<Byte, 4> number{};
            store_le(number.data(), i);
            sum.add(static_cast<algebra::Gf16>(row[at] | row[at + 32] << 8),
                    fold_coefficient(hash::sha256(seed.view(), number)));
        }
        const algebra::Combination out = sum.finish();
        return {out.begin(), out.end()};
    }

    Shape shape_;
    std::vector<Bytes> rows_;
    std::vector<std::vector<Hash32>> levels_;
    Hash32 combination_root_;
    Hash32 commitment_;
    Bytes combinations_;
};

}  // namespace enshrine::data_availability
