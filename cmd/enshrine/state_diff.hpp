// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/state/view.hpp>
#include <enshrine/vm/preimages.hpp>

#include <map>
#include <optional>
#include <vector>

namespace enshrine::cli {

/// Preimages by their hash, in memory.
class MemoryPreimages final : public vm::PreimageSource {
public:
    void add(BytesView bytes);
    std::optional<BytesView> preimage(const Hash32& hash) noexcept override;

private:
    std::map<Hash32, Bytes> items_;
};

/// A state's root, with all its nodes and values put into `preimages`.
[[nodiscard]] Hash32 add_state(MemoryPreimages& preimages, const std::map<state::Key, Bytes>& entries);

/// One entry that differs. The tree holds hashes of keys, so a key can be told only when it is one of `known`.
struct StateChange {
    Hash32 path;
    std::optional<state::Key> key;
    std::optional<Bytes> before;  ///< nullopt: absent
    std::optional<Bytes> after;
};
/// Ascending by path. Nullopt when a node or value below one of the roots is not among the preimages.
[[nodiscard]] std::optional<std::vector<StateChange>> state_diff(MemoryPreimages& preimages, const Hash32& before,
                                                                 const Hash32& after,
                                                                 const std::vector<state::Key>& known);

}  // namespace enshrine::cli
