// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine da`: data that is to be published, or has been.
#include <cmd/enshrine/da.hpp>

namespace enshrine::cli {

void add_da(CLI::App& app, Session& session) {
    CLI::App& group =
        add_group(app, "da", "published data: commit, prove, verify, rebuild; submit, get, subscribe, sample");
    add_da_commit(group, session);
    add_da_prove(group, session);
    add_da_verify(group, session);
    add_da_reconstruct(group, session);
    add_da_submit(group, session);
    add_da_get(group, session);
    add_da_inclusion(group, session);
    add_da_subscribe(group, session);
    add_da_sample(group, session);
}

}  // namespace enshrine::cli
