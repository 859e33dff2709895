// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/types/bloom.hpp>

namespace enshrine::types {
namespace {

Bloom mask_of(BytesView item) noexcept {
    const Hash32 digest = hash::keccak256(item);
    Bloom out;
    for (std::size_t i = 0; i < 6; i += 2) {
        const std::size_t bit = load_be<std::uint16_t>(digest.data() + i) % 2048U;
        // Bit 0 is the lowest bit of the last byte.
        Byte& byte = out[Bloom::size_bytes - 1 - bit / 8];
        byte = static_cast<Byte>(byte | (1U << (bit % 8)));
    }
    return out;
}

}  // namespace

void bloom_add(Bloom& bloom, BytesView item) noexcept {
    bloom_merge(bloom, mask_of(item));
}

void bloom_add(Bloom& bloom, const Log& log) noexcept {
    bloom_add(bloom, log.address.view());
    for (const Hash32& topic : log.topics) bloom_add(bloom, topic.view());
}

void bloom_merge(Bloom& bloom, const Bloom& other) noexcept {
    for (std::size_t i = 0; i < Bloom::size_bytes; ++i) bloom[i] = static_cast<Byte>(bloom[i] | other[i]);
}

Bloom bloom_of(std::span<const Log> logs) noexcept {
    Bloom out;
    for (const Log& log : logs) bloom_add(out, log);
    return out;
}

bool bloom_may_contain(const Bloom& bloom, BytesView item) noexcept {
    const Bloom mask = mask_of(item);
    for (std::size_t i = 0; i < Bloom::size_bytes; ++i) {
        if ((bloom[i] & mask[i]) != mask[i]) return false;
    }
    return true;
}

}  // namespace enshrine::types
