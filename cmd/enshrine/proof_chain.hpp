// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <cmd/enshrine/session.hpp>

namespace enshrine::cli {

/// The commands of `enshrine proof` that ask or change a chain: register-key, submit, status, receipt.
void add_proof_on_chain(CLI::App& group, Session& session);

}  // namespace enshrine::cli
