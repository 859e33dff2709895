// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/context.hpp>

/// IRollupRegistry: rollups, their batches and the claims that settle them. Rules: docs/spec/rollup.md.
namespace enshrine::rollup_registry {

[[nodiscard]] const system::Contract& contract() noexcept;

}  // namespace enshrine::rollup_registry
