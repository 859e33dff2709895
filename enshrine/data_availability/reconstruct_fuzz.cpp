// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Rebuilding from rows that the input names: the data, or the error that the rows deserve [DA-CODE.9].
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/matrix_for_test.hpp>
#include <enshrine/data_availability/reconstruct.hpp>

#include <array>
#include <optional>
#include <set>

using namespace enshrine;
using namespace enshrine::data_availability;

namespace {

constexpr std::array<Shape, 4> shapes{{{2, 2, 64}, {4, 12, 64}, {8, 56, 128}, {32, 96, 192}}};

struct Subject {
    Bytes data;
    Matrix matrix;
};
const Subject& subject(std::size_t which) {
    static const auto subjects = [] {
        std::vector<Subject> out;
        for (const Shape& shape : shapes) {
            Bytes data = random_bytes(shape.data_bytes(), shape.total_rows());
            Matrix matrix = Matrix::encode(shape, data).value();
            out.push_back({std::move(data), std::move(matrix)});
        }
        return out;
    }();
    return subjects[which % shapes.size()];
}

}  // namespace

/// subject ‖ one byte per row: its index, of which `total rows` is out of range and the next one a row cut short.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    const Subject& s = subject(data[0]);
    const Shape& shape = s.matrix.shape();
    std::vector<IndexedRow> rows;
    std::set<std::uint32_t> seen;
    std::optional<ReconstructError> expected;
    for (const Byte byte : BytesView{data, size}.subspan(1)) {
        const std::uint32_t index = byte % (shape.total_rows() + 2);
        if (index >= shape.total_rows()) {
            const bool cut = index != shape.total_rows();
            rows.push_back({cut ? 0U : index, s.matrix.row(0).first(shape.row_bytes - (cut ? 1U : 0U))});
            if (!expected) expected = cut ? ReconstructError::wrong_row_bytes : ReconstructError::index_out_of_range;
        } else {
            rows.push_back({index, s.matrix.row(index)});
            if (!seen.insert(index).second && !expected) expected = ReconstructError::duplicate_row;
        }
    }
    if (!expected && seen.size() < shape.data_rows) expected = ReconstructError::too_few_rows;
    const auto rebuilt = reconstruct(shape, rows);
    ENSHRINE_ASSERT(rebuilt.has_value() != expected.has_value());
    if (expected) {
        ENSHRINE_ASSERT(rebuilt.error().is(*expected));
    } else {
        ENSHRINE_ASSERT(*rebuilt == s.data);
    }
    return 0;
}
