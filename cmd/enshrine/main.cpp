// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <cmd/enshrine/session.hpp>
#include <fmt/format.h>

#include <csignal>

namespace {

using namespace enshrine::cli;

CliResult<Report> version() {
    const std::string compiler = __VERSION__;
    return Report{.json = {{"name", "enshrine"}, {"version", ENSHRINE_VERSION}, {"compiler", compiler}},
                  .text = fmt::format("enshrine {} ({})", ENSHRINE_VERSION, compiler)};
}

/// When what could not be parsed is a word where a command is expected: that word, and what there is.
std::string unknown_command(const CLI::App& app) {
    const CLI::App* group = &app;
    while (!group->get_subcommands().empty()) group = group->get_subcommands().front();
    const auto commands = group->get_subcommands([](const CLI::App*) { return true; });
    const auto rest = app.remaining(true);
    if (commands.empty() || rest.empty() || rest.front().starts_with('-')) return {};
    std::string known;
    for (const CLI::App* command : commands) known += (known.empty() ? "" : ", ") + command->get_name();
    return fmt::format("{}: there is no command \"{}\"; expected one of {}", group->get_name(), rest.front(), known);
}

}  // namespace

int main(int argument_count, char** arguments) {
    std::signal(SIGPIPE, SIG_IGN);
    CLI::App app{"Enshrine: a Layer-1 that runs RISC-V rollups. Every command takes --help and --json.", "enshrine"};
    app.footer(
        "Exit status: 0 done, 1 the operation failed or was refused, 2 the command line or an input file is wrong.\n"
        "First steps: `enshrine devnet up`, then in another shell `eval \"$(enshrine devnet env)\"`.");
    app.set_version_flag("--version", ENSHRINE_VERSION);
    app.require_subcommand(1);
    app.get_formatter()->column_width(36);

    Session session;
    add_devnet(app, session);
    add_rollup(app, session);
    add_msg(app, session);
    add_da(app, session);
    add_vm(app, session);
    add_proof(app, session);
    add_keys(app, session);
    add_doctor(app, session);
    add_command(app, session, "version", "print the version", version);
    check_numbers(app);

    try {
        app.parse(argument_count, arguments);
    } catch (const CLI::ParseError& error) {
        if (const std::string unknown = unknown_command(app); !unknown.empty()) {
            fmt::print(stderr, "enshrine: {}\n", unknown);
            return exit_usage;
        }
        return app.exit(error) == 0 ? exit_done : exit_usage;
    } catch (const std::exception& error) {
        fmt::print(stderr, "enshrine: {}\n", error.what());
        return exit_refused;
    }
    return session.status;
}
