// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/state/key.hpp>

/// State keys of this module. Numbers are part of the state root: never reuse one.
namespace enshrine::data_availability::keys {

[[nodiscard]] inline state::Key blob(const Hash32& versioned_hash) noexcept {
    return state::Key{state::Module::data_availability}.u8(1).fixed(versioned_hash.view());
}

}  // namespace enshrine::data_availability::keys
