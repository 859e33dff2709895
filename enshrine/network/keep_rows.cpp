// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/network/keep_rows.hpp>
#include <enshrine/network/local_peer.hpp>

#include <algorithm>

namespace enshrine::network {
namespace {

using data_availability::CommitteeMember;
using data_availability::Matrix;
using data_availability::Publication;

constexpr std::size_t rows_at_once = 128;

/// Rows that are not there, or known to be damaged: reading finds damage, this does not read them. All of them when the
/// header is damaged, without which rows prove nothing.
store::StoreResult<std::vector<std::uint32_t>> missing_rows(const store::ShardStore& store, const Hash32& commitment,
                                                            std::span<const std::uint32_t> assigned) {
    if (!store.header(commitment)) return std::vector<std::uint32_t>(assigned.begin(), assigned.end());
    ENSHRINE_TRY(auto intact, store.indices(commitment));
    for (const store::DamagedRows& damaged : store.damaged()) {
        if (damaged.commitment != commitment) continue;
        std::erase_if(intact, [&](std::uint32_t row) { return std::ranges::binary_search(damaged.indices, row); });
    }
    std::vector<std::uint32_t> out;
    std::ranges::set_difference(assigned, intact, std::back_inserter(out));
    return out;
}

/// Stores rows of the matrix: as a repair of what is there, or as a session of its own.
store::StoreResult<void> store_rows(store::ShardStore& store, const Matrix& matrix, const Publication& publication,
                                    std::span<const std::uint32_t> rows, std::uint64_t expires_at) {
    std::optional<store::ShardStore::Session> session;
    if (!store.header(publication.commitment)) store.forget(publication.commitment);
    if (!store.has(publication.commitment)) {
        ENSHRINE_TRY(session, store.begin({.publication = publication,
                                           .shape = matrix.shape(),
                                           .row_root = matrix.row_root(),
                                           .combinations = to_bytes(matrix.combinations())}));
    }
    for (std::size_t i = 0; i < rows.size(); i += rows_at_once) {
        const auto part = rows.subspan(i, std::min(rows_at_once, rows.size() - i));
        std::vector<data_availability::RowProof> proofs;
        for (const std::uint32_t row : part) proofs.push_back(matrix.prove(row));
        std::vector<store::ShardRow> stored;
        for (const auto& proof : proofs) {
            stored.push_back({.index = proof.index, .row = proof.row, .siblings = proof.siblings});
        }
        auto kept = session ? store.append(*session, stored) : store.repair(publication.commitment, stored);
        if (!kept) {
            if (session) store.abandon(*session);
            return kept;
        }
    }
    return session ? store.commit(*session, expires_at) : store::StoreResult<void>{};
}

}  // namespace

std::expected<KeptRows, std::string> keep_rows(ShardService& service, const Publication& publication,
                                               std::span<const CommitteeMember> committee, std::uint64_t expires_at,
                                               const RetrieveOptions& options) {
    const auto member = std::ranges::find(committee, service.address(), &CommitteeMember::address);
    if (member == committee.end()) return KeptRows{};
    std::vector<std::uint64_t> sizes;
    for (const auto& blob : publication.blobs) sizes.push_back(blob.size);
    const auto layout = data_availability::layout_of(sizes);
    if (!layout) return std::unexpected{std::string{layout.error().message()}};
    auto assigned = data_availability::assigned_rows(layout->shape, publication.commitment, committee,
                                                     static_cast<std::size_t>(member - committee.begin()));
    std::ranges::sort(assigned);
    store::ShardStore& store = service.store();
    const auto missing = missing_rows(store, publication.commitment, assigned);
    if (!missing) return std::unexpected{missing.error().text()};
    KeptRows out{.assigned = assigned.size(), .missing = missing->size()};
    if (!missing->empty()) {
        RetrieveOptions with_own = options;
        with_own.connect = connect_locally(service, options.connect);
        with_own.verify_encoding = true;
        const auto retrieved = retrieve(publication.commitment, sizes, committee, with_own);
        if (!retrieved) return std::unexpected{retrieved.error().text};
        auto stored = store_rows(store, *retrieved->matrix, publication, *missing, expires_at);
        if (!stored) return std::unexpected{stored.error().text()};
        out.repaired = missing->size();
    }
    store.settle_damage(publication.commitment);
    if (auto confirmed = store.confirm(publication.commitment, expires_at); !confirmed) {
        return std::unexpected{confirmed.error().text()};
    }
    return out;
}

std::vector<PeerReport> reseed(std::shared_ptr<const Matrix> matrix, const Publication& publication,
                               std::uint64_t chain_id, std::span<const CommitteeMember> committee,
                               const DistributeOptions& options) {
    auto distribution = distribute(std::move(matrix), publication, chain_id, committee, options);
    if (!distribution) return std::move(distribution.error().members);
    return std::move(distribution->finish().members);
}

}  // namespace enshrine::network
