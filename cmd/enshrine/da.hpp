// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <cmd/enshrine/progress.hpp>
#include <cmd/enshrine/session.hpp>

#include <string>
#include <vector>

/// `enshrine da`: one file per command.
namespace enshrine::cli {

void add_da_commit(CLI::App& group, Session& session);
void add_da_prove(CLI::App& group, Session& session);
void add_da_verify(CLI::App& group, Session& session);
void add_da_reconstruct(CLI::App& group, Session& session);
void add_da_submit(CLI::App& group, Session& session);
void add_da_get(CLI::App& group, Session& session);
void add_da_inclusion(CLI::App& group, Session& session);
void add_da_subscribe(CLI::App& group, Session& session);
void add_da_sample(CLI::App& group, Session& session);

}  // namespace enshrine::cli
