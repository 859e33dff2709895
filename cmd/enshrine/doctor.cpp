// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine doctor`: whether this machine can run a devnet and build rollup programs, and how to mend what is missing.
#include <enshrine/vm/memory.hpp>

#include <arpa/inet.h>
#include <cmd/enshrine/session.hpp>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace enshrine::cli {
namespace {

enum class Verdict { good, warning, failure };

struct Finding {
    std::string name;
    Verdict verdict = Verdict::good;
    std::string found;
    std::string mend;  ///< empty when good
};

std::string_view to_text(Verdict verdict) {
    switch (verdict) {
        case Verdict::good:
            return "ok";
        case Verdict::warning:
            return "warning";
        case Verdict::failure:
            return "failure";
    }
    return {};
}

bool port_is_free(std::uint16_t port) {
    const int socket_file = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket_file < 0) return false;
    const int reuse = 1;
    ::setsockopt(socket_file, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool is_free = ::bind(socket_file, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket_file);
    return is_free;
}

Finding check_port(std::uint16_t port) {
    Finding out{.name = fmt::format("port {}", port), .found = "free"};
    if (port_is_free(port)) return out;
    out.verdict = Verdict::warning;
    out.found = "in use";
    out.mend = fmt::format(
        "`enshrine devnet up` then takes a free port and prints it; who has it: ss -ltnp 'sport = :{}'", port);
    return out;
}

Finding check_disk(const std::filesystem::path& folder) {
    constexpr double gib_min = 2;
    std::filesystem::path existing = std::filesystem::absolute(folder);
    while (!std::filesystem::exists(existing) && existing.has_parent_path() && existing != existing.parent_path()) {
        existing = existing.parent_path();
    }
    Finding out{.name = fmt::format("disk of {}", folder.string()), .found = {}, .mend = {}};
    struct statvfs stats{};
    if (::statvfs(existing.c_str(), &stats) != 0) {
        out.verdict = Verdict::failure;
        out.found = "cannot be read";
        out.mend = "choose another folder with --data-dir";
        return out;
    }
    const double gib =
        static_cast<double>(stats.f_bavail) * static_cast<double>(stats.f_frsize) / (1024.0 * 1024 * 1024);
    out.found = fmt::format("{:.1f} GiB free", gib);
    if (gib < gib_min) {
        out.verdict = Verdict::failure;
        out.mend = fmt::format("free {:.0f} GiB there, or choose another folder with --data-dir", gib_min);
    } else if (::access(existing.c_str(), W_OK) != 0) {
        out.verdict = Verdict::failure;
        out.found += ", but not writable";
        out.mend = fmt::format("sudo chown $USER {}, or choose another folder with --data-dir", existing.string());
    }
    return out;
}

Finding check_cpu() {
    Finding out{.name = "cpu", .found = {}, .mend = {}};
    std::ifstream file{"/proc/cpuinfo"};
    std::string line;
    while (std::getline(file, line) && !line.starts_with("flags")) {
    }
    std::istringstream words{line};
    std::vector<std::string> flags;
    for (std::string word; words >> word;) flags.push_back(word);
    std::string missing;
    for (const char* flag : {"sha_ni", "avx2", "adx", "bmi2"}) {
        const bool has = std::find(flags.begin(), flags.end(), flag) != flags.end();
        (has ? out.found : missing) += fmt::format(" {}", flag);
    }
    out.found = out.found.empty() ? "x86-64" : fmt::format("x86-64 with{}", out.found);
    if (!missing.empty()) {
        out.verdict = Verdict::warning;
        out.mend = fmt::format("everything works, but hashing or proofs are slower without{}", missing);
    }
    return out;
}

Finding check_clock() {
    constexpr std::time_t built_after = 1'700'000'000;  // November 2023
    const std::time_t now = std::time(nullptr);
    Finding out{.name = "clock", .found = fmt::format("{} s since 1970", now)};
    if (now < built_after) {
        out.verdict = Verdict::failure;
        out.mend = "the clock stands in the past; set it: sudo timedatectl set-ntp true";
    }
    return out;
}

Finding check_machine_memory() {
    Finding out{.name = "machine memory", .found = "4 GiB of addresses can be reserved"};
    if (!vm::MachineMemory::make()) {
        out.verdict = Verdict::failure;
        out.found = "4 GiB of addresses cannot be reserved";
        out.mend = "lift the limit of this shell: ulimit -v unlimited";
    }
    return out;
}

Finding check_open_files() {
    constexpr rlim_t files_min = 1024;
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    Finding out{.name = "open files", .found = fmt::format("limit {}", limit.rlim_cur)};
    if (limit.rlim_cur < files_min) {
        out.verdict = Verdict::warning;
        out.mend = fmt::format("ulimit -n {}", files_min);
    }
    return out;
}

std::string find_program(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders{path == nullptr ? "" : path};
    for (std::string folder; std::getline(folders, folder, ':');) {
        const std::string candidate = folder + "/" + name;
        if (::access(candidate.c_str(), X_OK) == 0) return candidate;
    }
    return {};
}

Finding check_program(const std::string& name, const std::string& purpose, const std::string& mend) {
    Finding out{.name = name, .found = find_program(name)};
    if (out.found.empty()) {
        out.verdict = Verdict::warning;
        out.found = fmt::format("not on PATH; {}", purpose);
        out.mend = mend;
    }
    return out;
}

CliResult<Report> doctor(const std::string& data_dir) {
    const std::vector<Finding> findings{
        check_port(8545),
        check_disk(data_dir),
        check_cpu(),
        check_clock(),
        check_machine_memory(),
        check_open_files(),
        check_program("riscv64-unknown-elf-g++", "it builds rollup programs", "scripts/setup.sh"),
        check_program("make", "it builds rollup programs", "scripts/setup.sh"),
        check_program("cast", "it drives every endpoint from a shell",
                      "scripts/setup.sh, then add node_modules/.bin to PATH"),
    };
    Json list = Json::array();
    std::string text;
    int status = exit_done;
    for (const Finding& finding : findings) {
        list.push_back({{"check", finding.name},
                        {"verdict", to_text(finding.verdict)},
                        {"found", finding.found},
                        {"mend", finding.mend}});
        text += fmt::format("{:<8} {:<28} {}\n", to_text(finding.verdict), finding.name, finding.found);
        if (!finding.mend.empty()) text += fmt::format("{:<8} {:<28} → {}\n", "", "", finding.mend);
        if (finding.verdict == Verdict::failure) status = exit_refused;
    }
    text += status == exit_done ? "\nReady for `enshrine devnet up`.\n" : "\nMend the failures first.\n";
    return Report{.json = {{"ready", status == exit_done}, {"checks", std::move(list)}},
                  .text = std::move(text),
                  .status = status};
}

}  // namespace

void add_doctor(CLI::App& app, Session& session) {
    auto data_dir = std::make_shared<std::string>(".enshrine/devnet");
    CLI::App& command = add_command(app, session, "doctor", "check this machine, and say how to mend what is missing",
                                    [data_dir] { return doctor(*data_dir); });
    command.add_option("--data-dir", *data_dir, "where the devnet keeps its data")->capture_default_str();
}

}  // namespace enshrine::cli
