// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/client/data_availability_contract.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/data_availability/data_tree.hpp>
#include <enshrine/data_availability/reconstruct.hpp>
#include <enshrine/network/distribute.hpp>
#include <enshrine/network/retrieve.hpp>
#include <enshrine/network/sampler.hpp>
#include <enshrine/network/shard_client.hpp>
#include <enshrine/rollup_node/published_payload.hpp>
#include <enshrine/rollup_node/shard_network.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace enshrine::rollup_node {
namespace {

using data_availability::CommitteeMember;
using data_availability::MalformationError;
using data_availability::MalformationEvidence;
using data_availability::Matrix;
using data_availability::RowProof;
using data_availability::RowVerifier;
using data_availability::Shape;
using Payload = PayloadNetwork::Payload;

/// Members beyond the quorum get their rows too, but the batch does not wait longer for them.
constexpr std::chrono::milliseconds straggler_timeout{2'000};

std::unexpected<std::string> l1_failure(const rpc::RpcError& error) {
    return std::unexpected{"L1: " + error.message};
}

/// The payload within its data rows; empty when the frame is another [DA-BATCH.2].
Bytes payload_in(std::uint64_t payload_bytes, BytesView data_rows) {
    const auto layout = data_availability::layout_of({&payload_bytes, 1});
    ENSHRINE_ASSERT(layout.has_value());
    const auto blob = data_availability::unframe_blob(*layout, {&payload_bytes, 1}, data_rows, 0);
    return blob ? to_bytes(*blob) : Bytes{};
}

/// Rows with a path each, from whoever has them.
class RowCollector {
public:
    RowCollector(const Shape& shape, const Hash32& commitment, std::span<const CommitteeMember> members)
        : shape_{shape}, commitment_{commitment}, members_{members} {}

    void ask_all(const network::Connect& connect) {
        for (std::size_t member = 0; member < members_.size() && !complete(); ++member) {
            auto peer = connect(members_[member]);
            if (peer) ask(**peer, member);
        }
    }
    [[nodiscard]] bool complete() const {
        return found_.size() >= shape_.data_rows && found_.begin()->first < 2 * shape_.data_rows;
    }
    [[nodiscard]] std::size_t size() const noexcept { return found_.size(); }
    /// The K first ones, when complete.
    [[nodiscard]] MalformationEvidence evidence() && {
        MalformationEvidence out{
            .row_root = verifier_->row_root(), .combinations = to_bytes(verifier_->combinations()), .rows = {}};
        for (auto& [index, proof] : found_) {
            if (out.rows.size() < shape_.data_rows) out.rows.push_back(std::move(proof));
        }
        return out;
    }

private:
    void ask(network::ShardPeer& peer, std::size_t member) {
        if (!verifier_ && !prepare(peer)) return;
        auto indices = data_availability::assigned_rows(shape_, commitment_, members_, member);
        std::ranges::sort(indices);
        for (const std::uint32_t index : indices) {
            if (complete()) return;
            if (found_.contains(index)) continue;
            auto answer = peer.rows(commitment_, shape_.row_bytes, {&index, 1});
            if (!answer) return;
            if (answer->indices.size() != 1 || answer->indices.front() != index) continue;
            RowProof proof{.index = index, .row = std::move(answer->rows), .siblings = std::move(answer->siblings)};
            if (verifier_->verify(proof)) found_.emplace(index, std::move(proof));
        }
    }
    bool prepare(network::ShardPeer& peer) {
        const auto header = peer.header(commitment_);
        if (!header || !*header) return false;
        auto verifier = RowVerifier::make(shape_, commitment_, (*header)->row_root, (*header)->combinations);
        if (!verifier) return false;
        verifier_ = std::make_unique<RowVerifier>(*std::move(verifier));
        return true;
    }

    Shape shape_;
    Hash32 commitment_;
    std::span<const CommitteeMember> members_;
    std::unique_ptr<RowVerifier> verifier_;
    std::map<std::uint32_t, RowProof> found_;
};

/// The payload of a matrix whose parity alone is no codeword's: programs do not see parity.
std::expected<Payload, std::string> payload_from_rows(const Shape& shape, const MalformationEvidence& evidence,
                                                      std::uint64_t payload_bytes) {
    std::vector<data_availability::IndexedRow> rows;
    for (const RowProof& proof : evidence.rows) rows.push_back({.index = proof.index, .row = proof.row});
    const auto data_rows = data_availability::reconstruct(shape, rows);
    if (!data_rows) return std::unexpected{std::string{data_rows.error().message()}};
    return Payload{.bytes = payload_in(payload_bytes, *data_rows),
                   .preimages = data_availability::program_preimages(
                       shape, *data_rows,
                       {.siblings = data_availability::anchor_siblings(shape, evidence.rows.front()),
                        .combination_root = data_availability::combination_root(evidence.combinations)})};
}

}  // namespace

ShardNetwork::ShardNetwork(client::L1Client& l1, std::uint64_t chain_id, network::Connect connect)
    : l1_{l1},
      chain_id_{chain_id},
      connect_{connect ? std::move(connect) : network::connect_over_tls({.chain_id = chain_id})} {}

std::expected<std::vector<CommitteeMember>, std::string> ShardNetwork::holders(const Hash32& commitment) {
    const auto publication = client::publication(l1_, commitment);
    if (!publication) return l1_failure(publication.error());
    if (!*publication) {
        return std::unexpected{fmt::format("matrix {} is not published", codec::format_hex(commitment.view()))};
    }
    auto committee = client::committee_at(l1_, (*publication)->epoch);
    if (!committee) return l1_failure(committee.error());
    if (!*committee) {
        return std::unexpected{fmt::format("L1: no committee of epoch {}, in which matrix {} was published",
                                           (*publication)->epoch, codec::format_hex(commitment.view()))};
    }
    return std::move((*committee)->members);
}

std::expected<Bytes, std::string> ShardNetwork::certify(std::shared_ptr<const Matrix> matrix,
                                                        const data_availability::PublishedBlob& blob) {
    const auto committee = client::committee(l1_);
    if (!committee) return l1_failure(committee.error());
    const data_availability::Publication publication{
        .commitment = matrix->commitment(), .blobs = {blob}, .epoch = committee->epoch};
    auto distribution =
        network::distribute(std::move(matrix), publication, chain_id_, committee->members,
                            {.connect = connect_, .straggler_timeout = straggler_timeout, .progress = {}});
    if (!distribution) return std::unexpected{distribution.error().text};
    return std::move(distribution->finish().certificate);
}

std::expected<Payload, std::string> ShardNetwork::retrieve(const Hash32& commitment, std::uint64_t payload_bytes) {
    const auto members = holders(commitment);
    if (!members) return std::unexpected{members.error()};
    const auto shape = data_availability::shape_of(payload_bytes);
    if (!shape) return std::unexpected{std::string{shape.error().message()}};
    const auto retrieved = network::retrieve(commitment, {&payload_bytes, 1}, *members,
                                             {.connect = connect_, .progress = {}, .parallel = {}});
    if (retrieved) {
        const auto matrix = Matrix::encode(*shape, retrieved->data_rows);
        if (!matrix) return std::unexpected{std::string{matrix.error().message()}};
        return Payload{.bytes = payload_in(payload_bytes, retrieved->data_rows),
                       .preimages = matrix_preimages(*matrix)};
    }
    if (retrieved.error().code != network::RetrieveError::not_a_codeword) {
        return std::unexpected{retrieved.error().text};
    }
    const auto evidence = find_evidence(commitment, payload_bytes);
    if (!evidence) return std::unexpected{evidence.error()};
    const auto malformed = data_availability::verify_malformation(*shape, commitment, *evidence);
    if (malformed) return Payload{.malformed = true};
    if (malformed.error().is(MalformationError::well_formed)) {
        return payload_from_rows(*shape, *evidence, payload_bytes);
    }
    return std::unexpected{std::string{malformed.error().message()}};
}

std::expected<std::uint64_t, std::string> ShardNetwork::sample(const Hash32& commitment, std::uint64_t payload_bytes,
                                                               std::uint64_t rows) {
    if (rows == 0) return 0;
    const auto members = holders(commitment);
    if (!members) return std::unexpected{members.error()};
    const auto report = network::sample(commitment, {&payload_bytes, 1}, *members,
                                        {.connect = connect_,
                                         .rows = static_cast<std::size_t>(rows),
                                         .progress_file = {},
                                         .progress = {},
                                         .random = {}});
    if (!report) return std::unexpected{report.error()};
    if (report->verdict == network::SampleVerdict::available) return report->verified.size();
    return std::unexpected{
        fmt::format("sample of matrix {}: {}", codec::format_hex(commitment.view()), report->reason)};
}

std::expected<MalformationEvidence, std::string> ShardNetwork::find_evidence(const Hash32& commitment,
                                                                             std::uint64_t payload_bytes) {
    const auto members = holders(commitment);
    if (!members) return std::unexpected{members.error()};
    const auto shape = data_availability::shape_of(payload_bytes);
    if (!shape) return std::unexpected{std::string{shape.error().message()}};
    RowCollector collector{*shape, commitment, *members};
    collector.ask_all(connect_);
    if (collector.complete()) return std::move(collector).evidence();
    return std::unexpected{fmt::format("matrix {}: expected {} rows, one of them below {}, got {} rows",
                                       codec::format_hex(commitment.view()), shape->data_rows, 2 * shape->data_rows,
                                       collector.size())};
}

}  // namespace enshrine::rollup_node
