// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/modexp.hpp>
#include <enshrine/chain/precompile_words.hpp>
#include <enshrine/crypto/modular_power.hpp>

#include <algorithm>
#include <limits>

namespace enshrine::chain {
namespace {

constexpr std::size_t lengths_bytes = 3 * word_bytes;

/// A word of the input; bytes that are missing are zero.
U256 word_at(BytesView input, std::size_t at) noexcept {
    Hash32 word;
    for (std::size_t i = 0; i < word_bytes && at + i < input.size(); ++i) word[i] = input[at + i];
    return U256::from_be(word.view());
}

struct Lengths {
    std::size_t base = 0;
    std::size_t exponent = 0;
    std::size_t modulus = 0;
};

std::optional<Lengths> lengths_of(BytesView input) noexcept {
    std::array<std::size_t, 3> out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const U256 length = word_at(input, i * word_bytes);
        if (length > U256{modexp_number_bytes_max}) return std::nullopt;
        out[i] = static_cast<std::size_t>(length.low_u64());
    }
    return Lengths{out[0], out[1], out[2]};
}

std::uint64_t complexity(std::size_t size) noexcept {
    if (size <= 32) return 16;
    const std::uint64_t words = (size + 7) / 8;
    return 2 * words * words;
}

/// How many squarings the exponent is taken to ask for.
std::uint64_t iterations(BytesView input, const Lengths& lengths) noexcept {
    const std::size_t head_bytes = std::min(lengths.exponent, word_bytes);
    const U256 word = word_at(input, lengths_bytes + lengths.base);
    const U256 head = word >> static_cast<unsigned>(8 * (word_bytes - head_bytes));
    const std::uint64_t head_bits = head.is_zero() ? 0 : head.bit_length() - 1;
    return std::max<std::uint64_t>(1, head_bits + 16 * (lengths.exponent - head_bytes));
}

}  // namespace

std::uint64_t modexp_gas(BytesView input) noexcept {
    const auto lengths = lengths_of(input);
    if (!lengths) return std::numeric_limits<std::uint64_t>::max();  // refused, at any price
    const std::uint64_t gas = complexity(std::max(lengths->base, lengths->modulus)) * iterations(input, *lengths);
    return std::max<std::uint64_t>(500, gas);
}

std::optional<Bytes> raise_to_power(BytesView input) {
    const auto lengths = lengths_of(input);
    if (!lengths) return std::nullopt;
    const BytesView rest = input.subspan(std::min(lengths_bytes, input.size()));
    const Bytes numbers = padded(rest, lengths->base + lengths->exponent + lengths->modulus);
    const BytesView view{numbers};
    return crypto::modular_power(view.first(lengths->base), view.subspan(lengths->base, lengths->exponent),
                                 view.subspan(lengths->base + lengths->exponent));
}

}  // namespace enshrine::chain
