// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/chain/blake2_precompile.hpp>
#include <enshrine/hash/blake2.hpp>

namespace enshrine::chain {

std::optional<Bytes> compress_blake2(BytesView input) {
    if (input.size() != blake2_input_bytes) return std::nullopt;
    const Byte last = input[blake2_input_bytes - 1];
    if (last > 1) return std::nullopt;
    const auto word = [&](std::size_t at) { return load_le<std::uint64_t>(input.data() + at); };
    hash::Blake2Block block{.last = last == 1, .rounds = load_be<std::uint32_t>(input.data())};
    std::array<std::uint64_t, 8> state{};
    for (std::size_t i = 0; i < state.size(); ++i) state[i] = word(4 + 8 * i);
    for (std::size_t i = 0; i < block.message.size(); ++i) block.message[i] = word(68 + 8 * i);
    for (std::size_t i = 0; i < block.offset.size(); ++i) block.offset[i] = word(196 + 8 * i);
    hash::blake2b_compress(state, block);
    Bytes out(64);
    for (std::size_t i = 0; i < state.size(); ++i) store_le(out.data() + 8 * i, state[i]);
    return out;
}

std::uint64_t blake2_gas(BytesView input) noexcept {
    return input.size() == blake2_input_bytes ? load_be<std::uint32_t>(input.data()) : 0;
}

}  // namespace enshrine::chain
