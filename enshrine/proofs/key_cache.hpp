// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/verify.hpp>

#include <map>

/// Keys that are decoded and prepared. A node's own: no answer depends on what is in it. Used by one thread at a time.
namespace enshrine::proofs {

class KeyCache {
public:
    static constexpr std::size_t keys_max = 256;

    /// Null when the key is not in the cache. The pointer is good until the next load().
    [[nodiscard]] const AnyKey* find(const Hash32& id) noexcept;
    /// Decodes and keeps a key; the one that was used least recently makes room. Errors: those of AnyKey::decode.
    [[nodiscard]] Result<const AnyKey*> load(BytesView bytes);

private:
    struct Entry {
        AnyKey key;
        std::uint64_t last_use = 0;
    };
    std::map<Hash32, Entry> keys_;
    std::uint64_t uses_ = 0;
};

}  // namespace enshrine::proofs
