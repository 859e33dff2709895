// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine da sample`: whether published data is there, by random rows and cells.
#include <enshrine/client/cell_sampler.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/network/sampler.hpp>

#include <cmd/enshrine/da_node.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace enshrine::cli {

namespace fs = std::filesystem;
using codec::format_hex;
using network::SampleReport;
using network::SampleVerdict;

namespace {

struct SampleCommandOptions {
    std::vector<std::string> l1;
    std::string commitment;
    std::optional<std::uint64_t> height;
    std::size_t count = 0;
    unsigned rounds = 3;
    std::string progress_folder;
    Progress::Options progress;
};

struct Subject {
    client::DaScheme scheme = client::DaScheme::native;
    Hash32 commitment;
};

std::function<void(std::size_t, std::size_t)> shown(Progress& progress, std::string stage) {
    return [&progress, stage = std::move(stage), started = false](std::size_t verified, std::size_t drawn) mutable {
        if (!std::exchange(started, true)) progress.stage(stage, drawn);
        progress.set(verified);
    };
}

constexpr const char* progress_hint = "a damaged progress file can be removed: other rows are drawn then";

class Sampler {
public:
    Sampler(const SampleCommandOptions& options, std::vector<client::L1Client> nodes, client::DaClient da,
            std::uint64_t chain_id)
        : options_{options}, nodes_{std::move(nodes)}, da_{std::move(da)}, chain_id_{chain_id} {}

    [[nodiscard]] CliResult<std::vector<Subject>> subjects(const std::optional<Hash32>& commitment) {
        if (commitment) {
            ENSHRINE_TRY(const auto publication,
                         checked("publication", client::publication(nodes_.front(), *commitment)));
            if (publication) return std::vector{Subject{client::DaScheme::native, *commitment}};
            ENSHRINE_TRY(const bool known, checked("da_has", da_.has(*commitment)));
            if (!known) {
                return refused(
                    fmt::format("no block has published {}, neither as the commitment of a matrix nor as the "
                                "versioned hash of a blob",
                                format_hex(commitment->view())),
                    "what a block has published: enshrine da sample --height H");
            }
            return std::vector{Subject{client::DaScheme::kzg, *commitment}};
        }
        ENSHRINE_TRY(const auto entries, checked("da_publicationsAt", da_.publications_at(*options_.height)));
        std::vector<Subject> out;
        for (const client::DaEntry& entry : entries) {
            const bool known = std::ranges::find(out, entry.commitment, &Subject::commitment) != out.end();
            if (!known) out.push_back({entry.scheme, entry.commitment});
        }
        return out;
    }

    [[nodiscard]] CliResult<SampleReport> sample(const Subject& subject) {
        return subject.scheme == client::DaScheme::kzg ? sample_blob(subject) : sample_matrix(subject);
    }

private:
    [[nodiscard]] CliResult<fs::path> progress_file(const Subject& subject) const {
        if (options_.progress_folder.empty()) return fs::path{};
        std::error_code error;
        fs::create_directories(options_.progress_folder, error);
        if (error)
            return bad_usage(fmt::format("--progress: cannot make {}: {}", options_.progress_folder, error.message()));
        return fs::path{options_.progress_folder} / (format_hex(subject.commitment.view()) + ".progress");
    }

    [[nodiscard]] CliResult<SampleReport> sample_matrix(const Subject& subject) {
        ENSHRINE_TRY(const auto publication,
                     checked("publication", client::publication(nodes_.front(), subject.commitment)));
        if (!publication)
            return refused(fmt::format("no block has published {}", format_hex(subject.commitment.view())));
        ENSHRINE_TRY(const auto committee, keepers_in(nodes_.front(), publication->epoch));
        if (!has_endpoints(committee)) {
            return refused("the committee has no storage nodes that can be reached",
                           "enshrine devnet up --storage-nodes 4");
        }
        Progress progress{options_.progress};
        network::SampleOptions sampling;
        sampling.connect = storage_nodes(chain_id_);
        sampling.rows = options_.count;
        sampling.rounds = options_.rounds;
        sampling.progress = shown(progress, "sampling rows");
        ENSHRINE_TRY(sampling.progress_file, progress_file(subject));
        auto report = network::sample(subject.commitment, data_availability::sizes_of(publication->blobs),
                                      committee.members, sampling);
        if (!report) return bad_usage(report.error(), progress_hint);
        return *std::move(report);
    }

    [[nodiscard]] CliResult<SampleReport> sample_blob(const Subject& subject) {
        Progress progress{options_.progress};
        client::CellSampleOptions sampling;
        sampling.cells = options_.count;
        sampling.rounds = options_.rounds;
        sampling.progress = shown(progress, "sampling cells");
        ENSHRINE_TRY(sampling.progress_file, progress_file(subject));
        auto report = client::sample_cells(nodes_, subject.commitment, sampling);
        if (!report) return bad_usage(report.error(), progress_hint);
        return *std::move(report);
    }

    const SampleCommandOptions& options_;
    std::vector<client::L1Client> nodes_;
    client::DaClient da_;
    std::uint64_t chain_id_;
};

CliResult<Sampler> open_sampler(const SampleCommandOptions& options) {
    std::vector<client::L1Client> nodes;
    for (const std::string& url : options.l1) {
        ENSHRINE_TRY(auto node, connect_l1(url));
        nodes.push_back(std::move(node));
    }
    ENSHRINE_TRY(auto da, connect_da(options.l1.front()));
    ENSHRINE_TRY(const auto chain_id, checked("eth_chainId", nodes.front().chain_id()));
    return Sampler{options, std::move(nodes), std::move(da), chain_id};
}

std::string_view name_of(SampleVerdict verdict) noexcept {
    switch (verdict) {
        case SampleVerdict::available:
            return "available";
        case SampleVerdict::withheld:
            return "withheld";
        case SampleVerdict::inconclusive:
            return "inconclusive";
    }
    return "";
}

Json json_of(const Subject& subject, const SampleReport& report) {
    Json samples = Json::array();
    for (const std::uint32_t index : report.drawn) {
        samples.push_back(
            {{"index", index}, {"valid", std::ranges::find(report.verified, index) != report.verified.end()}});
    }
    const bool kzg = subject.scheme == client::DaScheme::kzg;
    Json out{{"scheme", kzg ? "kzg" : "native"},
             {kzg ? "versionedHash" : "commitment", format_hex(subject.commitment.view())},
             {"verdict", name_of(report.verdict)},
             {"drawn", report.drawn.size()},
             {"verified", report.verified.size()},
             {"missProbability", report.miss_probability},
             {"formula", report.formula},
             {kzg ? "cells" : "rows", std::move(samples)}};
    if (!report.reason.empty()) out["reason"] = report.reason;
    return out;
}

std::string text_of(const Subject& subject, const SampleReport& report) {
    const std::string unit = subject.scheme == client::DaScheme::kzg ? "cells" : "rows";
    const std::uint32_t parity = report.kept_rows - report.data_rows;
    std::string out = fmt::format("{} {}: {} of {} {} verified", format_hex(subject.commitment.view()),
                                  name_of(report.verdict), report.verified.size(), report.drawn.size(), unit);
    if (report.verdict == SampleVerdict::available) {
        out += fmt::format(
            "\n  if more than {} of {} {} were withheld, so that nobody could rebuild it, the chance to see this is at "
            "most "
            "{:.1e}\n  {}\n",
            parity, report.kept_rows, unit, report.miss_probability, report.formula);
    } else {
        out += fmt::format("\n  {}\n", report.reason);
    }
    return out;
}

CliResult<Report> run(const SampleCommandOptions& options) {
    std::optional<Hash32> commitment;
    if (!options.commitment.empty()) {
        ENSHRINE_TRY(commitment, parse_hash("commitment", options.commitment));
    } else if (!options.height) {
        return bad_usage("expected a commitment or --height");
    }
    ENSHRINE_TRY(auto sampler, open_sampler(options));
    ENSHRINE_TRY(const auto subjects, sampler.subjects(commitment));
    Json list = Json::array();
    std::string text;
    bool available = true;
    for (const Subject& subject : subjects) {
        ENSHRINE_TRY(const auto report, sampler.sample(subject));
        available = available && report.verdict == SampleVerdict::available;
        list.push_back(json_of(subject, report));
        text += text_of(subject, report);
    }
    const int status = available ? exit_done : exit_refused;
    if (commitment) return Report{.json = list.front(), .text = std::move(text), .status = status};
    if (subjects.empty()) text = fmt::format("block {} has published nothing\n", *options.height);
    return Report{.json = {{"height", *options.height}, {"available", available}, {"published", std::move(list)}},
                  .text = std::move(text),
                  .status = status};
}

}  // namespace

void add_da_sample(CLI::App& group, Session& session) {
    auto options = std::make_shared<SampleCommandOptions>();
    options->l1 = {own_l1_url()};
    CLI::App& command =
        add_command(group, session, "sample",
                    "verify random rows (native scheme) or cells (EIP-4844) of published data: status 0 "
                    "when all came",
                    [options] { return run(*options); });
    command.add_option("commitment", options->commitment, "of a matrix, or the versioned hash of a blob");
    command.add_option("--height", options->height, "everything that this block has published")
        ->check(CLI::NonNegativeNumber)
        ->excludes("commitment");
    command
        .add_option("--count,--cells", options->count,
                    "how many distinct rows or cells; 0: at least 20, and as many as bring the chance to be deceived "
                    "below 1e-12")
        ->check(CLI::Range(0, 65'536))
        ->capture_default_str();
    command.add_option("--rounds", options->rounds, "how often missing ones are asked for again")
        ->capture_default_str();
    command.add_option("--progress", options->progress_folder,
                       "folder that keeps what was drawn and verified; a later run goes on from there");
    command.add_option("--l1", options->l1, "URL of an L1 node; further ones are also asked for cells")
        ->envname("ENSHRINE_L1")
        ->capture_default_str();
    add_progress_option(command, options->progress);
    command.footer(
        "With s of K + N rows verified, a withholder who shows at most K - 1 rows passes with a probability of at most "
        "the\n"
        "product over i < s of (K - 1 - i) / (K + N - i). Of an EIP-4844 blob K = N = 64 cells.");
}

}  // namespace enshrine::cli
