// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine da get`, `get-all`, `has`: published blobs, rebuilt and checked here instead of believed.
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/kzg.hpp>
#include <enshrine/network/retrieve.hpp>

#include <cmd/enshrine/da_node.hpp>
#include <cmd/enshrine/parallel.hpp>
#include <fmt/format.h>

namespace enshrine::cli {

namespace da = data_availability;
namespace kzg = crypto::kzg;
using codec::format_hex;

namespace {

struct GetOptions {
    std::string l1;
    std::string commitment;
    std::optional<std::uint64_t> height;
    std::vector<std::string> name_spaces;
    std::optional<std::uint64_t> index;
    std::string out;
    unsigned threads = 0;
    Progress::Options progress;
};

/// What one command fetches from: the node for what it knows, the storage nodes for rows.
struct Source {
    client::L1Client l1;
    client::DaClient da;
    std::uint64_t chain_id = 0;
};
CliResult<Source> open_source(const std::string& url) {
    ENSHRINE_TRY(auto l1, connect_l1(url));
    ENSHRINE_TRY(auto da, connect_da(url));
    ENSHRINE_TRY(const auto chain_id, checked("eth_chainId", l1.chain_id()));
    return Source{.l1 = std::move(l1), .da = std::move(da), .chain_id = chain_id};
}

CliResult<Bytes> rows_from(const std::vector<da::CommitteeMember>& members, const GetOptions& options,
                           const Source& source, const Hash32& commitment, const da::PublicationRecord& publication) {
    Progress progress{options.progress};
    network::RetrieveOptions retrieval;
    retrieval.connect = storage_nodes(source.chain_id);
    bool started = false;
    retrieval.progress = [&](const network::RetrieveProgress& at) {
        if (!std::exchange(started, true)) progress.stage("fetching rows", at.rows_needed);
        progress.set(at.rows);
    };
    retrieval.parallel = parallel_with_progress(options.threads, progress, "rebuilding");
    auto fetched = network::retrieve(commitment, da::sizes_of(publication.blobs), members, retrieval);
    if (!fetched) return refused(fmt::format("commitment {}: {}", format_hex(commitment.view()), fetched.error().text));
    return std::move(fetched->data_rows);
}

/// All blobs of a matrix, whose rows this process verifies when storage nodes keep them.
CliResult<std::vector<client::DaBlob>> blobs_of(const GetOptions& options, Source& source, const Hash32& commitment,
                                                const da::PublicationRecord& publication) {
    ENSHRINE_TRY(const auto committee, keepers_in(source.l1, publication.epoch));
    if (!has_endpoints(committee)) {
        return checked("da_getByCommitment", source.da.get_by_commitment(commitment));
    }
    ENSHRINE_TRY(const auto rows, rows_from(committee.members, options, source, commitment, publication));
    const auto sizes = da::sizes_of(publication.blobs);
    const auto layout = da::layout_of(sizes);
    if (!layout) return refused(fmt::format("publication: {}", layout.error().message()));
    std::vector<client::DaBlob> out;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const auto bytes = da::unframe_blob(*layout, sizes, rows, i);
        if (!bytes) return refused(fmt::format("blob {}: {}", i, bytes.error().message()));
        out.push_back({.entry = {.height = publication.height,
                                 .name_space = publication.blobs[i].name_space,
                                 .commitment = commitment,
                                 .index = layout->first_rows[i],
                                 .size = sizes[i]},
                       .data = to_bytes(*bytes)});
    }
    return out;
}

CliResult<std::vector<client::DaBlob>> chosen(const GetOptions& options, std::vector<client::DaBlob> blobs) {
    std::vector<Hash32> name_spaces;
    for (const std::string& text : options.name_spaces) {
        ENSHRINE_TRY(const auto name_space, parse_namespace(text));
        name_spaces.push_back(name_space);
    }
    std::erase_if(blobs, [&](const client::DaBlob& blob) {
        const bool in =
            name_spaces.empty() || std::ranges::find(name_spaces, blob.entry.name_space) != name_spaces.end();
        return !in || (options.index && *options.index != blob.entry.index);
    });
    return blobs;
}

/// An EIP-4844 blob, whose bytes give its versioned hash.
CliResult<client::DaBlob> kzg_blob(Source& source, const Hash32& versioned_hash) {
    ENSHRINE_TRY(const auto found, checked("da_getBlob", source.l1.blob(versioned_hash)));
    if (!found) return refused(fmt::format("no block has published {}", format_hex(versioned_hash.view())));
    const auto computed = kzg::blob_to_commitment(found->blob);
    if (!computed) return refused(fmt::format("the node sent no blob: {}", computed.error().message()));
    if (const Hash32 got = kzg::versioned_hash(*computed); got != versioned_hash) {
        return refused(fmt::format("the node sent another blob: expected versioned hash {}, got {}",
                                   format_hex(versioned_hash.view()), format_hex(got.view())));
    }
    return client::DaBlob{.entry = {.height = found->height,
                                    .scheme = client::DaScheme::kzg,
                                    .name_space = {},
                                    .commitment = versioned_hash,
                                    .index = 0,
                                    .size = found->blob.size()},
                          .data = found->blob};
}

CliResult<std::string> file_for(const GetOptions& options, const client::DaBlob& blob, bool several) {
    if (!several) return options.out;
    std::error_code error;
    std::filesystem::create_directories(options.out, error);
    if (error) return bad_usage(fmt::format("--out: cannot make {}: {}", options.out, error.message()));
    return fmt::format("{}/{}-{}", options.out, format_hex(blob.entry.commitment.view()), blob.entry.index);
}

CliResult<Report> report_of(const GetOptions& options, const std::vector<client::DaBlob>& blobs, bool several) {
    Json list = Json::array();
    std::string text;
    for (const client::DaBlob& blob : blobs) {
        Json entry = to_json(blob.entry);
        text += to_text(blob.entry);
        if (options.out.empty()) {
            entry["data"] = format_hex(blob.data);
            text += format_hex(blob.data) + "\n";
        } else {
            ENSHRINE_TRY(const auto file, file_for(options, blob, several));
            ENSHRINE_CHECK(write_file(file, blob.data));
            entry["file"] = file;
            text += fmt::format("written to {}\n", file);
        }
        list.push_back(std::move(entry));
    }
    if (several) return Report{.json = std::move(list), .text = std::move(text)};
    return Report{.json = list.front(), .text = std::move(text)};
}

CliResult<Report> get(const GetOptions& options) {
    ENSHRINE_TRY(const auto commitment, parse_hash("commitment", options.commitment));
    ENSHRINE_TRY(auto source, open_source(options.l1));
    ENSHRINE_TRY(const auto publication, checked("publication", client::publication(source.l1, commitment)));
    if (!publication) {
        ENSHRINE_TRY(auto blob, kzg_blob(source, commitment));
        return report_of(options, {std::move(blob)}, false);
    }
    ENSHRINE_TRY(auto all, blobs_of(options, source, commitment, *publication));
    ENSHRINE_TRY(const auto blobs, chosen(options, std::move(all)));
    if (blobs.empty()) return refused("the matrix carries no blob of this namespace and index");
    if (blobs.size() > 1) {
        std::string rows;
        for (const client::DaBlob& blob : blobs)
            rows += fmt::format("{}{}", rows.empty() ? "" : ", ", blob.entry.index);
        return bad_usage(
            fmt::format("--index: expected one of {}, got nothing: the matrix carries several blobs", rows));
    }
    return report_of(options, blobs, false);
}

CliResult<Report> get_all(const GetOptions& options) {
    ENSHRINE_TRY(auto source, open_source(options.l1));
    ENSHRINE_TRY(const auto entries, checked("da_publicationsAt", source.da.publications_at(*options.height)));
    std::vector<client::DaBlob> found;
    std::vector<Hash32> done;
    for (const client::DaEntry& entry : entries) {
        if (entry.scheme == client::DaScheme::kzg || std::ranges::find(done, entry.commitment) != done.end()) continue;
        done.push_back(entry.commitment);
        ENSHRINE_TRY(const auto publication, checked("publication", client::publication(source.l1, entry.commitment)));
        if (!publication) continue;
        ENSHRINE_TRY(auto all, blobs_of(options, source, entry.commitment, *publication));
        ENSHRINE_TRY(auto blobs, chosen(options, std::move(all)));
        std::ranges::move(blobs, std::back_inserter(found));
    }
    return report_of(options, found, true);
}

CliResult<Report> has(const GetOptions& options) {
    ENSHRINE_TRY(const auto commitment, parse_hash("commitment", options.commitment));
    ENSHRINE_TRY(auto da, connect_da(options.l1));
    ENSHRINE_TRY(const auto kept, checked("da_has", da.has(commitment)));
    return Report{.json = {{"commitment", format_hex(commitment.view())}, {"has", kept}},
                  .text = kept ? "published and kept\n" : "not published, or expired\n",
                  .status = kept ? exit_done : exit_refused};
}

void add_fetch_options(CLI::App& command, GetOptions& options) {
    add_l1_option(command, options.l1);
    command.add_option("--threads", options.threads, "threads that rebuild; 0: one per core");
    add_progress_option(command, options.progress);
}

}  // namespace

void add_da_get(CLI::App& group, Session& session) {
    auto one = std::make_shared<GetOptions>();
    CLI::App& getting =
        add_command(group, session, "get", "a published blob, fetched from the storage nodes and verified",
                    [one] { return get(*one); });
    getting.add_option("commitment", one->commitment, "of its matrix; of an EIP-4844 blob its versioned hash")
        ->required();
    getting.add_option("--namespace", one->name_spaces, "of the blob, when the matrix carries several");
    getting.add_option("--index", one->index,
                       "first row of the blob, when the matrix carries several of the namespace");
    getting.add_option("--out", one->out, "file for its bytes, instead of 0x-hex on the output");
    add_fetch_options(getting, *one);

    auto all = std::make_shared<GetOptions>();
    CLI::App& getting_all = add_command(group, session, "get-all", "the blobs that a block has published in namespaces",
                                        [all] { return get_all(*all); });
    getting_all.add_option("--height", all->height, "of the block")->check(CLI::NonNegativeNumber)->required();
    getting_all.add_option("--namespace", all->name_spaces, "may be repeated; none: all")->take_all();
    getting_all.add_option("--out", all->out, "folder for their bytes, files named COMMITMENT-INDEX");
    add_fetch_options(getting_all, *all);

    auto known = std::make_shared<GetOptions>();
    CLI::App& having = add_command(group, session, "has", "whether a commitment is published and kept (status 0 or 1)",
                                   [known] { return has(*known); });
    having.add_option("commitment", known->commitment, "of a matrix, or the versioned hash of a blob")->required();
    add_l1_option(having, known->l1);
}

}  // namespace enshrine::cli
