// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/malformation.hpp>

// Evidence of anybody: commitment ‖ row root ‖ combinations ‖ rows, for a matrix of 4 data rows of 64 bytes. Rows that
// decode encode to the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    using namespace enshrine::data_availability;
    constexpr Shape shape{.data_rows = 4, .parity_rows = 12, .row_bytes = 64};
    constexpr std::size_t head_bytes = 2 * Hash32::size_bytes + shape.data_rows * combination_bytes;
    const BytesView input{data, size};
    if (input.size() < head_bytes) return 0;
    const BytesView encoded_rows = input.subspan(head_bytes);
    auto rows = decode_row_proofs(shape, encoded_rows);
    if (!rows) return 0;
    ENSHRINE_ASSERT(equal(encode_row_proofs(*rows), encoded_rows));
    const Hash32 commitment = Hash32::from(input.first(Hash32::size_bytes));
    const MalformationEvidence evidence{
        .row_root = Hash32::from(input.subspan(Hash32::size_bytes, Hash32::size_bytes)),
        .combinations = to_bytes(input.first(head_bytes).subspan(2 * Hash32::size_bytes)),
        .rows = *std::move(rows)};
    (void)verify_malformation(shape, commitment, evidence);
    return 0;
}
