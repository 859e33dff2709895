// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/vm/arguments.hpp>
#include <enshrine/vm/calls.hpp>
#include <enshrine/vm/memory.hpp>
#include <enshrine/vm/preimages.hpp>
#include <enshrine/vm/program.hpp>
#include <enshrine/vm/status.hpp>
#include <enshrine/vm/witness.hpp>

#include <array>
#include <optional>
#include <vector>

/// Running a program. Rules: docs/spec/machine.md. The same semantics serves every access policy.
namespace enshrine::vm {

struct Limits {
    std::uint64_t steps_max = ~0ULL;
    std::uint64_t weight_max = ~0ULL;
};

enum class RecordKind : std::uint8_t { outbox = 0, receipt = 1, view_answer = 2 };

/// What a finished run has to say. Costs nothing beyond the run itself.
struct Outcome {
    Status status = Status::running;
    Trap trap = Trap::none;
    std::uint64_t exit_code = 0;
    std::uint64_t pc = 0;
    std::uint64_t steps = 0;
    std::uint64_t weight = 0;
    std::optional<Hash32> state_root;                      ///< committed by the program
    std::array<std::vector<Bytes>, record_kinds> records;  ///< emitted bytes, in order, by kind
    std::array<Hash32, record_kinds> record_roots{};       ///< [VM-CALL.3]
    std::optional<Hash32> missing_hash;                    ///< the preimage that nobody knew
    [[nodiscard]] bool succeeded() const noexcept { return status == Status::halted && exit_code == 0; }
    [[nodiscard]] friend bool operator==(const Outcome&, const Outcome&) noexcept = default;
};

struct RunRequest {
    const Program& program;
    BytesView argument_page;  ///< at most 4,096 bytes; see ProgramArguments::encode()
    Limits limits{};
    /// Steps after which the machine is looked at: a run that is still going then ends with status `running`.
    std::uint64_t pause_at = ~0ULL;
    bool compute_machine_root = false;
    BytesSink debug_sink = nullptr;
    void* debug_context = nullptr;
    BytesSink offer_sink = nullptr;  ///< new tree nodes and values that the program wants kept for later reveals
    void* offer_context = nullptr;
};
struct RunResult {
    Outcome outcome;
    std::optional<Hash32> machine_root;  ///< when asked for
    [[nodiscard]] friend bool operator==(const RunResult&, const RunResult&) noexcept = default;
};

/// Policy `run`.
[[nodiscard]] RunResult run(MachineMemory& memory, const RunRequest& request, PreimageSource& source);
/// Policy `record`: also yields the witness [VM-WIT.1].
struct Recording {
    RunResult result;
    Witness witness;
};
[[nodiscard]] Recording record(MachineMemory& memory, const RunRequest& request, PreimageSource& source);
/// Policy `replay`: reveals come from the witness alone. The error names why the witness is refused [VM-WIT.2].
[[nodiscard]] std::expected<RunResult, WitnessFault> replay(MachineMemory& memory, const RunRequest& request,
                                                            const Witness& witness);

}  // namespace enshrine::vm
