// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/assert.hpp>
#include <enshrine/base/bytes.hpp>
#include <enshrine/base/integer.hpp>

#include <algorithm>
#include <array>
#include <compare>
#include <cstring>

/// Typed state keys: (module, key) → value. Each module builds its keys in its own `keys.hpp`.
namespace enshrine::state {

/// First byte of every key. Numbers are part of the state root: never reuse one.
enum class Module : std::uint8_t {
    chain = 1,
    account = 2,
    data_availability = 3,
    rollup_registry = 4,
    sequencing = 5,
    messaging = 6,
    governance = 7,
    proofs = 8,
    rollup_account = 0x40,  ///< inside rollup state: accounts kept by the SDK
    rollup_system = 0x41,   ///< inside rollup state: streams, supply
    rollup_program = 0x42,  ///< inside rollup state: the program's own storage
};

inline constexpr std::size_t key_bytes_max = 96;

/// A short byte string without allocation, ordered lexicographically.
class Key {
public:
    explicit Key(Module module) noexcept { push(static_cast<Byte>(module)); }
    [[nodiscard]] static Key from_bytes(BytesView encoded) noexcept {
        ENSHRINE_ASSERT(!encoded.empty() && encoded.size() <= key_bytes_max);
        Key key{Module{encoded[0]}};
        return key.fixed(encoded.subspan(1));
    }

    [[nodiscard]] Key u8(std::uint8_t value) const noexcept { return fixed(BytesView{&value, 1}); }
    [[nodiscard]] Key u64(std::uint64_t value) const noexcept {
        std::array<Byte, 8> bytes{};
        store_be(bytes.data(), value);
        return fixed(bytes);
    }
    [[nodiscard]] Key fixed(BytesView bytes) const noexcept {
        Key out = *this;
        ENSHRINE_ASSERT(out.size_ + bytes.size() <= key_bytes_max);
        for (const Byte b : bytes) out.push(b);
        return out;
    }
    [[nodiscard]] BytesView bytes() const noexcept { return BytesView{data_.data(), size_}; }

    [[nodiscard]] friend bool operator==(const Key& a, const Key& b) noexcept { return equal(a.bytes(), b.bytes()); }
    [[nodiscard]] friend std::strong_ordering operator<=>(const Key& a, const Key& b) noexcept {
        const int prefix = std::memcmp(a.data_.data(), b.data_.data(), std::min(a.size_, b.size_));
        return prefix != 0 ? prefix <=> 0 : a.size_ <=> b.size_;
    }

private:
    void push(Byte b) noexcept { data_[size_++] = b; }
    std::array<Byte, key_bytes_max> data_{};
    std::size_t size_ = 0;
};

}  // namespace enshrine::state
