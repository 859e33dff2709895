// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Two bytes of step limit, then text: run, record and replay agree, and so does the reference machine unless calls
// occur.
#include <enshrine/base/assert.hpp>
#include <enshrine/vm/machine.hpp>
#include <enshrine/vm/testdata/assembler.hpp>
#include <enshrine/vm/testdata/preimage_store.hpp>
#include <enshrine/vm/testdata/reference_machine.hpp>

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    using namespace enshrine::vm;
    constexpr std::size_t text_bytes_max = 4096;
    static MachineMemory memory = *MachineMemory::make();
    if (size < 6 || size > text_bytes_max) return 0;
    constexpr std::uint64_t weight_max = 200'000;
    const std::uint64_t steps_max = load_le<std::uint16_t>(data) % 2048;
    const std::vector<ElfSegment> segments{{text_address, to_bytes(BytesView{data + 2, size - 2}), 0, flags_text}};
    const auto program = Program::load(make_elf(text_address, segments));
    ENSHRINE_ASSERT(program.has_value());
    const RunRequest request{.program = *program,
                             .argument_page = {},
                             .limits = {.steps_max = steps_max, .weight_max = weight_max},
                             .compute_machine_root = true};
    PreimageStore store;
    store.add(Bytes(32));
    const Recording recorded = record(memory, request, store);
    ENSHRINE_ASSERT(run(memory, request, store) == recorded.result);
    if (recorded.result.outcome.trap != Trap::unknown_hash) {
        const auto replayed = replay(memory, request, recorded.witness);
        ENSHRINE_ASSERT(replayed.has_value());
        ENSHRINE_ASSERT(*replayed == recorded.result);
    }
    for (std::size_t k = 2; k + 4 <= size; k += 4) {
        if (load_le<std::uint32_t>(data + k) == word_ecall) return 0;
    }
    ReferenceMachine reference{text_address, segments, {}};
    while (reference.status == ReferenceMachine::Status::running) reference.step(steps_max, weight_max);
    ENSHRINE_ASSERT(*recorded.result.machine_root == reference.root(program->id()));
    return 0;
}
