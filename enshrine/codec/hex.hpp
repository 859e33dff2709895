// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/base/u256.hpp>

#include <string>
#include <string_view>

/// Text forms of bytes and integers. Parsers of bytes accept with and without `0x`, quantities need it (without it, 10
/// could mean ten or sixteen); formatters always write `0x` and lower case.
/// Host only: rollup programs deal in bytes.
namespace enshrine::codec {

enum class HexError : std::uint16_t {
    odd_length = 1,
    not_a_hex_digit,
    wrong_size,
    empty,
    too_large,
    leading_zero,
    missing_prefix,  ///< a quantity without 0x
    not_a_decimal_digit,
    bad_checksum,  ///< a mixed-case address whose case is not its EIP-55 checksum
};
const ErrorDomain& error_domain(HexError) noexcept;

[[nodiscard]] std::string format_hex(BytesView bytes);
[[nodiscard]] Result<Bytes> parse_hex(std::string_view text) noexcept;
/// Exactly N bytes.
template <std::size_t N>
[[nodiscard]] Result<FixedBytes<N>> parse_hex_fixed(std::string_view text) noexcept {
    ENSHRINE_TRY(const auto bytes, parse_hex(text));
    if (bytes.size() != N) return fail(HexError::wrong_size);
    return FixedBytes<N>::from(bytes);
}

/// Ethereum JSON-RPC quantities: `0x` + no leading zeros (`0x0` for zero).
[[nodiscard]] std::string format_quantity(std::uint64_t value);
[[nodiscard]] std::string format_quantity(const U256& value);
[[nodiscard]] Result<std::uint64_t> parse_quantity_u64(std::string_view text) noexcept;
[[nodiscard]] Result<U256> parse_quantity(std::string_view text) noexcept;

/// Decimal text of a 256-bit integer, and back (no sign, no separators).
[[nodiscard]] std::string format_decimal(const U256& value);
[[nodiscard]] Result<U256> parse_decimal(std::string_view text) noexcept;

/// EIP-55 mixed-case checksum form.
[[nodiscard]] std::string format_address(const Address& address);
/// All lower or all upper case, or the checksum form.
[[nodiscard]] Result<Address> parse_address(std::string_view text) noexcept;

}  // namespace enshrine::codec
