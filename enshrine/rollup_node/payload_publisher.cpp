// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/data_availability_contract.hpp>
#include <enshrine/codec/abi.hpp>
#include <enshrine/data_availability/namespaces.hpp>
#include <enshrine/rollup_node/payload_publisher.hpp>
#include <enshrine/rollup_node/published_payload.hpp>
#include <enshrine/rollup_registry/params.hpp>
#include <enshrine/system/addresses.hpp>

#include <fmt/format.h>

namespace enshrine::rollup_node {
namespace {

using data_availability::Matrix;
using data_availability::PublishedBlob;

constexpr std::uint64_t spare_gas = 100'000;
/// A publication counts while its batch has some blocks left to get registered [DA-BATCH.5].
constexpr std::uint64_t publication_age_usable = rollup_registry::publication_age_blocks_max - 32;

std::unexpected<std::string> l1_failure(const rpc::RpcError& error) {
    return std::unexpected{"L1: " + error.message};
}

Bytes void_calldata(const BatchRecord& record, const data_availability::MalformationEvidence& evidence) {
    codec::abi::Encoder arguments{5};
    arguments.u64(record.header.rollup).u64(record.header.sequence).bytes32(evidence.row_root);
    arguments.bytes(evidence.combinations).bytes(data_availability::encode_row_proofs(evidence.rows));
    return arguments.finish_call(codec::abi::selector(
        "voidPayload(uint64 rollup, uint64 sequence, bytes32 rowRoot, bytes combinations, bytes rows)"));
}

}  // namespace

std::expected<std::optional<std::uint64_t>, std::string> PayloadPublisher::publish(const BatchRecord& record,
                                                                                   std::uint64_t l1_height) {
    const std::uint64_t sequence = record.header.sequence;
    const Hash32& commitment = record.header.references.front();
    const PublishedBlob blob{.name_space = data_availability::namespace_of_rollup(record.header.rollup),
                             .size = record.header.payload_bytes};
    const auto fresh = is_fresh(commitment, blob, l1_height);
    if (!fresh) return std::unexpected{fresh.error()};
    if (*fresh) return std::nullopt;
    // One that was sent long ago and is not fresh has aged, whatever became of it.
    if (l1_height > publication_age_usable) publications_.erase_below(l1_height - publication_age_usable);
    const auto under_way = publications_.is_under_way(sequence, l1_height);
    if (!under_way) return std::unexpected{under_way.error()};
    if (*under_way) return std::nullopt;

    const auto certificate =
        network_.certify(std::make_shared<const Matrix>(make_payload_matrix(record.payload)), blob);
    if (!certificate) return std::unexpected{fmt::format("matrix of batch {}: {}", sequence, certificate.error())};
    auto call = client::publish_call(l1_, {.commitment = commitment, .blobs = {blob}}, *certificate);
    if (!call) return l1_failure(call.error());
    const auto nonce = l1_.pending_nonce(wallet_.address());
    if (!nonce) return l1_failure(nonce.error());
    call->nonce = *nonce;
    const auto txn = send(fmt::format("publication of batch {}", sequence), *std::move(call));
    if (!txn) return std::unexpected{txn.error()};
    publications_.add(sequence, *txn, l1_height);
    return *nonce;
}

std::expected<bool, std::string> PayloadPublisher::is_recorded_void(const BatchRecord& record,
                                                                    std::uint64_t l1_height) {
    const std::uint64_t sequence = record.header.sequence;
    const auto registered = l1_.batch(record.header.rollup, sequence);
    if (!registered) return l1_failure(registered.error());
    if (*registered && (*registered)->payload_void) {
        voids_.erase(sequence);
        return true;
    }
    const auto under_way = voids_.is_under_way(sequence, l1_height);
    if (!under_way) return std::unexpected{under_way.error()};
    if (*under_way) return false;
    const auto evidence = network_.find_evidence(record.header.references.front(), record.header.payload_bytes);
    if (!evidence) return std::unexpected{evidence.error()};
    const auto txn = send(fmt::format("voiding of batch {}", sequence),
                          {.to = system::rollup_registry_address, .data = void_calldata(record, *evidence)});
    if (!txn) return std::unexpected{txn.error()};
    voids_.add(sequence, *txn, l1_height);
    return false;
}

std::expected<bool, std::string> PayloadPublisher::is_fresh(const Hash32& commitment, const PublishedBlob& blob,
                                                            std::uint64_t l1_height) {
    const auto known = client::publication(l1_, commitment);
    if (!known) return l1_failure(known.error());
    return *known && (*known)->height + publication_age_usable >= l1_height && (*known)->blobs == std::vector{blob};
}

std::expected<Hash32, std::string> PayloadPublisher::send(std::string_view what, client::Wallet::Call call) {
    const auto estimate = l1_.estimate_gas({wallet_.address(), call.to, call.value, call.data});
    if (!estimate) return std::unexpected{fmt::format("{}: {}", what, estimate.error().message)};
    call.gas_limit = *estimate + spare_gas;
    auto txn = wallet_.send(call);
    if (!txn) return std::unexpected{fmt::format("{}: {}", what, txn.error().message)};
    return *txn;
}

}  // namespace enshrine::rollup_node
