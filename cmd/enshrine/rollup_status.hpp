// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <cmd/enshrine/session.hpp>

namespace enshrine::cli {

/// status, list, agreement.
void add_rollup_status(CLI::App& group, Session& session);

}  // namespace enshrine::cli
