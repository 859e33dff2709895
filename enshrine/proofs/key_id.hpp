// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

namespace enshrine::proofs {

/// Of a key of any kind: Keccak-256("vk" ‖ its canonical bytes).
[[nodiscard]] Hash32 key_id(BytesView bytes);

}  // namespace enshrine::proofs
