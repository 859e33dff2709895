// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// size u16 ‖ data: whatever is opened has the commitment, and no other commitment is opened by it.
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/data_availability/matrix.hpp>
#include <enshrine/data_availability/matrix_opening.hpp>

using namespace enshrine;
using namespace enshrine::data_availability;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size < 2) return 0;
    const BytesView input{bytes, size};
    const std::uint64_t payload_bytes = load_be<std::uint16_t>(bytes);
    if (payload_bytes == 0) return 0;
    const BytesView data = input.subspan(2);
    MatrixReference reference{.commitment = {}, .size = payload_bytes};
    ENSHRINE_ASSERT(!open_matrix(reference, data).has_value());
    if (data.size() != payload_bytes) return 0;
    const auto layout = layout_of({&payload_bytes, 1});
    ENSHRINE_ASSERT(layout.has_value());
    reference.commitment = Matrix::encode_blobs(*layout, {&data, 1})->commitment();
    const auto opened = open_matrix(reference, data);
    ENSHRINE_ASSERT(opened.has_value() && equal(*opened, data));
    Bytes other = to_bytes(data);
    other[other.size() / 2] ^= 1;
    ENSHRINE_ASSERT(!open_matrix(reference, other).has_value());
    return 0;
}
