// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine vm`: programs of the machine, without a chain.
#include <enshrine/codec/hex.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/vm/machine.hpp>

#include <cmd/enshrine/session.hpp>
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <map>

namespace enshrine::cli {
namespace {

struct RunOptions {
    std::string elf;
    std::uint64_t steps_max = vm::Limits{}.steps_max;
    std::uint64_t weight_max = vm::Limits{}.weight_max;
    std::string argument_page;
    std::string preimages;
};

/// Preimages of a file in the form of a witness [VM-WIT.3], found by their hash.
class FilePreimages final : public vm::PreimageSource {
public:
    explicit FilePreimages(const vm::Witness& witness) {
        for (std::size_t i = 0; i < witness.size(); ++i) {
            items_.emplace(hash::sha256(witness.item(i)), to_bytes(witness.item(i)));
        }
    }
    std::optional<BytesView> preimage(const Hash32& hash) noexcept override {
        const auto found = items_.find(hash);
        if (found == items_.end()) return std::nullopt;
        return BytesView{found->second};
    }

private:
    std::map<Hash32, Bytes> items_;
};

void print_debug(void*, BytesView text) noexcept {
    std::fwrite(text.data(), 1, text.size(), stderr);
}

CliResult<vm::Witness> read_preimages(const std::string& path) {
    if (path.empty()) return vm::Witness{};
    auto bytes = read_file(path, vm::witness_bytes_max);
    if (!bytes) return std::unexpected{bytes.error()};
    auto witness = vm::Witness::decode(*bytes);
    if (!witness) return bad_usage(fmt::format("{}: {}", path, witness.error().message()));
    return *std::move(witness);
}

CliResult<Bytes> read_argument_page(const std::string& path) {
    if (path.empty()) return vm::ProgramArguments{}.encode();
    return read_file(path, vm::page_bytes);
}

Json describe(const vm::Program& program, const vm::RunResult& result) {
    const vm::Outcome& outcome = result.outcome;
    Json records = Json::object();
    const std::pair<const char*, vm::RecordKind> kinds[] = {{"outbox", vm::RecordKind::outbox},
                                                            {"receipts", vm::RecordKind::receipt},
                                                            {"view", vm::RecordKind::view_answer}};
    for (const auto& [name, kind] : kinds) {
        Json list = Json::array();
        for (const Bytes& record : outcome.records[static_cast<std::size_t>(kind)])
            list.push_back(codec::format_hex(record));
        records[name] = std::move(list);
    }
    Json out{{"program", codec::format_hex(program.id().view())},
             {"status", vm::to_text(outcome.status)},
             {"trap", nullptr},
             {"exitCode", outcome.exit_code},
             {"steps", outcome.steps},
             {"weight", outcome.weight},
             {"pc", codec::format_quantity(outcome.pc)}};
    if (outcome.trap != vm::Trap::none) out["trap"] = vm::to_text(outcome.trap);
    out["machineRoot"] = codec::format_hex(result.machine_root.value_or(Hash32{}).view());
    out["stateRoot"] = outcome.state_root ? Json(codec::format_hex(outcome.state_root->view())) : Json();
    if (outcome.missing_hash) out["missingHash"] = codec::format_hex(outcome.missing_hash->view());
    out["records"] = std::move(records);
    return out;
}

std::string describe_text(const vm::RunResult& result, double seconds) {
    const vm::Outcome& outcome = result.outcome;
    std::string out = fmt::format("status        {}", vm::to_text(outcome.status));
    if (outcome.trap != vm::Trap::none) out += fmt::format(" ({})", vm::to_text(outcome.trap));
    out += fmt::format("\nexit code     {}\nsteps         {}\nweight        {}\npc            {:#x}\n",
                       outcome.exit_code, outcome.steps, outcome.weight, outcome.pc);
    out += fmt::format("machine root  {}\n", codec::format_hex(result.machine_root.value_or(Hash32{}).view()));
    if (outcome.state_root) out += fmt::format("state root    {}\n", codec::format_hex(outcome.state_root->view()));
    if (outcome.missing_hash) out += fmt::format("unknown hash  {}\n", codec::format_hex(outcome.missing_hash->view()));
    for (const auto& [name, kind] :
         {std::pair{"outbox", 0U}, std::pair{"receipts", 1U}, std::pair{"view answers", 2U}}) {
        const std::size_t count = outcome.records[kind].size();
        if (count > 0) out += fmt::format("{:<13} {} records\n", name, count);
    }
    return out + fmt::format("time          {:.3f} s, {:.0f} million steps per second\n", seconds,
                             static_cast<double>(outcome.steps) / std::max(seconds, 1e-9) / 1e6);
}

CliResult<Report> run(const RunOptions& options) {
    const auto elf = read_file(options.elf, vm::program_bytes_max);
    if (!elf) return std::unexpected{elf.error()};
    const auto page = read_argument_page(options.argument_page);
    if (!page) return std::unexpected{page.error()};
    const auto witness = read_preimages(options.preimages);
    if (!witness) return std::unexpected{witness.error()};
    const auto program = vm::Program::load(*elf);
    if (!program) {
        return refused(fmt::format("{} is no program of the machine: {}", options.elf, program.error().message()),
                       "programs are statically linked RV64IM executables: -march=rv64im -mabi=lp64 -static");
    }
    auto memory = vm::MachineMemory::make();
    if (!memory)
        return refused(std::string{memory.error().message()}, "the machine reserves 4 GiB of addresses; see ulimit -v");

    FilePreimages source{*witness};
    const auto started = std::chrono::steady_clock::now();
    const vm::RunResult result = vm::run(*memory,
                                         {.program = *program,
                                          .argument_page = *page,
                                          .limits = {.steps_max = options.steps_max, .weight_max = options.weight_max},
                                          .compute_machine_root = true,
                                          .debug_sink = print_debug},
                                         source);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
    return Report{.json = describe(*program, result),
                  .text = describe_text(result, seconds.count()),
                  .status = result.outcome.succeeded() ? exit_done : exit_refused};
}

CliResult<Report> inspect(const std::string& path) {
    const auto elf = read_file(path, vm::program_bytes_max);
    if (!elf) return std::unexpected{elf.error()};
    const auto program = vm::Program::load(*elf);
    if (!program) return refused(fmt::format("{} is no program of the machine: {}", path, program.error().message()));
    Json segments = Json::array();
    std::string text =
        fmt::format("program  {}\nentry    {:#x}\n", codec::format_hex(program->id().view()), program->entry());
    for (const vm::Segment& segment : program->segments()) {
        segments.push_back({{"address", codec::format_quantity(segment.address)},
                            {"fileBytes", segment.content.size()},
                            {"memoryBytes", segment.memory_bytes},
                            {"executable", segment.executable}});
        text += fmt::format("segment  {:#010x}  {:>8} bytes in the file, {:>8} in memory{}\n", segment.address,
                            segment.content.size(), segment.memory_bytes, segment.executable ? ", executable" : "");
    }
    return Report{.json = {{"program", codec::format_hex(program->id().view())},
                           {"entry", codec::format_quantity(program->entry())},
                           {"bytes", elf->size()},
                           {"segments", std::move(segments)}},
                  .text = std::move(text)};
}

}  // namespace

void add_vm(CLI::App& app, Session& session) {
    CLI::App& group = add_group(app, "vm", "run programs of the machine without a chain");

    auto options = std::make_shared<RunOptions>();
    CLI::App& command = add_command(group, session, "run", "run an RV64IM program and report how it ended",
                                    [options] { return run(*options); });
    command.add_option("elf", options->elf, "statically linked RV64IM executable")->required();
    command.add_option("--steps-max", options->steps_max, "end with status overflow after this many steps");
    command.add_option("--weight-max", options->weight_max, "end with status overflow before this weight is exceeded");
    command.add_option("--argument-page", options->argument_page, "file with the bytes at 0x1000 (at most 4,096)");
    command.add_option("--preimages", options->preimages, "file of preimages for reveal, in the form of a witness");
    command.footer(
        "The guest ABI is docs/spec/machine.md. Debug output of the program goes to stderr.\n"
        "Exit status: 0 only when the program halted with code 0; 1 when it did not, or is no program; 2 wrong usage.");

    auto path = std::make_shared<std::string>();
    CLI::App& inspecting = add_command(group, session, "inspect", "show identifier, entry and segments of a program",
                                       [path] { return inspect(*path); });
    inspecting.add_option("elf", *path, "statically linked RV64IM executable")->required();
}

}  // namespace enshrine::cli
