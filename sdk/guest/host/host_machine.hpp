// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <sdk/guest/host/preimage_store.hpp>
#include <sdk/guest/program.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

/// The machine's calls for programs that were compiled for the host: unit tests and the tools of programs.
namespace enshrine::guest {

struct HostRun {
    std::uint64_t exit_code = 0;
    bool panicked = false;  ///< the machine would have stopped at the first bad call; here the rest has no effect
    std::optional<Hash32> missing_hash;
    std::optional<Hash32> state_root;
    std::array<std::vector<Bytes>, 3> records;  ///< by RecordKind
    std::vector<Bytes> offered;
    std::string debug_text;
    [[nodiscard]] bool succeeded() const noexcept { return exit_code == 0 && !panicked; }
};

/// What the calls act on while a run goes on.
struct HostMachine {
    BytesView argument_page;
    const PreimageStore& preimages;
    HostRun run;
};
/// Sets the machine that the calls act on and returns the one before.
HostMachine* exchange_host_machine(HostMachine* machine) noexcept;

/// Runs the program once. One run at a time: the calls have no argument that could name a machine.
[[nodiscard]] HostRun run_on_host(const Program& program, BytesView argument_page, const PreimageStore& preimages);

}  // namespace enshrine::guest
