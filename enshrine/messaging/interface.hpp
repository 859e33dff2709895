// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/context.hpp>

/// IInbox, the way into rollups, and IMessageHub, the way out of them. Rules: docs/spec/rollup.md [MSG.*].
namespace enshrine::messaging {

[[nodiscard]] const system::Contract& inbox_contract() noexcept;
[[nodiscard]] const system::Contract& hub_contract() noexcept;

}  // namespace enshrine::messaging
