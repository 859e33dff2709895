// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/adapters/risc0.hpp>

namespace enshrine::proofs::risc0 {

/// That a claim is one of the leaves under a root, and that the program of the set has made the root.
struct SetInclusion {
    std::vector<Hash32> path;
    BytesView root_seal;  ///< groth16_seal_bytes of them
};
/// abi.encode((bytes32[] path, bytes rootSeal)), in the one way that Solidity's encoder writes it [RISC0.9].
[[nodiscard]] Result<SetInclusion> decode_set_seal(BytesView bytes);
[[nodiscard]] Bytes encode_set_seal(const SetInclusion& inclusion);

/// The root above a claim [RISC0.10].
[[nodiscard]] Hash32 set_root(const Hash32& claim, std::span<const Hash32> path);
/// The claim of the program of the set for that root [RISC0.10].
[[nodiscard]] Hash32 root_claim(const SetVersion& used, const Hash32& root);

}  // namespace enshrine::proofs::risc0
