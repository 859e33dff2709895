// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// The heap: from behind .bss towards the stack. Freed blocks wait in a list per size, so that a batch of thousands of
// transactions keeps reusing the same few pages; nothing is ever merged or given back.
#include <sdk/guest/calls.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <new>

extern "C" std::byte __heap_start[];  // set by program.ld

namespace {

constexpr std::size_t granule = 16;
constexpr std::size_t small_bytes_max = 1024;  ///< above it, sizes are rounded up to powers of two
constexpr std::size_t small_lists = small_bytes_max / granule + 1;
constexpr std::uintptr_t heap_end = 0xffff'f000U - 8 * 1024 * 1024;  ///< the stack has the 8 MiB above

struct FreeBlock {
    FreeBlock* next;
};

struct SizeClass {
    std::size_t list;
    std::size_t bytes;
};

SizeClass size_class(std::size_t size) noexcept {
    if (size <= small_bytes_max) {
        const std::size_t list = size == 0 ? 1 : (size + granule - 1) / granule;
        return {list, list * granule};
    }
    const auto log = static_cast<std::size_t>(std::bit_width(size - 1));
    return {small_lists + log, std::size_t{1} << log};
}

constinit std::array<FreeBlock*, small_lists + 64> free_lists{};
constinit std::uintptr_t heap_top = 0;  ///< 0 until the first block is asked for

void* allocate(std::size_t size) noexcept {
    if (size >= heap_end) enshrine::guest::halt(enshrine::guest::exit_out_of_memory);
    const SizeClass wanted = size_class(size);
    if (FreeBlock* block = free_lists[wanted.list]; block != nullptr) {
        free_lists[wanted.list] = block->next;
        return block;
    }
    if (heap_top == 0) heap_top = reinterpret_cast<std::uintptr_t>(__heap_start);
    const std::uintptr_t block = heap_top;
    if (wanted.bytes > heap_end - block) enshrine::guest::halt(enshrine::guest::exit_out_of_memory);
    heap_top = block + wanted.bytes;
    return reinterpret_cast<void*>(block);
}

void release(void* pointer, std::size_t size) noexcept {
    if (pointer == nullptr) return;
    auto* block = static_cast<FreeBlock*>(pointer);
    const std::size_t list = size_class(size).list;
    block->next = free_lists[list];
    free_lists[list] = block;
}

}  // namespace

void* operator new(std::size_t size) {
    return allocate(size);
}
void* operator new[](std::size_t size) {
    return allocate(size);
}
void operator delete(void* pointer, std::size_t size) noexcept {
    release(pointer, size);
}
void operator delete[](void* pointer, std::size_t size) noexcept {
    release(pointer, size);
}
// Without the size the block stays allocated until the run ends. Containers and objects of complete type pass the size.
void operator delete(void*) noexcept {}
void operator delete[](void*) noexcept {}
