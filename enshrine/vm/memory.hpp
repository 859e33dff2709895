// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/vm/layout.hpp>
#include <enshrine/vm/program.hpp>
#include <enshrine/vm/status.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

/// The memory of one machine.
namespace enshrine::vm {

inline constexpr std::uint64_t page_weight = 2'500;       ///< of the first write of a run to a page [VM-STEP.4]
inline constexpr std::size_t pages_written_max = 65'536;  ///< by one run [VM-STEP.5]

enum class MemoryError : std::uint16_t { not_reserved = 1 };
const ErrorDomain& error_domain(MemoryError) noexcept;

/// 4 GiB of reserved address space, used again by one run after the other; a run pays for the pages it writes. Keep one
/// per thread.
class MachineMemory {
public:
    /// Error: the system refuses to reserve 4 GiB of address space.
    [[nodiscard]] static Result<MachineMemory> make() noexcept;
    MachineMemory(MachineMemory&& other) noexcept;
    MachineMemory& operator=(MachineMemory&& other) noexcept;
    MachineMemory(const MachineMemory&) = delete;
    MachineMemory& operator=(const MachineMemory&) = delete;
    ~MachineMemory();

    /// The state that [VM-START.1] describes. `argument_page` has at most page_bytes bytes.
    void start(const Program& program, BytesView argument_page);

    /// `address` is a multiple of the size and below 2^32.
    template <std::unsigned_integral T>
    [[nodiscard]] static constexpr bool is_plain(std::uint64_t address) noexcept {
        // Rotating brings the low bits that must be zero above the address space: one comparison for both rules.
        return std::rotr(address, std::countr_zero(sizeof(T))) < address_space_bytes / sizeof(T);
    }
    template <std::unsigned_integral T>
    [[nodiscard]] bool load(std::uint64_t address, T& out) const noexcept {
        if (!is_plain<T>(address)) [[unlikely]]
            return false;
        std::memcpy(&out, bytes_ + address, sizeof out);
        return true;
    }
    template <std::unsigned_integral T>
    [[nodiscard]] bool store(std::uint64_t address, T value) noexcept {
        if (!is_plain<T>(address)) [[unlikely]]
            return false;
        if (pages_[address / page_bytes] != page_open) [[unlikely]] {
            if (!is_open_beside_text(address, sizeof(T))) return false;
        }
        std::memcpy(bytes_ + address, &value, sizeof value);
        return true;
    }
    /// Why a load or store of `size` bytes was refused. `none`: a store to a page that is not open yet.
    [[nodiscard]] Trap fault(std::uint64_t address, std::size_t size) const noexcept;

    /// Pages that a store to these bytes would be the first to write. They lie in the address space, as for the rest.
    [[nodiscard]] std::size_t closed_pages(std::uint64_t address, std::uint64_t size) const noexcept;
    [[nodiscard]] std::size_t pages_written() const noexcept { return dirty_.size(); }
    /// Opens the pages of these bytes to stores; they count as written from here on.
    void open_pages(std::uint64_t address, std::uint64_t size);

    /// Buffers of calls. Those to write hold no text and lie in open pages.
    [[nodiscard]] BytesView view(std::uint64_t address, std::size_t size) const noexcept {
        return BytesView{bytes_ + address, size};
    }
    void write(std::uint64_t address, BytesView bytes) noexcept;
    [[nodiscard]] bool overlaps_text(std::uint64_t address, std::size_t size) const noexcept;

    /// Numbers of the pages that may hold something else than zeros; ascending.
    [[nodiscard]] std::vector<std::uint32_t> touched_pages() const;

private:
    MachineMemory(Byte* bytes, std::uint8_t* pages) noexcept : bytes_{bytes}, pages_{pages} {}
    [[nodiscard]] bool is_open_beside_text(std::uint64_t address, std::size_t size) const noexcept;
    void zero_dirty_pages() noexcept;
    void unload_image() noexcept;
    void load_image(const Program& program);
    void restore_page(const Program& program, std::uint32_t page) noexcept;

    struct Range {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
    };

    // State of a page. Only `page_open` lets a store through without a second look.
    static constexpr std::uint8_t page_clean = 0;
    static constexpr std::uint8_t page_open = 1;        ///< listed in dirty_; holds no text
    static constexpr std::uint8_t page_text = 2;        ///< holds text, perhaps beside data
    static constexpr std::uint8_t page_text_dirty = 3;  ///< the same, listed in dirty_

    Byte* bytes_ = nullptr;
    std::uint8_t* pages_ = nullptr;     ///< one state per page
    std::vector<std::uint32_t> dirty_;  ///< pages written since the start, in order of the first write
    std::vector<Range> image_;          ///< pages that hold bytes of the program, ascending
    std::optional<Hash32> image_id_;    ///< program whose segments the memory holds
    std::vector<Range> text_;           ///< its executable segments
};

}  // namespace enshrine::vm
