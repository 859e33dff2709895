// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/hash/sha256.hpp>
#include <enshrine/vm/preimages.hpp>

#include <map>

namespace enshrine::vm {

/// A source for tests: knows what it was given, counts the questions, and can lie.
class PreimageStore final : public PreimageSource {
public:
    Hash32 add(BytesView preimage) {
        const Hash32 hash = hash::sha256(preimage);
        known_[hash] = to_bytes(preimage);
        return hash;
    }
    void lie(const Hash32& hash, BytesView preimage) { known_[hash] = to_bytes(preimage); }
    std::optional<BytesView> preimage(const Hash32& hash) noexcept override {
        ++questions;
        const auto found = known_.find(hash);
        if (found == known_.end()) return std::nullopt;
        return BytesView{found->second};
    }
    std::size_t questions = 0;

private:
    std::map<Hash32, Bytes> known_;
};

}  // namespace enshrine::vm
