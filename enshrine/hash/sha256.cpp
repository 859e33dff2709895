// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/sha256.hpp>

#include <cstring>

namespace enshrine::hash {
namespace {

constexpr std::size_t block_bytes = 64;
/// Message bytes that fit before the length field of the last block.
constexpr std::size_t tail_bytes_max = block_bytes - 8;

Hash32 to_digest(const Sha256State& state) noexcept {
    Hash32 digest;
    for (std::size_t i = 0; i < state.size(); ++i) store_be(digest.data() + 4 * i, state[i]);
    return digest;
}

/// Pads the last `size % 64` bytes of a message of `size` bytes (FIPS 180-4, 5.1.1) and returns its digest.
Hash32 finish_message(Sha256State& state, const Byte* tail, std::uint64_t size) noexcept {
    const auto tail_size = static_cast<std::size_t>(size % block_bytes);
    const std::size_t block_count = tail_size < tail_bytes_max ? 1 : 2;
    std::array<Byte, 2 * block_bytes> blocks{};
    if (tail_size != 0) std::memcpy(blocks.data(), tail, tail_size);  // memcpy from null is undefined
    blocks[tail_size] = 0x80;
    store_be(blocks.data() + block_count * block_bytes - 8, size * 8);
    sha256_compress(state, blocks.data(), block_count);
    return to_digest(state);
}

}  // namespace

Hash32 sha256(BytesView data) noexcept {
    Sha256State state = sha256_initial_state;
    const std::size_t whole_blocks = data.size() / block_bytes;
    if (whole_blocks != 0) sha256_compress(state, data.data(), whole_blocks);
    return finish_message(state, data.data() + whole_blocks * block_bytes, data.size());
}

Hash32 sha256(BytesView a, BytesView b) noexcept {
    return Sha256{}.update(a).update(b).finish();
}

Hash32 sha256_tagged_pair(Byte prefix, const Hash32& a, const Hash32& b) noexcept {
    constexpr std::size_t message_bytes = 1 + 2 * Hash32::size_bytes;
    static constexpr auto padded = [] {
        std::array<Byte, 2 * block_bytes> blocks{};
        blocks[message_bytes] = 0x80;
        blocks[2 * block_bytes - 2] = static_cast<Byte>(message_bytes * 8 / 256);
        blocks[2 * block_bytes - 1] = static_cast<Byte>(message_bytes * 8 % 256);
        return blocks;
    }();
    auto blocks = padded;
    blocks[0] = prefix;
    std::memcpy(blocks.data() + 1, a.data(), a.size());
    std::memcpy(blocks.data() + 1 + a.size(), b.data(), b.size());
    Sha256State state = sha256_initial_state;
    sha256_compress(state, blocks.data(), 2);
    return to_digest(state);
}

Sha256& Sha256::update(BytesView data) noexcept {
    if (data.empty()) return *this;
    const auto used = static_cast<std::size_t>(size_ % block_bytes);
    size_ += data.size();
    if (used != 0) {
        const std::size_t wanted = std::min(block_bytes - used, data.size());
        std::memcpy(buffer_.data() + used, data.data(), wanted);
        data = data.subspan(wanted);
        if (used + wanted < block_bytes) return *this;
        sha256_compress(state_, buffer_.data(), 1);
    }
    const std::size_t whole_blocks = data.size() / block_bytes;
    if (whole_blocks != 0) sha256_compress(state_, data.data(), whole_blocks);
    data = data.subspan(whole_blocks * block_bytes);
    if (!data.empty()) std::memcpy(buffer_.data(), data.data(), data.size());
    return *this;
}

Hash32 Sha256::finish() noexcept {
    return finish_message(state_, buffer_.data(), size_);
}

}  // namespace enshrine::hash
