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
};
[[nodiscard]] GenesisState make_genesis(const Program& program, std::uint64_t rollup_id, std::uint64_t l1_chain_id);

/// All preimages in the form of a witness [VM-WIT.3], ordered by hash.
[[nodiscard]] Bytes encode_preimages(const PreimageStore& preimages);

}  // namespace enshrine::guest
