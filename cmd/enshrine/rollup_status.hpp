// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/client/settlement_contracts.hpp>

#include <cmd/enshrine/session.hpp>

namespace enshrine::cli {

/// The key of a rollup that settles by proof, and its owner's hold of it.
struct SettlementKey {
    rollup_registry::Validity validity;
    client::KeyState state;
    bool frozen_by_owner = false;
};
[[nodiscard]] Json to_json(const SettlementKey& key);

/// status, list, agreement.
void add_rollup_status(CLI::App& group, Session& session);

}  // namespace enshrine::cli
