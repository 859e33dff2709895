// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/keccak.hpp>
#include <enshrine/proofs/key_id.hpp>

namespace enshrine::proofs {

Hash32 key_id(BytesView bytes) {
    Bytes preimage = to_bytes(as_bytes("vk"));
    append(preimage, bytes);
    return hash::keccak256(preimage);
}

}  // namespace enshrine::proofs
