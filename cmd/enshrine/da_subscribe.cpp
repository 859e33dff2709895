// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine da subscribe`: one line per blob of a namespace, as blocks publish them.
#include <cmd/enshrine/da_node.hpp>
#include <fmt/format.h>

#include <cstdio>

namespace enshrine::cli {
namespace {

struct SubscribeOptions {
    std::string l1;
    NamespaceOption name_space;
    std::optional<std::uint64_t> from;
    std::uint64_t count = 0;
    std::uint64_t seconds = 0;
};

constexpr std::uint64_t wait_ms = 20'000;

CliResult<Report> run(const SubscribeOptions& options, const Session& session) {
    ENSHRINE_TRY(const auto name_space, parse_namespace(options.name_space));
    ENSHRINE_TRY(auto da, connect_da(options.l1));
    ENSHRINE_TRY(auto l1, connect_l1(options.l1));
    ENSHRINE_TRY(const auto head, checked("eth_blockNumber", l1.block_number()));
    // Heights are asked for from behind: publications_since(h) begins with h + 1.
    std::uint64_t seen = options.from ? std::max<std::uint64_t>(*options.from, 1) - 1 : head;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{options.seconds};
    std::uint64_t shown = 0;
    while (true) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (options.seconds != 0 && left.count() <= 0) break;
        const std::uint64_t patience =
            options.seconds == 0 ? wait_ms : std::min(wait_ms, static_cast<std::uint64_t>(left.count()));
        ENSHRINE_TRY(const auto news,
                     checked("da_publicationsSince", da.publications_since(seen, name_space, patience)));
        for (const client::DaEntry& entry : news.entries) {
            fmt::print("{}", session.json ? to_json(entry).dump() + "\n" : to_text(entry));
            std::fflush(stdout);
            if (++shown == options.count) return Report{};
        }
        seen = news.height;
    }
    return Report{};
}

}  // namespace

void add_da_subscribe(CLI::App& group, Session& session) {
    auto options = std::make_shared<SubscribeOptions>();
    CLI::App& command = *group.add_subcommand("subscribe", "print blobs of a namespace as blocks publish them");
    command.add_flag("--json", session.json, "one JSON object per line");
    command.callback([options, &session] {
        const auto report = run(*options, session);
        session.status = report ? exit_done : report.error().status;
        if (!report) show_failure(session, report.error());
    });
    add_namespace_option(command, options->name_space);
    add_l1_option(command, options->l1);
    command.add_option("--from", options->from, "first height; without it the block behind the present one");
    command.add_option("--count", options->count, "end after so many blobs; 0: go on");
    command.add_option("--seconds", options->seconds, "end after so long; 0: go on");
}

}  // namespace enshrine::cli
