// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/assert.hpp>
#include <enshrine/base/bytes.hpp>
#include <enshrine/vm/witness.hpp>

#include <array>
#include <cstring>

namespace enshrine::store {

/// A reader's own copy of one preimage: it stays as it is while other threads use the store.
class PreimageBuffer {
public:
    [[nodiscard]] BytesView view() const noexcept { return BytesView{bytes_.data(), size_}; }
    /// At most vm::reveal_bytes_max bytes.
    void assign(BytesView bytes) noexcept {
        ENSHRINE_ASSERT(bytes.size() <= bytes_.size());
        if (!bytes.empty()) std::memcpy(bytes_.data(), bytes.data(), bytes.size());
        size_ = bytes.size();
    }

private:
    std::array<Byte, vm::reveal_bytes_max> bytes_;
    std::size_t size_ = 0;
};

}  // namespace enshrine::store
