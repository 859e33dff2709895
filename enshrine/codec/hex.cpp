// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/hex.hpp>
#include <enshrine/hash/keccak.hpp>

#include <algorithm>

namespace enshrine::codec {
namespace {

constexpr std::string_view digits = "0123456789abcdef";
constexpr std::uint8_t not_a_digit = 0xff;

constexpr std::uint8_t digit_value(char c) noexcept {
    if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
    return not_a_digit;
}

constexpr bool is_lower(char c) noexcept {
    return c >= 'a' && c <= 'f';
}
constexpr bool is_upper(char c) noexcept {
    return c >= 'A' && c <= 'F';
}

std::string_view without_prefix(std::string_view text) noexcept {
    return text.starts_with("0x") ? text.substr(2) : text;
}

std::string plain_hex(BytesView bytes) {
    std::string out;
    out.reserve(2 * bytes.size());
    for (const Byte byte : bytes) {
        out.push_back(digits[byte >> 4]);
        out.push_back(digits[byte & 0x0f]);
    }
    return out;
}

}  // namespace

const ErrorDomain& error_domain(HexError) noexcept {
    static constexpr ErrorDomain domain{
        "hex", [](std::uint16_t code) noexcept -> std::string_view {
            switch (HexError{code}) {
                case HexError::odd_length:
                    return "an odd number of hex digits";
                case HexError::not_a_hex_digit:
                    return "a character that is not a hex digit";
                case HexError::wrong_size:
                    return "hex text of the wrong size";
                case HexError::empty:
                    return "a number without digits";
                case HexError::too_large:
                    return "a number too large for its type";
                case HexError::leading_zero:
                    return "a number with leading zeros";
                case HexError::missing_prefix:
                    return "a quantity without the 0x prefix";
                case HexError::not_a_decimal_digit:
                    return "a character that is not a decimal digit";
                case HexError::bad_checksum:
                    return "an address whose letter case does not match its EIP-55 checksum";
            }
            return "unknown hex error";
        }};
    return domain;
}

std::string format_hex(BytesView bytes) {
    return "0x" + plain_hex(bytes);
}

Result<Bytes> parse_hex(std::string_view text) noexcept {
    const std::string_view hex = without_prefix(text);
    if (hex.size() % 2 != 0) return fail(HexError::odd_length);
    Bytes out(hex.size() / 2);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::uint8_t high = digit_value(hex[2 * i]);
        const std::uint8_t low = digit_value(hex[2 * i + 1]);
        if (high == not_a_digit || low == not_a_digit) return fail(HexError::not_a_hex_digit);
        out[i] = static_cast<Byte>((high << 4) | low);
    }
    return out;
}

std::string format_quantity(std::uint64_t value) {
    return format_quantity(U256{value});
}

std::string format_quantity(const U256& value) {
    const std::string hex = plain_hex(value.to_be().view());
    const std::size_t first = std::min(hex.find_first_not_of('0'), hex.size() - 1);
    return "0x" + hex.substr(first);
}

Result<std::uint64_t> parse_quantity_u64(std::string_view text) noexcept {
    ENSHRINE_TRY(const auto value, parse_quantity(text));
    if (!value.fits_u64()) return fail(HexError::too_large);
    return value.low_u64();
}

Result<U256> parse_quantity(std::string_view text) noexcept {
    if (!text.starts_with("0x")) return fail(HexError::missing_prefix);
    const std::string_view hex = text.substr(2);
    if (hex.empty()) return fail(HexError::empty);
    if (hex.size() > 1 && hex[0] == '0') return fail(HexError::leading_zero);
    if (hex.size() > 64) return fail(HexError::too_large);
    U256 out;
    for (const char c : hex) {
        const std::uint8_t digit = digit_value(c);
        if (digit == not_a_digit) return fail(HexError::not_a_hex_digit);
        out = (out << 4) + U256{digit};
    }
    return out;
}

std::string format_decimal(const U256& value) {
    std::string out;
    U256 rest = value;
    do {
        const auto [quotient, remainder] = divide(rest, U256{10});
        out.push_back(digits[remainder.low_u64()]);
        rest = quotient;
    } while (!rest.is_zero());
    std::ranges::reverse(out);
    return out;
}

Result<U256> parse_decimal(std::string_view text) noexcept {
    if (text.empty()) return fail(HexError::empty);
    if (text.size() > 1 && text[0] == '0') return fail(HexError::leading_zero);
    U256 out;
    for (const char c : text) {
        if (c < '0' || c > '9') return fail(HexError::not_a_decimal_digit);
        const auto shifted = checked_mul(out, U256{10});
        if (!shifted) return fail(HexError::too_large);
        const auto sum = checked_add(*shifted, U256{static_cast<std::uint64_t>(c - '0')});
        if (!sum) return fail(HexError::too_large);
        out = *sum;
    }
    return out;
}

std::string format_address(const Address& address) {
    std::string hex = plain_hex(address.view());
    const Hash32 digest = hash::keccak256(as_bytes(hex));
    for (std::size_t i = 0; i < hex.size(); ++i) {
        const int nibble = i % 2 == 0 ? digest[i / 2] >> 4 : digest[i / 2] & 0x0f;
        if (is_lower(hex[i]) && nibble >= 8) hex[i] = static_cast<char>(hex[i] - 'a' + 'A');
    }
    return "0x" + hex;
}

Result<Address> parse_address(std::string_view text) noexcept {
    ENSHRINE_TRY(const auto address, parse_hex_fixed<Address::size_bytes>(text));
    const std::string_view hex = without_prefix(text);
    const bool mixed_case = std::ranges::any_of(hex, is_lower) && std::ranges::any_of(hex, is_upper);
    if (mixed_case && hex != without_prefix(format_address(address))) return fail(HexError::bad_checksum);
    return address;
}

}  // namespace enshrine::codec
