// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/integer.hpp>
#include <enshrine/data_availability/matrix.hpp>

#include <string>
#include <string_view>

namespace enshrine::data_availability {

inline std::string hex(BytesView bytes) {
    std::string out;
    for (const Byte byte : bytes) {
        out += "0123456789abcdef"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return out;
}

/// Bytes that differ everywhere (splitmix64).
inline Bytes random_bytes(std::size_t size, std::uint64_t seed) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) {
        if (i % 8 == 0) seed += 0x9e3779b97f4a7c15;
        std::uint64_t x = seed;
        x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
        x = (x ^ x >> 27) * 0x94d049bb133111eb;
        x ^= x >> 31;
        out[i] = static_cast<Byte>(x >> (8 * (i % 8)));
    }
    return out;
}

inline Matrix matrix_of(const Shape& shape, std::uint64_t seed) {
    return Matrix::encode(shape, random_bytes(shape.data_bytes(), seed)).value();
}

inline RowVerifier verifier_of(const Matrix& matrix) {
    return RowVerifier::make(matrix.shape(), matrix.commitment(), matrix.row_root(), matrix.combinations()).value();
}

/// Symbol `index` of a row [DA-CODE.2].
inline std::uint16_t symbol_of(BytesView row, std::size_t index) {
    const std::size_t at = index / 32 * 64 + index % 32;
    return static_cast<std::uint16_t>(row[at] | row[at + 32] << 8);
}

}  // namespace enshrine::data_availability
