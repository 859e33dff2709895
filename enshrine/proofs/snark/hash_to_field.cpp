// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/snark/hash_to_field.hpp>

namespace enshrine::proofs {

using algebra::bn254::Fr;

Bytes expand_message_sha256(BytesView message, std::string_view tag, std::size_t size) {
    ENSHRINE_ASSERT(tag.size() <= 255 && size <= 255 * Hash32::size_bytes);
    Bytes suffix = to_bytes(as_bytes(tag));
    suffix.push_back(static_cast<Byte>(tag.size()));

    Bytes first(64);  // one block of SHA-256
    append(first, message);
    append(first, Bytes{static_cast<Byte>(size >> 8), static_cast<Byte>(size), 0});
    append(first, suffix);
    const Hash32 seed = hash::sha256(first);

    Bytes out;
    Hash32 previous;
    for (std::size_t i = 1; out.size() < size; ++i) {
        Bytes block = to_bytes(seed.view());
        for (std::size_t k = 0; k < block.size(); ++k) block[k] = static_cast<Byte>(block[k] ^ previous[k]);
        block.push_back(static_cast<Byte>(i));
        append(block, suffix);
        previous = hash::sha256(block);
        append(out, previous.view());
    }
    out.resize(size);
    return out;
}

Fr reduce_to_fr(BytesView number) noexcept {
    constexpr Fr base = Fr::from(256);
    Fr out;
    for (const Byte byte : number) out = out * base + Fr::from(byte);
    return out;
}

Fr hash_to_fr_sha256(BytesView message, std::string_view tag) {
    return reduce_to_fr(expand_message_sha256(message, tag, 48));
}

}  // namespace enshrine::proofs
