// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/prover_files/number_text.hpp>

#include <algorithm>

namespace enshrine::prover_files {
namespace {

constexpr std::size_t digits_max = 400;  // no field of ours needs more than 116

bool is_hex(std::string_view text) noexcept {
    return text.starts_with("0x");
}
bool is_decimal_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
unsigned digit_value(char c) noexcept {
    if (is_decimal_digit(c)) return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
    return 16;
}

/// number · base + digit; false when it does not fit.
bool push_digit(Bytes& number, unsigned base, unsigned digit) noexcept {
    unsigned carry = digit;
    for (std::size_t i = number.size(); i-- > 0;) {
        const unsigned value = number[i] * base + carry;
        number[i] = static_cast<Byte>(value);
        carry = value >> 8;
    }
    return carry == 0;
}

}  // namespace

bool is_number(std::string_view text) noexcept {
    if (text.empty() || text.size() > digits_max) return false;
    if (is_hex(text)) {
        const auto digits = text.substr(2);
        return !digits.empty() && std::ranges::all_of(digits, [](char c) { return digit_value(c) < 16; });
    }
    if (text.size() > 1 && text[0] == '0') return false;
    return std::ranges::all_of(text, is_decimal_digit);
}

std::optional<Bytes> number_to_bytes(std::string_view text, std::size_t width) {
    ENSHRINE_ASSERT(is_number(text));
    const unsigned base = is_hex(text) ? 16 : 10;
    Bytes out(width);
    for (const char c : is_hex(text) ? text.substr(2) : text) {
        if (!push_digit(out, base, digit_value(c))) return std::nullopt;
    }
    return out;
}

}  // namespace enshrine::prover_files
