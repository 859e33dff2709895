// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <memory>

/// Memory that is written before it is read: aligned, uninitialised, in huge pages where the system has them, because
/// one column of a matrix touches as many pages as there are rows. Host only.
namespace enshrine::data_availability {

class RowMemory {
public:
    RowMemory() noexcept = default;
    explicit RowMemory(std::size_t size);

    [[nodiscard]] Byte* data() noexcept { return bytes_.get(); }
    [[nodiscard]] const Byte* data() const noexcept { return bytes_.get(); }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    struct Free {
        void operator()(Byte* bytes) const noexcept;
    };
    std::unique_ptr<Byte[], Free> bytes_;
    std::size_t size_ = 0;
};

/// Rows in such memory. Between rows that are whole pages or shares of one lies a gap, so that the same column of
/// neighbouring rows does not compete for the same lines of a cache.
struct RowArray {
    Byte* first = nullptr;
    std::size_t stride = 0;

    [[nodiscard]] Byte* row(std::size_t index) const noexcept { return first + index * stride; }
    [[nodiscard]] static std::size_t stride_of(std::size_t row_bytes) noexcept {
        return row_bytes % 1024 == 0 ? row_bytes + 128 : row_bytes;
    }
};

/// One row to where it stays; past the caches (`streamed`) when the matrix is greater than they are.
void copy_row(BytesView from, Byte* to, bool streamed) noexcept;
[[nodiscard]] bool exceeds_caches(std::size_t matrix_bytes) noexcept;
/// Orders streamed rows before what follows.
void end_of_rows() noexcept;

}  // namespace enshrine::data_availability
