// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/sequencing/records.hpp>
#include <enshrine/vm/machine.hpp>

#include <cstdint>
#include <expected>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

/// Runs a rollup program: whole batches (sequencer, verifier) and views (the rollup endpoint).
namespace enshrine::rollup_node {

/// Everything a batch run depends on beyond the state itself.
struct BatchInputs {
    sequencing::BatchHeader header;
    std::vector<Bytes> payload_preimages;  ///< what the program reveals on its way from the references to the payload
    bool payload_void = false;             ///< the payload counts as empty [DA-BATCH.3]; no preimages then
    std::vector<Bytes> inbox_messages;  ///< canonical encodings of messages [inbox_first, header.inbox_end)
    std::uint64_t inbox_first = 0;
    Hash32 inbox_start;                 ///< rolling hash before the first of them
    Hash32 previous_state_root;
    std::uint64_t l1_timestamp = 0;     ///< of the anchor
};

/// What a batch run yields, and what a claim about it says.
struct BatchResult {
    Hash32 batch_hash;
    Hash32 state_root;
    Hash32 outbox_root;
    Hash32 receipts_root;
    Hash32 machine_root;
    std::uint64_t steps = 0;
    std::uint64_t weight = 0;
    Bytes witness;                                    ///< encoded [VM-WIT.3]
    std::vector<sequencing::ReceiptRecord> receipts;  ///< [REC.1]
    std::vector<Bytes> outbox;                        ///< messages, in record order
    std::vector<Bytes> offered;                       ///< preimages of the new state
};

/// One program with its own machine. Thread-safe: runs are serialised.
class Executor {
public:
    [[nodiscard]] static std::expected<std::unique_ptr<Executor>, std::string> make(std::uint64_t rollup, BytesView elf);

    /// The error says how the run ended ("trapped: misaligned at pc 0x10040 after 17 steps").
    [[nodiscard]] std::expected<BatchResult, std::string> execute(const BatchInputs& inputs, vm::PreimageSource& state);
    struct ViewContext {
        Hash32 state_root;
        std::uint64_t batch_sequence = 0;
        std::uint64_t l1_height = 0;
        std::uint64_t l1_timestamp = 0;
    };
    [[nodiscard]] std::expected<sequencing::ViewAnswer, std::string> view(const ViewContext& context,
                                                                          const sequencing::ViewRequest& request,
                                                                          vm::PreimageSource& state);

    [[nodiscard]] const Hash32& program_id() const noexcept { return program_.id(); }

private:
    Executor(std::uint64_t rollup, vm::Program program, vm::MachineMemory memory)
        : rollup_{rollup}, program_{std::move(program)}, memory_{std::move(memory)} {}

    std::uint64_t rollup_;
    vm::Program program_;
    std::mutex mutex_;
    vm::MachineMemory memory_;
};

/// Largest weight of one batch that the L1 settles natively; a sequencer must not build heavier ones.
inline constexpr std::uint64_t view_weight_max = 500'000'000;

}  // namespace enshrine::rollup_node
