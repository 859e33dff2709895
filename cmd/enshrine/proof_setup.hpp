// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <cmd/enshrine/session.hpp>

namespace enshrine::cli {

/// `enshrine proof development-setup`.
void add_development_setup(CLI::App& group, Session& session);

}  // namespace enshrine::cli
