// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Instructions per second of the interpreter, the cost of a tiny run, of a reveal, and of a page.
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/vm/machine.hpp>
#include <enshrine/vm/testdata/assembler.hpp>
#include <enshrine/vm/testdata/preimage_store.hpp>

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace {

using namespace enshrine;
using namespace enshrine::vm;

class NoPreimages final : public PreimageSource {
public:
    std::optional<BytesView> preimage(const Hash32&) noexcept override { return std::nullopt; }
};

/// Programs that CMake built from testdata/.
std::string guest_path(const std::string& name) {
    return ENSHRINE_BINARY_DIR "/enshrine/vm/" + name + ".elf";
}

Bytes read_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    const std::string content{std::istreambuf_iterator<char>{file}, {}};
    return to_bytes(as_bytes(content));
}

void machine(benchmark::State& state, const std::string& guest) {
    auto program = Program::load(read_file(guest_path(guest + "_guest_machine")));
    if (!program) {
        state.SkipWithError("the program was not built (riscv64-unknown-elf-gcc)");
        return;
    }
    auto memory = MachineMemory::make();
    NoPreimages source;
    std::uint64_t steps = 0;
    for (auto _ : state) {
        const auto result = run(*memory, RunRequest{.program = *program, .argument_page = {}}, source);
        if (result.outcome.status != Status::halted) state.SkipWithError("the program did not halt");
        steps += result.outcome.steps;
    }
    state.counters["instructions"] = benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
}

/// The same source under the user emulator, start of a process included.
void emulator(benchmark::State& state, const std::string& guest) {
    const std::string command = "qemu-riscv64-static " + guest_path(guest + "_guest_linux") + " 2>/dev/null";
    for (auto _ : state) {
        if (std::system(command.c_str()) / 256 >= 126) {
            state.SkipWithError("qemu-riscv64-static is not installed");
            return;
        }
    }
}

void tiny_run(benchmark::State& state) {
    Assembler code;
    code.store(3, sp, sp, -8).halt(0);
    const auto program = Program::load(make_elf(code));
    auto memory = MachineMemory::make();
    NoPreimages source;
    for (auto _ : state) {
        benchmark::DoNotOptimize(run(*memory, RunRequest{.program = *program, .argument_page = {}}, source));
    }
}

/// A run that writes as many pages as it may, `stride` pages apart, and its machine root: what page_weight pays for.
void first_stores(benchmark::State& state) {
    const auto stride = static_cast<std::uint32_t>(state.range(0));
    Assembler code;
    code.load_constant(s0, 0x3000'0000).load_constant(s1, 0x3000'0000 + pages_written_max * stride * page_bytes);
    code.word(encode_u(opcode_lui, t0, stride)).store(3, s0, sp, 0);
    code.word(encode_r(opcode_register, 0, 0, {.rd = s0, .rs1 = s0, .rs2 = t0})).branch(6, s0, s1, -8).halt(0);
    const auto program = Program::load(make_elf(code));
    auto memory = MachineMemory::make();
    NoPreimages source;
    const RunRequest request{.program = *program, .argument_page = {}, .compute_machine_root = true};
    for (auto _ : state) {
        if (!run(*memory, request, source).outcome.succeeded()) state.SkipWithError("the program did not halt");
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(pages_written_max));
}

/// A batch's worth of reveals: 20,000 tree nodes of 65 bytes, each once.
void reveals(benchmark::State& state) {
    constexpr std::uint64_t count = 20'000;
    PreimageStore store;
    Bytes hashes;
    for (std::uint64_t k = 0; k < count; ++k) {
        Bytes node(65);
        store_le(node.data(), k);
        append(hashes, store.add(node).view());
    }
    Assembler code;
    code.load_constant(s0, data_address).load_constant(s1, data_address + hashes.size());
    code.add_immediate(a1, sp, -128).add_immediate(a2, zero, 0).add_immediate(a3, zero, 65).add_immediate(a7, zero, 1);
    code.add_immediate(a0, s0, 0).word(word_ecall).add_immediate(s0, s0, 32).branch(6, s0, s1, -12).halt(0);
    const auto program = Program::load(
        make_elf(text_address, {{text_address, code.bytes(), 0, flags_text}, {data_address, hashes, 0, flags_data}}));
    auto memory = MachineMemory::make();
    const RunRequest request{.program = *program, .argument_page = {}};
    const Witness witness = record(*memory, request, store).witness;
    for (auto _ : state) {
        if (!replay(*memory, request, witness)) state.SkipWithError("the witness was refused");
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}

}  // namespace

BENCHMARK(reveals)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(machine, sha256_10_mib, "sha256")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(emulator, sha256_10_mib, "sha256")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(machine, sieve, "sieve")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(emulator, sieve, "sieve")->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(first_stores)->Arg(1)->Arg(12)->Unit(benchmark::kMillisecond);
BENCHMARK(tiny_run)->Unit(benchmark::kMicrosecond);
BENCHMARK_MAIN();
