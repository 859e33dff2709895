// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Compiled programs on the machine and under the user emulator of QEMU: the same exit code.
#include <enshrine/vm/machine.hpp>
#include <enshrine/vm/testdata/assembler.hpp>
#include <enshrine/vm/testdata/preimage_store.hpp>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

namespace enshrine::vm {
namespace {

std::string folder() {
    return std::string{ENSHRINE_BINARY_DIR} + "/enshrine/vm/";
}

Bytes read_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    const std::string content{std::istreambuf_iterator<char>{file}, {}};
    return to_bytes(as_bytes(content));
}

bool emulator_installed() {
    return std::system("command -v qemu-riscv64-static >/dev/null 2>&1") == 0;
}

/// Exit status of a Linux program; nothing when it did not exit by itself.
std::optional<int> emulate(const std::string& path) {
    const int status = std::system(("qemu-riscv64-static " + path).c_str());
    if (status == -1 || !WIFEXITED(status)) return std::nullopt;
    return WEXITSTATUS(status);
}

TEST(EmulatorSlow, CompiledProgramsEndAlike) {
    if (!emulator_installed()) GTEST_SKIP() << "qemu-riscv64-static is not installed";
    MachineMemory memory = *MachineMemory::make();
    PreimageStore store;
    std::size_t compared = 0;
    for (const std::string guest : {"sha256", "sieve"}) {
        const auto program = Program::load(read_file(folder() + guest + "_guest_machine.elf"));
        if (!program) GTEST_SKIP() << "the programs were not built (riscv64-unknown-elf-gcc)";
        const auto outcome = run(memory, {.program = *program, .argument_page = {}}, store).outcome;
        EXPECT_EQ(outcome.status, Status::halted) << to_text(outcome.trap);
        EXPECT_EQ(emulate(folder() + guest + "_guest_linux.elf"), static_cast<int>(outcome.exit_code)) << guest;
        ++compared;
    }
    std::printf("%zu programs\n", compared);
}

/// A program of random computations whose exit code folds all registers; `exit_call` ends it.
Bytes random_program(std::uint64_t seed, std::uint64_t exit_call) {
    std::mt19937_64 random{seed};
    const auto below = [&](std::uint64_t bound) { return static_cast<std::uint32_t>(random() % bound); };
    const auto reg = [&] { return 5 + below(27); };
    Assembler code;
    for (Register r = 5; r < 32; ++r) code.load_constant(r, below(4) == 0 ? random() : random() >> below(64));
    for (int k = 0; k < 2000; ++k) {
        const Operands regs{reg(), reg(), reg()};
        const auto immediate = static_cast<std::int32_t>(below(4096)) - 2048;
        constexpr std::uint32_t word_kinds[] = {0, 4, 5, 6, 7};
        constexpr std::uint32_t plain_kinds[] = {0, 2, 3, 4, 6, 7};
        switch (below(9)) {
            case 0:
                code.word(encode_r(opcode_register, below(8), 0, regs));
                break;
            case 1:
                code.word(encode_r(opcode_register, below(8), 1, regs));
                break;
            case 2:
                code.word(encode_r(opcode_register, below(2) * 5, 0x20, regs));
                break;
            case 3:
                code.word(encode_r(opcode_register_word, word_kinds[below(5)], 1, regs));
                break;
            case 4:
                code.word(encode_r(opcode_register_word, below(2) * 5, 0x20 * below(2), regs));
                break;
            case 5:
                code.word(encode_i(opcode_immediate, plain_kinds[below(6)], regs, immediate));
                break;
            case 6:
                code.word(encode_i(opcode_immediate, 5, regs, static_cast<std::int32_t>(below(64) | below(2) << 10)));
                break;
            case 7:
                code.word(
                    encode_i(opcode_immediate_word, 5, regs, static_cast<std::int32_t>(below(32) | below(2) << 10)));
                break;
            default:
                code.branch(below(2) * 4 + below(2), regs.rs1, regs.rs2, 8);
                break;
        }
    }
    code.add_immediate(a0, a0, 0);
    for (Register r = 5; r < 32; ++r) {
        // a0 = a0 · 31 + x[r], by a register that is already folded or not yet of interest
        if (r == a0) continue;
        code.add_immediate(t0, zero, 31).word(encode_r(opcode_register, 0, 1, {.rd = a0, .rs1 = a0, .rs2 = t0}));
        code.word(encode_r(opcode_register, 0, 0, {.rd = a0, .rs1 = a0, .rs2 = r}));
    }
    // Fold 64 bits to 7, so that the status carries them.
    for (const std::int32_t shift : {32, 16, 8}) {
        code.word(encode_i(opcode_immediate, 5, {.rd = t1, .rs1 = a0}, shift));
        code.word(encode_r(opcode_register, 4, 0, {.rd = a0, .rs1 = a0, .rs2 = t1}));
    }
    code.word(encode_i(opcode_immediate, 7, {.rd = a0, .rs1 = a0}, 0x7f)).call(exit_call);
    // Linux maps files by pages, so the address has the low bits of the offset in the file: one header each of both
    // kinds.
    constexpr std::uint64_t begin = 0x10'0000 + 64 + 56;
    return make_elf(begin, {{begin, code.bytes(), 0, flags_text}});
}

TEST(EmulatorSlow, RandomComputationsEndAlike) {
    if (!emulator_installed()) GTEST_SKIP() << "qemu-riscv64-static is not installed";
    MachineMemory memory = *MachineMemory::make();
    PreimageStore store;
    const std::filesystem::path path = std::filesystem::path{testing::TempDir()} / "enshrine_vm_random_program";
    constexpr std::uint64_t count = 100;
    for (std::uint64_t seed = 0; seed < count; ++seed) {
        const Bytes elf = random_program(seed, 93);
        std::ofstream{path, std::ios::binary}.write(as_text(elf).data(), static_cast<std::streamsize>(elf.size()));
        ASSERT_EQ(::chmod(path.c_str(), 0700), 0);
        const auto program = Program::load(random_program(seed, 0));
        ASSERT_TRUE(program.has_value());
        const auto outcome = run(memory, {.program = *program, .argument_page = {}}, store).outcome;
        ASSERT_EQ(outcome.status, Status::halted) << to_text(outcome.trap);
        EXPECT_EQ(emulate(path.string()), static_cast<int>(outcome.exit_code)) << "seed " << seed;
    }
    std::filesystem::remove(path);
    std::printf("%llu programs\n", static_cast<unsigned long long>(count));
}

}  // namespace
}  // namespace enshrine::vm
