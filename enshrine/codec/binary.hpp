// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/base/u256.hpp>

/// The canonical binary form of our own records: fixed-width big-endian integers, fixed-size byte strings, and
/// variable-size byte strings behind a u32 length. Decoding refuses trailing bytes and lengths over the given bound.
namespace enshrine::codec {

enum class BinaryError : std::uint16_t { truncated = 1, trailing_bytes, length_over_bound, bad_boolean };
const ErrorDomain& error_domain(BinaryError) noexcept;

class BinaryWriter {
public:
    BinaryWriter& u8(std::uint8_t value);
    BinaryWriter& u16(std::uint16_t value);
    BinaryWriter& u32(std::uint32_t value);
    BinaryWriter& u64(std::uint64_t value);
    BinaryWriter& u256(const U256& value);
    BinaryWriter& boolean(bool value);
    BinaryWriter& fixed(BytesView bytes);     ///< the bytes alone
    BinaryWriter& variable(BytesView bytes);  ///< u32 length, then the bytes
    [[nodiscard]] const Bytes& bytes() const noexcept { return out_; }
    [[nodiscard]] Bytes take() noexcept { return std::move(out_); }

private:
    Bytes out_;
};

class BinaryReader {
public:
    explicit BinaryReader(BytesView bytes) noexcept : rest_{bytes} {}

    [[nodiscard]] Result<std::uint8_t> u8() noexcept;
    [[nodiscard]] Result<std::uint16_t> u16() noexcept;
    [[nodiscard]] Result<std::uint32_t> u32() noexcept;
    [[nodiscard]] Result<std::uint64_t> u64() noexcept;
    [[nodiscard]] Result<U256> u256() noexcept;
    [[nodiscard]] Result<bool> boolean() noexcept;
    template <std::size_t N>
    [[nodiscard]] Result<FixedBytes<N>> fixed() noexcept {
        ENSHRINE_TRY(const auto view, take(N));
        return FixedBytes<N>::from(view);
    }
    [[nodiscard]] Result<BytesView> variable(std::size_t size_max) noexcept;  ///< borrows from the input
    [[nodiscard]] Result<BytesView> take(std::size_t size) noexcept;
    [[nodiscard]] BytesView rest() const noexcept { return rest_; }
    [[nodiscard]] Result<void> finish() const noexcept;

private:
    BytesView rest_;
};

}  // namespace enshrine::codec
