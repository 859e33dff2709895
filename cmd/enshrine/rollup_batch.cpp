// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine rollup submit-batch`: the next batch of a rollup that no sequencer process runs, of the inbox messages that
// are due and at most one published payload. Rules: docs/spec/rollup.md [BATCH.*].
#include <enshrine/client/data_availability_contract.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/sequencing/certificate.hpp>
#include <enshrine/system/addresses.hpp>

#include <cmd/enshrine/rollup_batch.hpp>
#include <cmd/enshrine/sender.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace enshrine::cli {
namespace {

using codec::format_hex;

struct Options {
    SenderOptions sender;
    std::uint64_t rollup = 0;
    std::optional<std::string> payload;  ///< an empty one is a mistake, not an empty payload
};

/// The block before the last: the newest one whose hash contracts know already, in a call as in the next block.
CliResult<client::BlockSummary> find_anchor(client::L1Client& l1) {
    ENSHRINE_TRY(const auto height, checked("eth_blockNumber", l1.block_number()));
    if (height == 0) return refused("the L1 has no block behind its first yet");
    ENSHRINE_TRY(const auto block, checked("eth_getBlockByNumber", l1.block(height - 1)));
    if (!block) return refused(fmt::format("the node does not know block {}", height - 1));
    return *block;
}

/// The inbox end that a batch with this anchor has to have [BATCH.6] [VALID.3].
CliResult<std::uint64_t> inbox_end(client::L1Client& l1, const client::RollupStatus& status, std::uint64_t anchor) {
    const std::uint64_t most = status.inbox_max.value_or(sequencing::inbox_messages_per_batch_max);
    ENSHRINE_TRY(const auto messages, checked("msg_getInbox", l1.inbox(status.id, status.inbox_consumed, most)));
    const auto late =
        std::ranges::find_if(messages, [&](const client::InboxMessage& message) { return message.l1_height > anchor; });
    return status.inbox_consumed + static_cast<std::uint64_t>(late - messages.begin());
}

/// Names a payload that has been published alone in the rollup's namespace [DA-BATCH.5].
CliResult<void> add_payload(client::L1Client& l1, const std::string& text, sequencing::BatchHeader& header) {
    const std::string hint = fmt::format(
        "enshrine da submit FILE --rollup {} --key KEY makes one of its own; without --key the node puts blobs of "
        "several senders into one",
        header.rollup);
    ENSHRINE_TRY(const auto commitment, parse_hash("--payload", text));
    ENSHRINE_TRY(const auto publication, checked("publication", client::publication(l1, commitment)));
    if (!publication) {
        return refused(fmt::format("--payload: expected a commitment that is published, got {}", text), hint);
    }
    const auto& blobs = publication->blobs;
    const Hash32 name_space = data_availability::namespace_of_rollup(header.rollup);
    if (blobs.size() != 1 || blobs.front().name_space != name_space) {
        return refused(fmt::format("--payload: expected a matrix of one blob in namespace {}, got one of {} in {}",
                                   format_hex(name_space.view()), blobs.size(),
                                   blobs.empty() ? "none" : format_hex(blobs.front().name_space.view())),
                       hint);
    }
    if (blobs.front().size > sequencing::batch_payload_bytes_max) {
        return refused(fmt::format("--payload: expected at most {} bytes, got {}", sequencing::batch_payload_bytes_max,
                                   blobs.front().size));
    }
    header.payload_bytes = static_cast<std::uint32_t>(blobs.front().size);
    header.references = {commitment};
    return {};
}

CliResult<sequencing::BatchHeader> next_header(Sender& sender, const Options& options,
                                               const client::RollupStatus& status) {
    ENSHRINE_TRY(const auto anchor, find_anchor(sender.l1()));
    sequencing::BatchHeader out{.rollup = options.rollup,
                                .sequence = status.last_sequence + 1,
                                .previous_hash = status.last_batch_hash,
                                .anchor_height = anchor.number,
                                .anchor_hash = anchor.hash,
                                .fee_recipient = sender.address(),
                                .scheme = sequencing::PayloadScheme::native,
                                .references = {}};
    ENSHRINE_TRY(out.inbox_end, inbox_end(sender.l1(), status, anchor.number));
    if (options.payload) ENSHRINE_CHECK(add_payload(sender.l1(), *options.payload, out));
    return out;
}

/// Of the sequencer; in an open lane nobody is asked for one [BATCH.8].
Bytes certificate_for(const Sender& sender, const client::RollupStatus& status, const Hash32& hash) {
    if (sender.address() != status.sequencer) return {};
    auto certificate = sequencing::make_certificate(hash, {&sender.key(), 1});
    ENSHRINE_ASSERT(certificate.has_value());
    return *std::move(certificate);
}

CliResult<Report> submit(const Options& options) {
    ENSHRINE_TRY(auto sender, Sender::open(options.sender));
    ENSHRINE_TRY(const auto status, checked("rollup_status", sender.l1().rollup_status(options.rollup)));
    ENSHRINE_TRY(const auto header, next_header(sender, options, status));
    const Bytes bytes = sequencing::encode_batch_header(header);
    const Hash32 hash = sequencing::batch_hash(bytes);
    codec::abi::Encoder arguments{2};
    arguments.bytes(bytes).bytes(certificate_for(sender, status, hash));
    const auto selector = codec::abi::selector("submitBatch(bytes header, bytes certificate)");
    ENSHRINE_TRY(const auto receipt, sender.send("submitBatch", {.to = system::rollup_registry_address,
                                                                 .data = arguments.finish_call(selector)}));
    const std::uint64_t messages = header.inbox_end - status.inbox_consumed;
    return Report{
        .json = {{"rollup", options.rollup},
                 {"sequence", header.sequence},
                 {"hash", format_hex(hash.view())},
                 {"header", format_hex(bytes)},
                 {"inboxMessages", messages},
                 {"payloadBytes", header.payload_bytes},
                 {"anchorHeight", header.anchor_height},
                 {"transaction", format_hex(receipt.hash.view())},
                 {"block", receipt.block_number},
                 {"gasUsed", receipt.gas_used}},
        .text = fmt::format("batch {} of rollup {} is registered in block {}, transaction {}\nhash {}\n{} inbox "
                            "messages, {} payload bytes\n",
                            header.sequence, options.rollup, receipt.block_number, format_hex(receipt.hash.view()),
                            format_hex(hash.view()), messages, header.payload_bytes)};
}

}  // namespace

void add_rollup_submit_batch(CLI::App& group, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App& command =
        add_command(group, session, "submit-batch",
                    "register the next batch of a rollup: the inbox messages that are due, and a payload",
                    [options] { return submit(*options); });
    command.add_option("rollup", options->rollup, "chain id of the rollup")->required();
    command.add_option(
        "--payload", options->payload,
        "commitment of the payload, from enshrine da submit FILE --rollup ID --key KEY; default: an empty payload");
    add_sender_options(command, options->sender, "the rollup's sequencer, or anybody once the lane is open");
    command.footer(
        "For rollups without a sequencer process; one that runs takes the batch over and goes on behind it.");
}

}  // namespace enshrine::cli
