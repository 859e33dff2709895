// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine da submit`: by the node's account, or encoded here and paid with a key of one's own.
#include <enshrine/client/publish_matrix.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/rpc/http_server.hpp>

#include <cmd/enshrine/da_node.hpp>
#include <cmd/enshrine/parallel.hpp>
#include <cmd/service.hpp>
#include <fmt/format.h>

namespace enshrine::cli {

namespace da = data_availability;
using codec::format_hex;

namespace {

struct SubmitOptions {
    std::vector<std::string> files;
    NamespaceOption name_space;
    std::string l1;
    std::string key;
    unsigned threads = 0;
    Progress::Options progress;
};

struct Submitted {
    std::vector<client::DaSubmission> blobs;
    std::vector<network::PeerReport> members;  ///< empty when the node distributed
};

/// What one request to a node has room for, in hex and with what is around it.
const std::size_t bytes_through_node_max = (rpc::HttpServerConfig{}.body_bytes_max - 65'536) / 2;

CliResult<Submitted> submit_through_node(const SubmitOptions& options, std::span<const client::NamedBlob> blobs) {
    std::size_t bytes = 0;
    for (const client::NamedBlob& blob : blobs) bytes += blob.data.size();
    if (bytes > bytes_through_node_max) {
        return bad_usage(
            fmt::format("files: expected at most {} bytes through the node, got {}", bytes_through_node_max, bytes),
            fmt::format("with --key KEY the rows go to the storage nodes directly, up to {} bytes a blob",
                        da::native_blob_bytes_max));
    }
    ENSHRINE_TRY(auto da, connect_da(options.l1));
    Progress progress{options.progress};
    progress.stage("the node publishes", 1);
    ENSHRINE_TRY(auto submissions, checked("da_submit", da.submit(blobs)));
    return Submitted{.blobs = std::move(submissions), .members = {}};
}

std::string_view name_of(client::PublishStage stage) noexcept {
    switch (stage) {
        case client::PublishStage::encoding:
            return "encoding";
        case client::PublishStage::distributing:
            return "distributing";
        case client::PublishStage::publishing:
            return "publishing";
    }
    return "";
}

client::PublishOptions publish_options(const SubmitOptions& options, std::uint64_t chain_id, Progress& progress) {
    client::PublishOptions out{.chain_id = chain_id, .distribution = {}, .parallel = {}, .on_stage = {}};
    out.distribution.connect = storage_nodes(chain_id);
    out.distribution.progress = [&progress](const network::DistributeProgress& at) {
        progress.set(at.members_signed + at.members_failed);
    };
    out.parallel = parallel_with_progress(options.threads, progress, "encoding");
    out.on_stage = [&progress](client::PublishStage stage) { progress.stage(std::string{name_of(stage)}, 1); };
    return out;
}

CliResult<Submitted> submit_with_key(const SubmitOptions& options, std::span<const client::NamedBlob> blobs) {
    const auto key = service::parse_key(options.key);
    if (!key) return bad_usage(key.error());
    ENSHRINE_TRY(auto l1, connect_l1(options.l1));
    ENSHRINE_TRY(const auto chain_id, checked("eth_chainId", l1.chain_id()));
    ENSHRINE_TRY(const auto committee, checked("committee", client::committee(l1)));
    if (!has_endpoints(committee)) {
        return refused("the committee has no storage nodes that can be reached",
                       "without --key the node publishes; enshrine devnet up --storage-nodes 4");
    }
    client::Wallet wallet{l1, chain_id, *key};
    client::WalletTarget target{l1, wallet};
    Progress progress{options.progress};
    auto published = client::publish_matrix(target, blobs, publish_options(options, chain_id, progress));
    if (!published) return std::unexpected{describe("publishing", published.error())};
    progress.stage("the last members", 1);
    auto outcome = published->distribution.finish();
    Submitted out{.blobs = {}, .members = std::move(outcome.members)};
    for (const std::uint32_t row : published->first_rows) {
        out.blobs.push_back({.height = published->inclusion.height,
                             .commitment = published->publication.commitment,
                             .index = row,
                             .txn = published->inclusion.txn,
                             .certificate = outcome.certificate});
    }
    return out;
}

Json to_json(const client::DaSubmission& submission) {
    return {{"height", submission.height},
            {"commitment", format_hex(submission.commitment.view())},
            {"index", submission.index},
            {"transaction", format_hex(submission.txn.view())},
            {"certificate", format_hex(submission.certificate)}};
}

Report report_of(const SubmitOptions& options, const Submitted& submitted) {
    Json blobs = Json::array();
    std::string text;
    for (std::size_t i = 0; i < submitted.blobs.size(); ++i) {
        const client::DaSubmission& blob = submitted.blobs[i];
        Json entry = to_json(blob);
        entry["file"] = options.files[i];
        blobs.push_back(std::move(entry));
        text += fmt::format("{}\n  height       {}\n  commitment   {}\n  index        {}\n  transaction  {}\n",
                            options.files[i], blob.height, format_hex(blob.commitment.view()), blob.index,
                            format_hex(blob.txn.view()));
    }
    Json members = Json::array();
    for (const network::PeerReport& member : submitted.members) {
        Json entry{{"address", codec::format_address(member.address)},
                   {"endpoint", member.endpoint},
                   {"rows", member.rows},
                   {"wireBytes", member.wire_bytes}};
        if (member.fault) {
            entry["problem"] = member.fault->text;
            text += fmt::format("  without {}: {}\n", member.endpoint, member.fault->text);
        }
        members.push_back(std::move(entry));
    }
    return Report{.json = {{"blobs", std::move(blobs)}, {"members", std::move(members)}}, .text = std::move(text)};
}

CliResult<Report> run(const SubmitOptions& options) {
    ENSHRINE_TRY(const auto name_space, parse_namespace(options.name_space));
    std::vector<Bytes> contents;
    for (const std::string& file : options.files) {
        ENSHRINE_TRY(auto content, read_file(file, da::native_blob_bytes_max));
        if (content.empty()) return bad_usage(fmt::format("{} is empty: expected at least 1 byte", file));
        contents.push_back(std::move(content));
    }
    std::vector<client::NamedBlob> blobs;
    for (const Bytes& content : contents) blobs.push_back({name_space, content});
    const auto submitted = options.key.empty() ? submit_through_node(options, blobs) : submit_with_key(options, blobs);
    if (!submitted) return std::unexpected{submitted.error()};
    return report_of(options, *submitted);
}

}  // namespace

void add_da_submit(CLI::App& group, Session& session) {
    auto options = std::make_shared<SubmitOptions>();
    CLI::App& command = add_command(group, session, "submit", "publish files as blobs of a namespace",
                                    [options] { return run(*options); });
    command.add_option("files", options->files, "one blob each; together they share a matrix with --key")->required();
    add_namespace_option(command, options->name_space);
    add_l1_option(command, options->l1);
    command.add_option(
        "--key", options->key,
        "who pays: hex, @FILE or name of a devnet account; the rows are then encoded here and handed to the "
        "storage nodes directly. Without it the node publishes with its account");
    command.add_option("--threads", options->threads, "threads that encode; 0: one per core");
    add_progress_option(command, options->progress);
}

}  // namespace enshrine::cli
