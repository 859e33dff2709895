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

}  // namespace enshrine::data_availability
