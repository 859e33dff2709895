// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/row_memory_host.hpp>

#include <sys/mman.h>

#include <cstdlib>

namespace enshrine::data_availability {
namespace {

constexpr std::size_t line_bytes = 64;
constexpr std::size_t huge_page_bytes = std::size_t{2} << 20;

}  // namespace

RowMemory::RowMemory(std::size_t size) : size_{size} {
    const std::size_t unit = size < huge_page_bytes ? line_bytes : huge_page_bytes;
    const std::size_t rounded = (size + unit - 1) / unit * unit;
    bytes_.reset(static_cast<Byte*>(std::aligned_alloc(unit, rounded)));
    ENSHRINE_ASSERT(bytes_ != nullptr);
    if (unit == huge_page_bytes) madvise(bytes_.get(), rounded, MADV_HUGEPAGE);  // a wish: refusal costs speed only
}

void RowMemory::Free::operator()(Byte* bytes) const noexcept {
    std::free(bytes);
}

}  // namespace enshrine::data_availability
