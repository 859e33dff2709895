// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/integer.hpp>

namespace enshrine::store {

/// Digests are spread already: their first bytes are hash enough for a map in memory.
struct HashMapKey {
    [[nodiscard]] std::size_t operator()(const Hash32& hash) const noexcept {
        return load_le<std::size_t>(hash.data());
    }
};

}  // namespace enshrine::store
