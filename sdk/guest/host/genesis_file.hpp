// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <sdk/guest/host/preimage_store.hpp>
#include <sdk/guest/program.hpp>

namespace enshrine::guest {

/// The first state of a rollup: its root, and every node and value below it.
struct GenesisState {
    Hash32 root;
    PreimageStore preimages;
    Bytes entries;  ///< canonical (state::encode_entries): what a registration on the L1 takes
};
[[nodiscard]] GenesisState make_genesis(const Program& program, std::uint64_t rollup_id, std::uint64_t l1_chain_id);

}  // namespace enshrine::guest
