// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace enshrine {

using Byte = std::uint8_t;
using Bytes = std::vector<Byte>;
using BytesView = std::span<const Byte>;
using MutableBytesView = std::span<Byte>;

/// N bytes with value semantics, ordered lexicographically. `Tag` keeps equal sizes of different meaning apart. Whole words are
/// aligned as such: a RISC-V program, which has no misaligned loads, then copies and compares a hash in four steps.
template <std::size_t N, class Tag = void>
struct alignas(N % 8 == 0 ? 8 : 1) FixedBytes {
    static constexpr std::size_t size_bytes = N;
    std::array<Byte, N> data_{};

    /// Copies exactly N bytes; the caller has checked the size.
    [[nodiscard]] static constexpr FixedBytes from(BytesView view) noexcept {
        FixedBytes out;
        if consteval {
            for (std::size_t i = 0; i < N && i < view.size(); ++i) out.data_[i] = view[i];
        } else {
            if (!view.empty()) std::memcpy(out.data_.data(), view.data(), view.size() < N ? view.size() : N);
        }
        return out;
    }
    [[nodiscard]] constexpr Byte* data() noexcept { return data_.data(); }
    [[nodiscard]] constexpr const Byte* data() const noexcept { return data_.data(); }
    [[nodiscard]] static constexpr std::size_t size() noexcept { return N; }
    [[nodiscard]] constexpr auto begin() noexcept { return data_.begin(); }
    [[nodiscard]] constexpr auto end() noexcept { return data_.end(); }
    [[nodiscard]] constexpr auto begin() const noexcept { return data_.begin(); }
    [[nodiscard]] constexpr auto end() const noexcept { return data_.end(); }
    [[nodiscard]] constexpr Byte& operator[](std::size_t i) noexcept { return data_[i]; }
    [[nodiscard]] constexpr Byte operator[](std::size_t i) const noexcept { return data_[i]; }
    [[nodiscard]] constexpr BytesView view() const noexcept { return BytesView{data_.data(), N}; }
    [[nodiscard]] constexpr bool is_zero() const noexcept {
        return std::all_of(data_.begin(), data_.end(), [](Byte b) { return b == 0; });
    }
    [[nodiscard]] friend constexpr bool operator==(const FixedBytes& a, const FixedBytes& b) noexcept {
        if consteval {
            return a.data_ == b.data_;
        } else {
            return std::memcmp(a.data_.data(), b.data_.data(), N) == 0;
        }
    }
    [[nodiscard]] friend constexpr std::strong_ordering operator<=>(const FixedBytes& a, const FixedBytes& b) noexcept {
        if consteval {
            return a.data_ <=> b.data_;
        } else {
            return std::memcmp(a.data_.data(), b.data_.data(), N) <=> 0;
        }
    }
};

/// A 32-byte digest or identifier.
using Hash32 = FixedBytes<32>;
/// A 20-byte Ethereum account address.
using Address = FixedBytes<20>;

[[nodiscard]] constexpr BytesView as_bytes(std::span<const Byte> view) noexcept { return view; }
[[nodiscard]] inline BytesView as_bytes(std::string_view text) noexcept {
    return BytesView{reinterpret_cast<const Byte*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view as_text(BytesView view) noexcept {
    return std::string_view{reinterpret_cast<const char*>(view.data()), view.size()};
}

inline void append(Bytes& out, BytesView more) { out.insert(out.end(), more.begin(), more.end()); }

[[nodiscard]] inline Bytes to_bytes(BytesView view) { return Bytes(view.begin(), view.end()); }

[[nodiscard]] inline bool equal(BytesView a, BytesView b) noexcept { return std::ranges::equal(a, b); }

}  // namespace enshrine
