// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/committee_state.hpp>
#include <enshrine/data_availability/row_proof.hpp>
#include <enshrine/node/row_sampling.hpp>

#include <algorithm>
#include <set>

namespace enshrine::node {

namespace da = data_availability;

namespace {

struct Holders {
    da::Shape shape;
    std::vector<da::CommitteeMember> committee;
};
Holders holders_of(const ChainApplication& application, const da::PublicationRecord& publication) {
    const auto layout = da::layout_of(da::sizes_of(publication.blobs));
    auto committee = da::load_committee(*application.head()->view, publication.epoch);
    ENSHRINE_ASSERT(layout.has_value() && committee.has_value());  // [DA-PUB.2] [DA-CERT.5]
    return {.shape = layout->shape, .committee = *std::move(committee)};
}

/// One matrix whose rows are asked for, member after member.
class RowSampling {
public:
    RowSampling(const da::Shape& shape, const Hash32& commitment, std::span<const std::uint32_t> indices)
        : shape_{shape}, commitment_{commitment}, missing_{indices.begin(), indices.end()} {}

    [[nodiscard]] bool done() const noexcept { return missing_.empty(); }
    void ask(network::ShardPeer& peer, std::span<const std::uint32_t> kept) {
        std::vector<std::uint32_t> wanted;
        std::ranges::copy_if(kept, std::back_inserter(wanted), [&](auto row) { return missing_.contains(row); });
        std::ranges::sort(wanted);
        if (wanted.empty() || !prepare(peer)) return;
        auto rows = peer.rows(commitment_, shape_.row_bytes, wanted);
        if (!rows || rows->indices.empty() || !holds(*rows)) return;
        for (const std::uint32_t index : rows->indices) missing_.erase(index);
        parts_.push_back(*std::move(rows));
    }
    [[nodiscard]] std::optional<SampledRows> finish() && {
        if (!header_) return std::nullopt;
        return SampledRows{.header = *std::move(header_), .parts = std::move(parts_)};
    }

private:
    /// The first member that shows row root and combinations of the commitment makes the verifier.
    bool prepare(network::ShardPeer& peer) {
        if (verifier_) return true;
        auto header = peer.header(commitment_);
        if (!header || !*header) return false;
        auto verifier = da::RowVerifier::make(shape_, commitment_, (*header)->row_root, (*header)->combinations);
        if (!verifier) return false;
        verifier_.emplace(*std::move(verifier));
        header_ = **std::move(header);
        return true;
    }
    bool holds(const network::ProvenRows& rows) const {
        if (rows.rows.size() != rows.indices.size() * shape_.row_bytes) return false;
        std::vector<da::IndexedRow> indexed;
        for (std::size_t i = 0; i < rows.indices.size(); ++i) {
            if (!missing_.contains(rows.indices[i])) return false;
            indexed.push_back({rows.indices[i], BytesView{rows.rows}.subspan(i * shape_.row_bytes, shape_.row_bytes)});
        }
        return verifier_->verify_rows(indexed, rows.siblings).has_value();
    }

    da::Shape shape_;
    Hash32 commitment_;
    std::set<std::uint32_t> missing_;
    std::optional<da::RowVerifier> verifier_;
    std::optional<network::MatrixHeader> header_;
    std::vector<network::ProvenRows> parts_;
};

}  // namespace

std::vector<std::uint32_t> kept_rows(const ChainApplication& application, const Hash32& commitment,
                                     const da::PublicationRecord& publication) {
    const Holders holders = holders_of(application, publication);
    std::set<std::uint32_t> out;
    for (std::size_t i = 0; i < holders.committee.size(); ++i) {
        const auto rows = da::assigned_rows(holders.shape, commitment, holders.committee, i);
        out.insert(rows.begin(), rows.end());
    }
    return {out.begin(), out.end()};
}

rpc::RpcResult<SampledRows> sample_rows(const ChainApplication& application, const network::Connect& connect,
                                        const Hash32& commitment, const da::PublicationRecord& publication,
                                        std::span<const std::uint32_t> indices) {
    const Holders holders = holders_of(application, publication);
    RowSampling sampling{holders.shape, commitment, indices};
    for (std::size_t i = 0; i < holders.committee.size() && !sampling.done(); ++i) {
        const auto peer = connect(holders.committee[i]);
        if (peer) sampling.ask(**peer, da::assigned_rows(holders.shape, commitment, holders.committee, i));
    }
    auto out = std::move(sampling).finish();
    if (out) return *std::move(out);
    return std::unexpected{rpc::RpcError{.code = rpc::resource_not_found,
                                         .message = "no storage node shows what verifies rows of this commitment",
                                         .stable_code = "E-DA-UNAVAILABLE",
                                         .field = "commitment"}};
}

}  // namespace enshrine::node
