// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/vm/arguments.hpp>
#include <enshrine/vm/memory.hpp>

#include <sys/mman.h>

#include <algorithm>
#include <utility>

namespace enshrine::vm {
namespace {

/// Runs of dirty pages at least this long go back to the system; zeroing keeps shorter ones mapped for the next run.
constexpr std::size_t release_pages_min = 1024;

void* reserve(std::size_t size) noexcept {
    void* at = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return at == MAP_FAILED ? nullptr : at;
}

void release(void* at, std::size_t size) noexcept {
    if (at != nullptr) ENSHRINE_ASSERT(::munmap(at, size) == 0);
}

void zero_pages(Byte* at, std::size_t pages) noexcept {
    if (pages >= release_pages_min && ::madvise(at, pages * page_bytes, MADV_DONTNEED) == 0) return;
    std::memset(at, 0, pages * page_bytes);
}

std::string_view message(std::uint16_t code) noexcept {
    switch (static_cast<MemoryError>(code)) {
        case MemoryError::not_reserved:
            return "the system refuses to reserve 4 GiB of address space";
    }
    return "unknown memory error";
}

}  // namespace

const ErrorDomain& error_domain(MemoryError) noexcept {
    static constexpr ErrorDomain domain{"vm.memory", message};
    return domain;
}

Result<MachineMemory> MachineMemory::make() noexcept {
    auto* const bytes = static_cast<Byte*>(reserve(address_space_bytes));
    if (bytes == nullptr) return fail(MemoryError::not_reserved);
    auto* const pages = static_cast<std::uint8_t*>(reserve(page_count));
    if (pages == nullptr) {
        release(bytes, address_space_bytes);
        return fail(MemoryError::not_reserved);
    }
    return MachineMemory{bytes, pages};
}

MachineMemory::MachineMemory(MachineMemory&& other) noexcept
    : bytes_{std::exchange(other.bytes_, nullptr)},
      pages_{std::exchange(other.pages_, nullptr)},
      dirty_{std::move(other.dirty_)},
      image_{std::move(other.image_)},
      image_id_{std::exchange(other.image_id_, std::nullopt)},
      text_{std::move(other.text_)} {}

MachineMemory& MachineMemory::operator=(MachineMemory&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    std::swap(pages_, other.pages_);
    std::swap(dirty_, other.dirty_);
    std::swap(image_, other.image_);
    std::swap(image_id_, other.image_id_);
    std::swap(text_, other.text_);
    return *this;
}

MachineMemory::~MachineMemory() {
    release(bytes_, address_space_bytes);
    release(pages_, page_count);
}

void MachineMemory::start(const Program& program, BytesView argument_page) {
    ENSHRINE_ASSERT(argument_page.size() <= page_bytes);
    std::ranges::sort(dirty_);
    zero_dirty_pages();
    if (image_id_ == program.id()) {
        for (const std::uint32_t page : dirty_) restore_page(program, page);
    } else {
        unload_image();
        load_image(program);
    }
    dirty_.clear();
    // Loaded like the image, not written: the page stays closed.
    std::memset(bytes_ + argument_page_address, 0, page_bytes);
    std::ranges::copy(argument_page, bytes_ + argument_page_address);
}

void MachineMemory::zero_dirty_pages() noexcept {
    for (std::size_t first = 0; first < dirty_.size();) {
        std::size_t end = first + 1;
        while (end < dirty_.size() && dirty_[end] == dirty_[end - 1] + 1) ++end;
        zero_pages(bytes_ + std::uint64_t{dirty_[first]} * page_bytes, end - first);
        for (; first < end; ++first) {
            std::uint8_t& state = pages_[dirty_[first]];
            state = state == page_open ? page_clean : page_text;
        }
    }
}

void MachineMemory::unload_image() noexcept {
    for (const Range& range : image_) {
        zero_pages(bytes_ + range.begin * page_bytes, range.end - range.begin);
        std::memset(pages_ + range.begin, page_clean, range.end - range.begin);
    }
    image_.clear();
    text_.clear();
    image_id_.reset();
}

void MachineMemory::load_image(const Program& program) {
    for (const Segment& segment : program.segments()) {
        if (segment.content.empty()) continue;
        const std::uint64_t end = segment.address + segment.content.size();
        std::memcpy(bytes_ + segment.address, segment.content.data(), segment.content.size());
        image_.push_back(Range{segment.address / page_bytes, (end + page_bytes - 1) / page_bytes});
        if (!segment.executable) continue;
        text_.push_back(Range{segment.address, end});
        std::memset(pages_ + image_.back().begin, page_text, image_.back().end - image_.back().begin);
    }
    image_id_ = program.id();
}

void MachineMemory::restore_page(const Program& program, std::uint32_t page) noexcept {
    const std::uint64_t begin = std::uint64_t{page} * page_bytes;
    for (const Segment& segment : program.segments()) {
        const std::uint64_t first = std::max(begin, segment.address);
        const std::uint64_t end = std::min(begin + page_bytes, segment.address + segment.content.size());
        if (first >= end) continue;
        std::memcpy(bytes_ + first, segment.content.data() + (first - segment.address), end - first);
    }
}

bool MachineMemory::is_open_beside_text(std::uint64_t address, std::size_t size) const noexcept {
    return pages_[address / page_bytes] == page_text_dirty && !overlaps_text(address, size);  // [VM-ISA.3]
}

bool MachineMemory::overlaps_text(std::uint64_t address, std::size_t size) const noexcept {
    return size != 0 && std::ranges::any_of(text_, [&](const Range& text) {
               return address < text.end && text.begin < address + size;
           });
}

Trap MachineMemory::fault(std::uint64_t address, std::size_t size) const noexcept {
    if (address % size != 0) return Trap::misaligned;
    if (address >= address_space_bytes) return Trap::memory_fault;
    if (overlaps_text(address, size)) return Trap::store_to_text;
    return pages_written() == pages_written_max ? Trap::memory_limit : Trap::none;  // [VM-STEP.5]
}

std::size_t MachineMemory::closed_pages(std::uint64_t address, std::uint64_t size) const noexcept {
    if (size == 0) return 0;
    const std::uint8_t* const first = pages_ + address / page_bytes;
    const std::uint8_t* const last = pages_ + (address + size - 1) / page_bytes;
    return narrow<std::size_t>(std::count_if(
        first, last + 1, [](std::uint8_t state) noexcept { return state == page_clean || state == page_text; }));
}

void MachineMemory::open_pages(std::uint64_t address, std::uint64_t size) {
    if (size == 0) return;
    for (std::uint64_t page = address / page_bytes; page <= (address + size - 1) / page_bytes; ++page) {
        std::uint8_t& state = pages_[page];
        if (state != page_clean && state != page_text) continue;
        state = state == page_clean ? page_open : page_text_dirty;
        dirty_.push_back(narrow<std::uint32_t>(page));
    }
}

void MachineMemory::write(std::uint64_t address, BytesView bytes) noexcept {
    ENSHRINE_ASSERT(address + bytes.size() <= address_space_bytes);
    ENSHRINE_ASSERT(closed_pages(address, bytes.size()) == 0);
    std::ranges::copy(bytes, bytes_ + address);
}

std::vector<std::uint32_t> MachineMemory::touched_pages() const {
    std::vector<std::uint32_t> out = dirty_;
    out.push_back(argument_page_address / page_bytes);
    for (const Range& range : image_) {
        for (std::uint64_t page = range.begin; page < range.end; ++page)
            out.push_back(static_cast<std::uint32_t>(page));
    }
    std::ranges::sort(out);
    const auto repeated = std::ranges::unique(out);
    out.erase(repeated.begin(), repeated.end());
    return out;
}

}  // namespace enshrine::vm
