// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/codec/hex.hpp>

#include <cmd/enshrine/session.hpp>
#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <limits>

namespace enshrine::cli {
namespace {

void show(const Session& session, const Report& report) {
    if (session.json) {
        fmt::print("{}\n", report.json.dump(2));
    } else if (!report.text.empty()) {
        fmt::print("{}{}", report.text, report.text.ends_with('\n') ? "" : "\n");
    }
}

}  // namespace

void show_failure(const Session& session, const Failure& failure) {
    if (session.json) {
        Json out = failure.details.is_object() ? failure.details : Json::object();
        out["error"] = failure.message;
        if (!failure.hint.empty()) out["hint"] = failure.hint;
        fmt::print("{}\n", out.dump(2));
        return;
    }
    fmt::print(stderr, "enshrine: {}\n", failure.message);
    if (!failure.hint.empty()) fmt::print(stderr, "          {}\n", failure.hint);
}

namespace {

/// Digits of a number that fits 64 bits. The parser of options would wrap what is below zero, and cut what is too
/// large.
std::string check_unsigned(const std::string& text) {
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (digits && error == std::errc{} && end == text.data() + text.size()) return {};
    return fmt::format("expected a number from 0 to {}, got \"{}\"", std::numeric_limits<std::uint64_t>::max(), text);
}

}  // namespace

void check_numbers(CLI::App& app) {
    for (CLI::App* const command : app.get_subcommands([](CLI::App*) { return true; })) check_numbers(*command);
    for (CLI::Option* const option : app.get_options()) {
        if (option->get_type_name() == "UINT") option->check(CLI::Validator{check_unsigned, ""});
    }
}

void run_when_chosen(CLI::App& command, Session& session, Command body) {
    command.callback([&session, body = std::move(body)] {
        const CliResult<Report> report = body();
        session.status = report ? report->status : report.error().status;
        report ? show(session, *report) : show_failure(session, report.error());
        std::fflush(stdout);
    });
}

CLI::App& add_command(CLI::App& group, Session& session, const std::string& name, const std::string& description,
                      Command body) {
    CLI::App& command = *group.add_subcommand(name, description);
    command.add_flag("--json", session.json, "machine-readable output");
    run_when_chosen(command, session, std::move(body));
    return command;
}

CLI::App& add_group(CLI::App& parent, const std::string& name, const std::string& description) {
    CLI::App& group = *parent.add_subcommand(name, description);
    group.require_subcommand(1);
    return group;
}

CliResult<Bytes> read_file(const std::string& path, std::size_t bytes_max) {
    std::ifstream file{path, std::ios::binary};
    if (!file) return bad_usage(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
    Bytes out;
    char buffer[1 << 16];
    while (file.read(buffer, sizeof buffer) || file.gcount() > 0) {
        append(out, as_bytes(std::string_view{buffer, static_cast<std::size_t>(file.gcount())}));
        if (out.size() > bytes_max) {
            return bad_usage(
                fmt::format("{} has more than {} bytes, the largest size that is accepted", path, bytes_max));
        }
    }
    if (file.bad()) return bad_usage(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
    return out;
}

CliResult<void> write_file(const std::string& path, BytesView content) {
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file << as_text(content);
    file.close();
    if (!file) return bad_usage(fmt::format("cannot write {}: {}", path, std::strerror(errno)));
    return {};
}

std::filesystem::path executable_path() {
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error);
}

CliResult<Hash32> parse_hash(std::string_view name, const std::string& text) {
    const auto hash = codec::parse_hex_fixed<32>(text);
    if (!hash) {
        return bad_usage(
            fmt::format("{}: expected 32 bytes as 64 hex digits, got \"{}\" ({})", name, text, hash.error().message()));
    }
    return *hash;
}

}  // namespace enshrine::cli
