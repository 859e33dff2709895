// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <cmd/enshrine/session.hpp>

namespace enshrine::cli {

/// settlement-inputs, claim-proven.
void add_rollup_settle(CLI::App& group, Session& session);

}  // namespace enshrine::cli
