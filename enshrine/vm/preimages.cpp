// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/sha256.hpp>
#include <enshrine/vm/preimages.hpp>

namespace enshrine::vm {

std::optional<BytesView> SourcedPreimages::reveal(const Hash32& hash) {
    if (const auto known = index_.find(hash)) return opened_.item(*known);
    const auto preimage = source_.preimage(hash);
    if (!preimage || preimage->size() > reveal_bytes_max || hash::sha256(*preimage) != hash) return std::nullopt;
    opened_.append(*preimage);
    index_.append(hash);
    return opened_.item(opened_.size() - 1);
}

std::optional<BytesView> WitnessedPreimages::reveal(const Hash32& hash) {
    if (const auto known = index_.find(hash)) return witness_.item(*known);
    const std::size_t next = index_.size();
    if (next == witness_.size()) {
        fault_ = WitnessFault{.error = WitnessError::witness_truncated, .index = next, .expected = hash};
        return std::nullopt;
    }
    const BytesView preimage = witness_.item(next);
    if (hash::sha256(preimage) != hash) {
        fault_ = WitnessFault{.error = WitnessError::witness_mismatch, .index = next, .expected = hash};
        return std::nullopt;
    }
    index_.append(hash);
    return preimage;
}

std::optional<WitnessFault> WitnessedPreimages::fault() const noexcept {
    if (fault_) return fault_;
    if (index_.size() == witness_.size()) return std::nullopt;
    return WitnessFault{.error = WitnessError::witness_trailing, .index = index_.size(), .expected = Hash32{}};
}

}  // namespace enshrine::vm
