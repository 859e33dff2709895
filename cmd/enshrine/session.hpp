// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <expected>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

/// What all commands of the command line share: how they report and how they end.
namespace enshrine::cli {

using Json = nlohmann::ordered_json;

inline constexpr int exit_done = 0;
inline constexpr int exit_refused = 1;  ///< the operation failed or was refused
inline constexpr int exit_usage = 2;    ///< the command line or an input file is wrong

struct Session {
    bool json = false;
    int status = exit_done;
};

/// Why a command failed: one line for people, a stable word for programs.
struct Failure {
    int status = exit_refused;
    std::string message;
    std::string hint;  ///< how to mend it; may be empty
    Json details{};    ///< beside the error in machine-readable output; may be null
};
template <class T>
using CliResult = std::expected<T, Failure>;
[[nodiscard]] inline std::unexpected<Failure> refused(std::string message, std::string hint = {}) {
    return std::unexpected{Failure{exit_refused, std::move(message), std::move(hint)}};
}
[[nodiscard]] inline std::unexpected<Failure> bad_usage(std::string message, std::string hint = {}) {
    return std::unexpected{Failure{exit_usage, std::move(message), std::move(hint)}};
}

/// What a command has to say: the same facts for programs (`--json`) and for people. `status` is the exit status.
struct Report {
    Json json;
    std::string text;
    int status = exit_done;
};
using Command = std::function<CliResult<Report>()>;

/// Adds a command that takes `--json` and runs `body` when it is chosen. Reports go to stdout, failures to stderr; with
/// --json a failure is {"error": …, "hint": …} on stdout.
CLI::App& add_command(CLI::App& group, Session& session, const std::string& name, const std::string& description,
                      Command body);
/// The same for a command that is made already and has no --json flag.
void run_when_chosen(CLI::App& command, Session& session, Command body);
/// As run_when_chosen() shows it, for a command that prints by itself.
void show_failure(const Session& session, const Failure& failure);
/// A command that only holds others.
CLI::App& add_group(CLI::App& parent, const std::string& name, const std::string& description);
/// Has every option that takes an unsigned number, of all commands, refuse what is none.
void check_numbers(CLI::App& app);

[[nodiscard]] CliResult<Bytes> read_file(const std::string& path, std::size_t bytes_max);
[[nodiscard]] CliResult<void> write_file(const std::string& path, BytesView content);
/// Of the running program; empty when it cannot be told.
[[nodiscard]] std::filesystem::path executable_path();
[[nodiscard]] CliResult<Hash32> parse_hash(std::string_view name, const std::string& text);

void add_vm(CLI::App& app, Session& session);
void add_rollup(CLI::App& app, Session& session);
void add_msg(CLI::App& app, Session& session);
void add_da(CLI::App& app, Session& session);
void add_keys(CLI::App& app, Session& session);
void add_devnet(CLI::App& app, Session& session);
void add_proof(CLI::App& app, Session& session);
void add_doctor(CLI::App& app, Session& session);

}  // namespace enshrine::cli
