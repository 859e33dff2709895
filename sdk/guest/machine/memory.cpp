// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// The memory functions that the compiler itself calls, eight bytes at a time: the machine counts instructions.
#include <cstddef>
#include <cstdint>

// Without this the loops below would be compiled into calls of themselves.
#if !defined(__clang__)
#pragma GCC optimize("no-tree-loop-distribute-patterns")
#endif

namespace {

using Word = std::uint64_t __attribute__((may_alias));
using Octet = unsigned char;
constexpr std::size_t word_bytes = sizeof(Word);
constexpr std::size_t short_bytes = 16;  ///< below this, aligning costs more than it saves

[[gnu::always_inline]] inline std::size_t misalignment(const void* pointer) noexcept {
    return reinterpret_cast<std::uintptr_t>(pointer) % word_bytes;
}

/// Copies `words` aligned words upwards.
[[gnu::always_inline]] inline void copy_aligned(Word* out, const Word* in, std::size_t words) noexcept {
    for (; words >= 4; words -= 4, in += 4, out += 4) {
        const Word a = in[0];
        const Word b = in[1];
        const Word c = in[2];
        const Word d = in[3];
        out[0] = a;
        out[1] = b;
        out[2] = c;
        out[3] = d;
    }
    for (; words != 0; --words) *out++ = *in++;
}

/// The same from a source that lies `skew` bytes behind the aligned words at `in`. Each word that is read holds at
/// least one byte that is copied.
[[gnu::always_inline]] inline void copy_skewed(Word* out, const Word* in, std::size_t words,
                                               std::size_t skew) noexcept {
    const auto down = static_cast<unsigned>(8 * skew);
    const unsigned up = 64 - down;
    Word low = *in++;
    for (; words != 0; --words) {
        const Word high = *in++;
        *out++ = (low >> down) | (high << up);
        low = high;
    }
}

/// Copies from the first byte on; right for ranges that overlap when `out` is below `in`.
[[gnu::always_inline]] inline void copy_up(Octet* out, const Octet* in, std::size_t size) noexcept {
    if (size >= short_bytes) {
        for (; misalignment(out) != 0; --size) *out++ = *in++;
        const std::size_t words = size / word_bytes;
        const std::size_t skew = misalignment(in);
        if (skew == 0) {
            copy_aligned(reinterpret_cast<Word*>(out), reinterpret_cast<const Word*>(in), words);
        } else {
            copy_skewed(reinterpret_cast<Word*>(out), reinterpret_cast<const Word*>(in - skew), words, skew);
        }
        out += words * word_bytes;
        in += words * word_bytes;
        size -= words * word_bytes;
    }
    for (; size != 0; --size) *out++ = *in++;
}

}  // namespace

extern "C" {

void* memcpy(void* __restrict to, const void* __restrict from, std::size_t size) {
    copy_up(static_cast<Octet*>(to), static_cast<const Octet*>(from), size);
    return to;
}

void* memmove(void* to, const void* from, std::size_t size) {
    auto* out = static_cast<Octet*>(to);
    const auto* in = static_cast<const Octet*>(from);
    // Upwards is safe unless the target starts inside the source.
    if (reinterpret_cast<std::uintptr_t>(out) - reinterpret_cast<std::uintptr_t>(in) >= size) {
        copy_up(out, in, size);
        return to;
    }
    if (misalignment(out + size) == misalignment(in + size)) {
        while (size != 0 && misalignment(out + size) != 0) {
            --size;
            out[size] = in[size];
        }
        while (size >= word_bytes) {
            size -= word_bytes;
            *reinterpret_cast<Word*>(out + size) = *reinterpret_cast<const Word*>(in + size);
        }
    }
    while (size != 0) {
        --size;
        out[size] = in[size];
    }
    return to;
}

void* memset(void* to, int value, std::size_t size) {
    auto* out = static_cast<Octet*>(to);
    const auto octet = static_cast<Octet>(value);
    if (size >= short_bytes) {
        while (misalignment(out) != 0) {
            *out++ = octet;
            --size;
        }
        const Word word = 0x0101010101010101U * octet;
        auto* words = reinterpret_cast<Word*>(out);
        const std::size_t count = size / word_bytes;
        for (std::size_t i = 0; i < count; ++i) words[i] = word;
        out += count * word_bytes;
        size -= count * word_bytes;
    }
    for (; size != 0; --size) *out++ = octet;
    return to;
}

int memcmp(const void* a, const void* b, std::size_t size) {
    const auto* x = static_cast<const Octet*>(a);
    const auto* y = static_cast<const Octet*>(b);
    if (misalignment(x) == 0 && misalignment(y) == 0) {
        while (size >= word_bytes && *reinterpret_cast<const Word*>(x) == *reinterpret_cast<const Word*>(y)) {
            x += word_bytes;
            y += word_bytes;
            size -= word_bytes;
        }
    }
    for (; size != 0; --size, ++x, ++y) {
        if (*x != *y) return *x < *y ? -1 : 1;
    }
    return 0;
}

void* memchr(const void* from, int value, std::size_t size) {
    const auto* in = static_cast<const Octet*>(from);
    for (std::size_t i = 0; i < size; ++i) {
        if (in[i] == static_cast<Octet>(value)) return const_cast<Octet*>(in + i);
    }
    return nullptr;
}

std::size_t strlen(const char* text) {
    const char* end = text;
    while (*end != 0) ++end;
    return static_cast<std::size_t>(end - text);
}

}  // extern "C"
