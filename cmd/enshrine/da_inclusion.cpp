// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine da proof`, `included`: that a block has published something, or has not, against the block's hash.
#include <enshrine/codec/hex.hpp>

#include <cmd/enshrine/da_node.hpp>
#include <cmd/enshrine/json_fields.hpp>
#include <fmt/format.h>

namespace enshrine::cli {

namespace da = data_availability;
using codec::format_hex;

namespace {

constexpr int exit_absent = 3;  ///< the proof holds, and what it proves is absence

constexpr std::size_t proof_file_bytes_max = 1 << 20;

struct InclusionOptions {
    std::string l1;
    std::uint64_t height = 0;
    NamespaceOption name_space;
    std::string commitment;
    std::optional<std::uint64_t> index;
    std::string file;
    std::string block_hash;
};

CliResult<da::AbsentItem> item_of(const InclusionOptions& options) {
    da::AbsentItem out;
    ENSHRINE_TRY(out.name_space, parse_namespace(options.name_space));
    if (!options.commitment.empty()) {
        ENSHRINE_TRY(out.commitment, parse_hash("--commitment", options.commitment));
    }
    return out;
}

CliResult<client::ProvenPublication> verified(const Hash32& block_hash, const da::AbsentItem& item,
                                              const client::PublicationProof& proof) {
    auto out = client::verify_publication_proof(block_hash, item, proof);
    if (!out) return refused(out.error());
    return *std::move(out);
}

Json json_of(const da::AbsentItem& item, const client::ProvenPublication& proven) {
    Json out{{"included", proven.leaf.has_value()},
             {"height", proven.height},
             {"namespace", format_hex(item.name_space.view())},
             {"commitment", item.commitment ? Json(format_hex(item.commitment->view())) : Json()}};
    if (proven.leaf) {
        out["commitment"] = format_hex(proven.leaf->commitment.view());
        out["scheme"] = proven.leaf->scheme == da::Scheme::kzg ? "kzg" : "native";
        out["index"] = proven.leaf->index;
        out["size"] = proven.leaf->size;
    }
    return out;
}

std::string text_of(const client::ProvenPublication& proven) {
    if (!proven.leaf) return fmt::format("block {} has not published it: proved\n", proven.height);
    return fmt::format("block {} has published it: commitment {}, index {}, {} bytes: proved\n", proven.height,
                       format_hex(proven.leaf->commitment.view()), proven.leaf->index, proven.leaf->size);
}

CliResult<Report> prove(const InclusionOptions& options) {
    ENSHRINE_TRY(const auto item, item_of(options));
    ENSHRINE_TRY(auto da, connect_da(options.l1));
    ENSHRINE_TRY(const auto answer, checked("da_getProof", da.get_proof({options.height, item, options.index})));
    ENSHRINE_TRY(const auto proven, verified(answer.block_hash, item, answer.proof));
    Json json = json_of(item, proven);
    json["blockHash"] = format_hex(answer.block_hash.view());
    json["header"] = format_hex(answer.proof.header);
    json["proof"] = format_hex(answer.proof.proof);
    std::string text = text_of(proven) + fmt::format("block hash {}\n", format_hex(answer.block_hash.view()));
    if (!options.file.empty()) {
        ENSHRINE_CHECK(write_file(options.file, as_bytes(json.dump())));
        text += fmt::format("written to {}\n", options.file);
    }
    return Report{.json = std::move(json), .text = std::move(text)};
}

CliResult<Report> included(const InclusionOptions& options) {
    ENSHRINE_TRY(const auto item, item_of(options));
    ENSHRINE_TRY(const auto block_hash, parse_hash("--block-hash", options.block_hash));
    ENSHRINE_TRY(const auto json, read_json(options.file, proof_file_bytes_max));
    const JsonFields fields{json, options.file};
    client::PublicationProof proof;
    ENSHRINE_TRY(proof.header, fields.bytes("header"));
    ENSHRINE_TRY(proof.proof, fields.bytes("proof"));
    ENSHRINE_TRY(const auto proven, verified(block_hash, item, proof));
    return Report{
        .json = json_of(item, proven), .text = text_of(proven), .status = proven.leaf ? exit_done : exit_absent};
}

void add_item_options(CLI::App& command, InclusionOptions& options) {
    add_namespace_option(command, options.name_space);
    command.add_option("--commitment", options.commitment, "in the namespace; none: anything in it");
}

}  // namespace

void add_da_inclusion(CLI::App& group, Session& session) {
    auto proving = std::make_shared<InclusionOptions>();
    CLI::App& proof = add_command(group, session, "proof",
                                  "fetch and verify a proof that a block has published something, or has not",
                                  [proving] { return prove(*proving); });
    proof.add_option("--height", proving->height, "of the block")->check(CLI::NonNegativeNumber)->required();
    add_item_options(proof, *proving);
    proof.add_option("--index", proving->index, "first row, when the commitment stands several times in the namespace");
    proof.add_option("--out", proving->file, "file for the proof");
    add_l1_option(proof, proving->l1);

    auto checking = std::make_shared<InclusionOptions>();
    CLI::App& check = add_command(
        group, session, "included",
        "verify a proof of `da proof` without a node: status 0 included, 3 not included, both proved; 1 refused",
        [checking] { return included(*checking); });
    check.add_option("proof", checking->file, "file of the proof")->required();
    check.add_option("--block-hash", checking->block_hash, "of the block, from a source that you trust")->required();
    add_item_options(check, *checking);
}

}  // namespace enshrine::cli
