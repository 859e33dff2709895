// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Any bytes as a witness of a program that reveals two preimages: refused, or the witness itself.
#include <enshrine/base/assert.hpp>
#include <enshrine/vm/machine.hpp>
#include <enshrine/vm/testdata/assembler.hpp>
#include <enshrine/vm/testdata/preimage_store.hpp>

#include <cstddef>
#include <cstdint>

namespace {

using namespace enshrine;
using namespace enshrine::vm;

struct Fixture {
    Fixture() {
        Bytes data = to_bytes(store.add(Bytes(40, 1)).view());
        append(data, store.add(Bytes(3, 2)).view());
        Assembler code;
        for (const std::uint64_t hash : {data_address, data_address + 32}) {
            code.load_constant(a0, hash).load_constant(a1, data_address + 64).add_immediate(a3, zero, 64).call(1);
        }
        code.halt(0);
        program.emplace(*Program::load(make_elf(code, data)));
        recording = record(memory, request(), store);
        ENSHRINE_ASSERT(recording.witness.size() == 2);
    }
    [[nodiscard]] RunRequest request() const {
        return {.program = *program, .argument_page = {}, .compute_machine_root = true};
    }

    PreimageStore store;
    MachineMemory memory = *MachineMemory::make();
    std::optional<Program> program;
    Recording recording;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Fixture fixture;
    const BytesView input{data, size};
    const auto witness = Witness::decode(input);
    if (!witness) return 0;
    ENSHRINE_ASSERT(equal(witness->encode(), input));
    const auto replayed = replay(fixture.memory, fixture.request(), *witness);
    ENSHRINE_ASSERT(replayed.has_value() == (*witness == fixture.recording.witness));
    if (replayed) ENSHRINE_ASSERT(*replayed == fixture.recording.result);
    return 0;
}
