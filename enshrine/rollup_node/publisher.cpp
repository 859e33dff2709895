// SPDX-License-Identifier: Apache-2.0
#include <enshrine/chain/params.hpp>
#include <enshrine/client/settlement_contracts.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/rollup_node/publisher.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/sequencing/certificate.hpp>
#include <enshrine/system/addresses.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace enshrine::rollup_node {
namespace {

/// Batches that may be under way at the same time: enough to fill an L1 block with blobs.
constexpr std::uint64_t batches_ahead_max = 4;
constexpr std::uint64_t spare_gas = 100'000;

std::uint64_t gas_for(std::size_t calldata_bytes, std::uint64_t execution) {
    return chain::intrinsic_gas + chain::calldata_byte_gas * calldata_bytes + execution + spare_gas;
}

std::unexpected<std::string> l1_failure(const rpc::RpcError& error) {
    return std::unexpected{"L1: " + error.message};
}

Bytes submit_calldata(const BatchRecord& record, const crypto::SecretKey& key) {
    const auto certificate = sequencing::make_certificate(record.hash, {&key, 1});
    ENSHRINE_ASSERT(certificate.has_value());
    codec::abi::Encoder arguments{2};
    arguments.bytes(sequencing::encode_batch_header(record.header)).bytes(*certificate);
    return arguments.finish_call(codec::abi::selector("submitBatch(bytes header, bytes certificate)"));
}

Bytes claim_calldata(const BatchRecord& record, BytesView witness) {
    codec::abi::Encoder arguments{8};
    arguments.u64(record.header.rollup)
        .u64(record.header.sequence)
        .bytes32(record.state_root)
        .bytes32(record.outbox_root);
    arguments.bytes32(record.receipts_root).u64(record.steps).bytes32(record.machine_root).bytes(witness);
    return arguments.finish_call(
        codec::abi::selector("claim(uint64 rollup, uint64 sequence, bytes32 stateRoot, bytes32 outboxRoot, bytes32 "
                             "receiptsRoot, uint64 steps, "
                             "bytes32 machineRoot, bytes witness)"));
}

}  // namespace

Publisher::Publisher(const Options& options, const Parts& parts, std::uint64_t l1_chain_id)
    : options_{options},
      store_{parts.store},
      l1_{parts.l1},
      wallet_{parts.l1, l1_chain_id, options.key},
      matrices_{{.l1 = parts.l1, .wallet = wallet_, .network = parts.network}},
      submits_{"registration", parts.l1},
      claims_{"claim", parts.l1} {}

std::string Publisher::find_foreign(std::uint64_t head, const L1Position& l1) const {
    // A batch is in the store before it is sent, so what the store lacks was sent by somebody else [BATCH.8].
    if (l1.registered.last_sequence > head) {
        return fmt::format("the L1 has registered batch {}, which was not built here", l1.registered.last_sequence);
    }
    return find_conflict(store_, head, l1);
}

std::expected<Publisher::Position, std::string> Publisher::advance() {
    const std::uint64_t head = store_.head().sequence;
    const auto status = l1_.rollup_status(options_.rollup);
    if (!status) return l1_failure(status.error());
    const auto l1_height = l1_.block_number();
    if (!l1_height) return l1_failure(l1_height.error());
    if (std::string foreign = find_foreign(head, {*status, *l1_height}); !foreign.empty()) {
        return Position{status->last_sequence, status->settled_sequence, std::move(foreign)};
    }
    if (auto noted = note_progress(*status); !noted) return std::unexpected{noted.error()};

    const Position position{status->last_sequence, status->settled_sequence, {}};
    const auto over = earlier_run_.is_over(l1_, wallet_.address(), *l1_height);
    if (!over) return std::unexpected{over.error()};
    if (!*over) return position;
    const std::uint64_t submit_end = std::min(head, status->last_sequence + batches_ahead_max);
    if (auto sent = send_submits(status->last_sequence + 1, submit_end, *l1_height); !sent) {
        return std::unexpected{sent.error()};
    }
    if (!options_.claim) return position;
    const auto end = claim_end(*status, submit_end);
    if (!end) return std::unexpected{end.error()};
    if (auto sent = send_claims(status->settled_sequence + 1, *end, *l1_height); !sent) {
        return std::unexpected{sent.error()};
    }
    return position;
}

/// Where another method has to agree, the batch behind the settled one is claimed once, and later ones have to wait
/// [POLICY.4]: the L1 would refuse such claims, for a fee.
std::expected<std::uint64_t, std::string> Publisher::claim_end(const client::RollupStatus& status,
                                                               std::uint64_t submit_end) {
    using rollup_registry::Method;
    if (!policy_) {
        const auto settlement = client::settlement_of(l1_, options_.rollup);
        if (!settlement) return l1_failure(settlement.error());
        policy_ = settlement->policy;
    }
    if (!policy_->names(Method::native)) return status.settled_sequence;
    if (policy_->threshold() == 1) return std::min(submit_end, status.settled_sequence + batches_ahead_max);
    const auto agreement = client::agreement(l1_, options_.rollup);
    if (!agreement) return l1_failure(agreement.error());
    const bool recorded = (agreement->methods & std::to_underlying(Method::native)) != 0;
    return std::min(submit_end, status.settled_sequence + (recorded ? 0 : 1));
}

std::expected<void, std::string> Publisher::send_submits(std::uint64_t first, std::uint64_t end,
                                                         std::uint64_t l1_height) {
    for (std::uint64_t sequence = first; sequence <= end; ++sequence) {
        const auto under_way = submits_.is_under_way(sequence, l1_height);
        if (!under_way) return std::unexpected{under_way.error()};
        if (*under_way) continue;
        if (auto sent = send_submit(*store_.record(sequence), l1_height); !sent) return sent;
    }
    return {};
}

std::expected<void, std::string> Publisher::send_claims(std::uint64_t first, std::uint64_t end,
                                                        std::uint64_t l1_height) {
    for (std::uint64_t sequence = first; sequence <= end; ++sequence) {
        const auto under_way = claims_.is_under_way(sequence, l1_height);
        if (!under_way) return std::unexpected{under_way.error()};
        if (*under_way) continue;
        const auto record = store_.record(sequence);
        const auto claimable = is_claimable(*record, l1_height);
        if (!claimable) return std::unexpected{claimable.error()};
        if (!*claimable) return {};
        if (auto sent = send_claim(*record, l1_height); !sent) return sent;
    }
    return {};
}

std::expected<bool, std::string> Publisher::is_claimable(const BatchRecord& record, std::uint64_t l1_height) {
    if (!record.payload_void) return true;
    return matrices_.is_recorded_void(record, l1_height);
}

std::expected<void, std::string> Publisher::note_progress(const client::RollupStatus& status) {
    const std::uint64_t head = store_.head().sequence;
    // The embedded engine makes a block final when it commits it: P2 and P3 are reached together.
    for (std::uint64_t sequence = noted_registered_ + 1; sequence <= std::min(head, status.last_sequence); ++sequence) {
        BatchProgress progress = store_.progress(sequence);
        if (progress.times.registered_ms == 0) {
            const auto registered = l1_.batch(options_.rollup, sequence);
            if (!registered) return l1_failure(registered.error());
            if (*registered) {
                progress.l1_height = (*registered)->l1_height;
                progress.submit_txn = (*registered)->l1_txn;
            }
            progress.times.registered_ms = progress.times.l1_final_ms = options_.now_ms();
            if (auto stored = store_.set_progress(sequence, progress); !stored) return stored;
        }
        submits_.erase(sequence);
        matrices_.forget(sequence);
        noted_registered_ = sequence;
    }
    for (std::uint64_t sequence = noted_settled_ + 1; sequence <= std::min(head, status.settled_sequence); ++sequence) {
        BatchProgress progress = store_.progress(sequence);
        if (progress.times.settled_ms == 0) {
            progress.claim_txn = claims_.find(sequence);
            progress.times.settled_ms = options_.now_ms();
            if (auto stored = store_.set_progress(sequence, progress); !stored) return stored;
        }
        claims_.erase(sequence);
        noted_settled_ = sequence;
    }
    return {};
}

std::expected<void, std::string> Publisher::send_submit(const BatchRecord& record, std::uint64_t l1_height) {
    client::Wallet::Call call{.to = system::rollup_registry_address, .data = submit_calldata(record, options_.key)};
    if (record.header.scheme == sequencing::PayloadScheme::eip4844) {
        call.blobs = sequencing::pack_blobs(record.payload);
    } else if (!record.header.references.empty()) {
        const auto nonce = matrices_.publish(record, l1_height);
        if (!nonce) return std::unexpected{nonce.error()};
        if (*nonce) call.nonce = **nonce + 1;  // behind the publication, in the same block or in a later one
    }
    call.gas_limit = gas_for(call.data.size(), rollup_registry::submit_batch_gas);
    const auto hash = wallet_.send(call);
    if (!hash)
        return std::unexpected{
            fmt::format("registration of batch {}: {}", record.header.sequence, hash.error().message)};
    submits_.add(record.header.sequence, *hash, l1_height);
    return {};
}

std::expected<void, std::string> Publisher::send_claim(const BatchRecord& record, std::uint64_t l1_height) {
    const auto witness = store_.witness(record.header.sequence);
    if (!witness)
        return std::unexpected{fmt::format("witness of batch {} is no longer stored", record.header.sequence)};
    client::Wallet::Call call{.to = system::rollup_registry_address, .data = claim_calldata(record, *witness)};
    call.gas_limit =
        gas_for(call.data.size(), rollup_registry::claim_gas + record.weight / rollup_registry::weight_per_gas + 1);
    if (claims_.was_refused(record.header.sequence)) {
        const auto asked = l1_.call(call.to, call.data);
        if (!asked) return claims_.note_refusal(record.header.sequence, l1_height, asked.error().message);
    }
    const auto hash = wallet_.send(call);
    if (!hash)
        return std::unexpected{fmt::format("claim of batch {}: {}", record.header.sequence, hash.error().message)};
    claims_.add(record.header.sequence, *hash, l1_height);
    return {};
}

}  // namespace enshrine::rollup_node
