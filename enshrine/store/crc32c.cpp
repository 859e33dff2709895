// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/integer.hpp>
#include <enshrine/store/crc32c.hpp>

#include <array>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace enshrine::store {
namespace {

constexpr std::uint32_t polynomial = 0x82F63B78;  // reflected

constexpr std::array<std::uint32_t, 256> make_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? polynomial : 0);
        table[byte] = value;
    }
    return table;
}
constexpr auto table = make_table();

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) std::uint32_t crc32c_sse42(BytesView bytes, std::uint32_t crc) noexcept {
    std::uint64_t state = ~crc;
    const Byte* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 8; left -= 8, at += 8) state = _mm_crc32_u64(state, load_le<std::uint64_t>(at));
    auto narrow_state = static_cast<std::uint32_t>(state);
    for (; left > 0; --left, ++at) narrow_state = _mm_crc32_u8(narrow_state, *at);
    return ~narrow_state;
}
#endif

using Function = std::uint32_t (*)(BytesView, std::uint32_t) noexcept;

Function choose() noexcept {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("sse4.2")) return crc32c_sse42;
#endif
    return crc32c_portable;
}

}  // namespace

std::uint32_t crc32c_portable(BytesView bytes, std::uint32_t crc) noexcept {
    crc = ~crc;
    for (const Byte byte : bytes) crc = (crc >> 8) ^ table[(crc ^ byte) & 0xFF];
    return ~crc;
}

std::uint32_t crc32c(BytesView bytes, std::uint32_t crc) noexcept {
    static const Function function = choose();
    return function(bytes, crc);
}

}  // namespace enshrine::store
