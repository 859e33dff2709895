// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/keccak.hpp>

#include <cstring>

namespace enshrine::hash {
namespace {

constexpr std::size_t rate_lanes = keccak256_rate_bytes / 8;

void absorb_block(KeccakState& state, const Byte* block) noexcept {
    for (std::size_t i = 0; i < rate_lanes; ++i) state[i] ^= load_le<std::uint64_t>(block + 8 * i);
    keccak_f(state);
}

}  // namespace

Hash32 keccak256(BytesView data) noexcept {
    KeccakState state{};
    while (data.size() >= keccak256_rate_bytes) {
        absorb_block(state, data.data());
        data = data.subspan(keccak256_rate_bytes);
    }
    std::array<Byte, keccak256_rate_bytes> last{};
    if (!data.empty()) std::memcpy(last.data(), data.data(), data.size());  // memcpy from null is undefined
    last[data.size()] = 0x01;
    last.back() |= 0x80;
    absorb_block(state, last.data());
    Hash32 digest;
    for (std::size_t i = 0; i < 4; ++i) store_le(digest.data() + 8 * i, state[i]);
    return digest;
}

}  // namespace enshrine::hash
