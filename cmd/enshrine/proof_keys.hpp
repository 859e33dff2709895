// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/proofs/records.hpp>

#include <cmd/enshrine/session.hpp>

namespace enshrine::cli {

/// An account's registration of a key.
[[nodiscard]] Json holder_to_json(const Address& account, const proofs::HolderRecord& holder);

/// The commands of `enshrine proof` for holders of keys: freeze, unfreeze, retire-key.
void add_proof_keys(CLI::App& group, Session& session);

}  // namespace enshrine::cli
