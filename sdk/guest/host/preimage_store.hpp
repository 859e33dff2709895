// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <map>

namespace enshrine::guest {

/// Preimages by their SHA-256.
class PreimageStore {
public:
    /// Returns the hash under which the bytes can be revealed.
    Hash32 put(BytesView bytes);
    [[nodiscard]] const Bytes* find(const Hash32& hash) const;
    [[nodiscard]] const std::map<Hash32, Bytes>& items() const noexcept { return items_; }

private:
    std::map<Hash32, Bytes> items_;
};

}  // namespace enshrine::guest
