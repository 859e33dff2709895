// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine msg`: messages that rollups send.
#include <enshrine/codec/hex.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/messaging/message.hpp>

#include <cmd/enshrine/l1.hpp>
#include <fmt/format.h>

namespace enshrine::cli {
namespace {

struct ProofOptions {
    std::string l1;
    std::string endpoint;
    std::string message_hash;
};

/// Fields of msg_getProof; a missing or malformed one is named.
class ProofReader {
public:
    explicit ProofReader(const Json& json) : json_{json} {}

    Bytes bytes(const char* name) {
        const auto value =
            codec::parse_hex(json_[name].is_string() ? json_[name].get<std::string>() : std::string{"?"});
        return value ? *value : note<Bytes>(name);
    }
    Hash32 hash(const char* name) { return hash_in(name, json_[name]); }
    std::uint64_t number(const char* name) {
        const auto value =
            codec::parse_quantity_u64(json_[name].is_string() ? json_[name].get<std::string>() : std::string{});
        return value ? *value : note<std::uint64_t>(name);
    }
    std::vector<Hash32> hashes(const char* name) {
        std::vector<Hash32> out;
        if (!json_[name].is_array()) return note<std::vector<Hash32>>(name);
        for (const Json& item : json_[name]) out.push_back(hash_in(name, item));
        return out;
    }
    [[nodiscard]] const std::string& problem() const noexcept { return problem_; }

private:
    Hash32 hash_in(const char* name, const Json& item) {
        const auto value = codec::parse_hex_fixed<32>(item.is_string() ? item.get<std::string>() : std::string{});
        return value ? *value : note<Hash32>(name);
    }
    template <class T>
    T note(const char* name) {
        if (problem_.empty()) problem_ = fmt::format("msg_getProof: {} is missing or malformed", name);
        return T{};
    }
    Json json_;
    std::string problem_;
};

CliResult<Json> fetch_proof(const ProofOptions& options, const Hash32& hash) {
    auto endpoint = client::JsonRpcClient::make(options.endpoint);
    if (!endpoint) return bad_usage(fmt::format("--rollup-url: {}", endpoint.error()));
    const auto answer = checked(
        "msg_getProof", (*endpoint)->call("msg_getProof", fmt::format("[\"{}\"]", codec::format_hex(hash.view()))));
    if (!answer) return std::unexpected{answer.error()};
    Json json = Json::parse(*answer, nullptr, false);
    if (json.is_null())
        return refused(fmt::format("the rollup has sent no message {}", codec::format_hex(hash.view())));
    if (!json.is_object()) return refused("msg_getProof: the answer is no object");
    return json;
}

/// What the L1 has settled decides, not what the endpoint says.
CliResult<bool> settled_root_matches(const ProofOptions& options, const messaging::Message& message,
                                     std::uint64_t batch, const Hash32& outbox_root) {
    auto l1 = connect_l1(options.l1);
    if (!l1) return std::unexpected{l1.error()};
    const auto record = checked("rollup_getBatch", l1->batch(message.source, batch));
    if (!record) return std::unexpected{record.error()};
    if (!*record || !(*record)->settled) return false;
    if ((*record)->outbox_root == outbox_root) return true;
    return refused(fmt::format("outbox root of batch {}: the L1 settled {}, the endpoint says {}", batch,
                               codec::format_hex((*record)->outbox_root.view()),
                               codec::format_hex(outbox_root.view())));
}

CliResult<Report> proof(const ProofOptions& options) {
    const auto hash = parse_hash("message", options.message_hash);
    if (!hash) return std::unexpected{hash.error()};
    auto json = fetch_proof(options, *hash);
    if (!json) return std::unexpected{json.error()};

    ProofReader reader{*json};
    const Bytes bytes = reader.bytes("message");
    const std::uint64_t batch = reader.number("batch");
    const std::uint64_t index = reader.number("index");
    const std::uint64_t count = reader.number("count");
    const Hash32 root = reader.hash("outboxRoot");
    const std::vector<Hash32> siblings = reader.hashes("siblings");
    if (!reader.problem().empty()) return refused(reader.problem());
    const auto message = messaging::decode_message(bytes);
    if (!message) return refused(fmt::format("message: {}", message.error().message()));
    if (messaging::message_hash(bytes) != *hash) return refused("the endpoint sent another message");
    const auto verified =
        crypto::verify_merkle_proof({.root = root, .leaf_count = count, .index = index, .leaf = *hash}, siblings);
    if (!verified) return refused(fmt::format("the Merkle proof does not hold: {}", verified.error().message()));
    const auto settled = settled_root_matches(options, *message, batch, root);
    if (!settled) return std::unexpected{settled.error()};

    (*json)["settled"] = *settled;
    std::string list;
    for (const Hash32& sibling : siblings) list += (list.empty() ? "" : ",") + codec::format_hex(sibling.view());
    const std::string text = fmt::format(
        "message      {} from {} to {}, {} {} for {}\nbatch        {}, record {} of {}\noutbox root  {}\n"
        "proof        holds; {}\narguments    {} {} {} [{}]\n",
        message->sequence, message->source, message->destination, codec::format_decimal(message->value.wei()),
        message->asset == messaging::native_asset ? "wei" : "units of an asset",
        codec::format_address(message->receiver), batch, index, count, codec::format_hex(root.view()),
        *settled ? "the L1 has settled this root" : "not settled yet", codec::format_hex(bytes), batch, index, list);
    return Report{.json = *std::move(json), .text = text, .status = *settled ? exit_done : exit_refused};
}

}  // namespace

void add_msg(CLI::App& app, Session& session) {
    CLI::App& group = add_group(app, "msg", "messages between rollups and the L1");
    auto options = std::make_shared<ProofOptions>();
    CLI::App& command = add_command(group, session, "proof", "fetch and verify the Merkle proof of a message",
                                    [options] { return proof(*options); });
    add_l1_option(command, options->l1);
    command.add_option("--rollup-url", options->endpoint, "endpoint of the rollup that sent it")->required();
    command.add_option("message", options->message_hash, "hash of the message")->required();
    command.footer(
        "Exit status: 0 the proof holds against a settled root, 1 it does not or is not settled yet, 2 wrong usage.");
}

}  // namespace enshrine::cli
