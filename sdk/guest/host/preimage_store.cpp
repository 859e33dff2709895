// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/sha256.hpp>

#include <sdk/guest/host/preimage_store.hpp>

namespace enshrine::guest {

Hash32 PreimageStore::put(BytesView bytes) {
    const Hash32 hash = hash::sha256(bytes);
    items_.try_emplace(hash, to_bytes(bytes));
    return hash;
}

const Bytes* PreimageStore::find(const Hash32& hash) const {
    const auto found = items_.find(hash);
    return found == items_.end() ? nullptr : &found->second;
}

}  // namespace enshrine::guest
