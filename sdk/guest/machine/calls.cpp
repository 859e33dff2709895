// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>

#include <sdk/guest/calls.hpp>

#include <array>
#include <cstdint>
#include <cstring>

namespace enshrine::guest {
namespace {

constexpr std::uintptr_t argument_page_address = 0x1000;
constexpr std::size_t buffer_alignment = 8;

enum class Call : std::uint64_t { halt = 0, reveal = 1, emit = 2, commit = 3, debug = 4, offer = 5 };

std::uint64_t call(Call number, std::uint64_t first, std::uint64_t second = 0, std::uint64_t third = 0,
                   std::uint64_t fourth = 0) noexcept {
    register std::uint64_t a7 asm("a7") = static_cast<std::uint64_t>(number);
    register std::uint64_t a0 asm("a0") = first;
    register std::uint64_t a1 asm("a1") = second;
    register std::uint64_t a2 asm("a2") = third;
    register std::uint64_t a3 asm("a3") = fourth;
    asm volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3) : "memory");
    return a0;
}

std::uint64_t address(const void* pointer) noexcept {
    return reinterpret_cast<std::uintptr_t>(pointer);
}

alignas(4096) constinit std::array<Byte, call_bytes_max> revealed{};
alignas(4096) constinit std::array<Byte, call_bytes_max> staged{};

/// The bytes themselves when they are aligned, else a copy.
const Byte* aligned(BytesView bytes) noexcept {
    ENSHRINE_ASSERT(bytes.size() <= call_bytes_max);
    if (address(bytes.data()) % buffer_alignment == 0) return bytes.data();
    std::memcpy(staged.data(), bytes.data(), bytes.size());
    return staged.data();
}

}  // namespace

BytesView argument_page() noexcept {
    return BytesView{reinterpret_cast<const Byte*>(argument_page_address), call_bytes_max};
}

BytesView reveal(const Hash32& hash) noexcept {
    const std::uint64_t size =
        call(Call::reveal, address(aligned(hash.view())), address(revealed.data()), 0, call_bytes_max);
    return BytesView{revealed.data(), size};
}

void emit(RecordKind kind, BytesView record) noexcept {
    call(Call::emit, static_cast<std::uint64_t>(kind), address(aligned(record)), record.size());
}

void commit(const Hash32& state_root) noexcept {
    call(Call::commit, address(aligned(state_root.view())));
}

void offer(BytesView bytes) noexcept {
    call(Call::offer, address(aligned(bytes)), bytes.size());
}

void debug(std::string_view text) noexcept {
    const BytesView bytes = as_bytes(text.substr(0, call_bytes_max));
    call(Call::debug, address(aligned(bytes)), bytes.size());
}

void halt(std::uint64_t code) noexcept {
    call(Call::halt, code);
    __builtin_unreachable();
}

}  // namespace enshrine::guest
