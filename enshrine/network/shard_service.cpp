// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/crypto/signature_bytes.hpp>
#include <enshrine/hash/sha256_lanes.hpp>
#include <enshrine/network/shard_service.hpp>
#include <enshrine/network/shared_siblings.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace enshrine::network {
namespace {

using data_availability::Publication;
using data_availability::RowVerifier;
using data_availability::Shape;

constexpr Byte leaf_prefix = 0x00;

std::unexpected<RefusalMessage> refuse(Refusal code, std::string text) {
    return std::unexpected{RefusalMessage{.code = code, .text = std::move(text)}};
}
std::unexpected<RefusalMessage> refuse_disk(const store::StoreFault& fault) {
    return refuse(Refusal::disk, fault.message);  // without the path, which is nobody's business
}

std::uint32_t depth_of(const Shape& shape) noexcept {
    return static_cast<std::uint32_t>(std::bit_width(shape.total_rows()) - 1);
}

/// All siblings of each row, from those that the verified rows share.
std::vector<Hash32> siblings_of(const Shape& shape, const RowsView& rows) {
    std::vector<const Byte*> pointers;
    pointers.reserve(rows.indices.size());
    for (std::size_t i = 0; i < rows.indices.size(); ++i) pointers.push_back(rows.row(i).data());
    std::vector<Hash32> leaves(pointers.size());
    hash::sha256_rows(leaf_prefix, pointers, shape.row_bytes, leaves.data());
    return spread_siblings(depth_of(shape), rows.indices, leaves, rows.siblings);
}

}  // namespace

ShardService::ShardService(store::ShardStore& store, ShardServiceOptions options)
    : store_{store}, options_{std::move(options)} {
    const auto address = crypto::address_of(options_.key);
    ENSHRINE_ASSERT(address.has_value());
    address_ = *address;
}

PeerInfo ShardService::info() const {
    const auto usage = store_.usage();
    return {.protocol = protocol_version,
            .chain_id = options_.chain_id,
            .address = address_,
            .matrices = usage.matrices,
            .stored_bytes = usage.disk_bytes,
            .damaged_rows = usage.damaged_rows};
}

ServiceResult<std::optional<MatrixHeader>> ShardService::header(const Hash32& commitment) const {
    auto found = store_.header(commitment);
    if (!found) return refuse_disk(found.error());
    if (!*found) return std::nullopt;
    return MatrixHeader{.publication = std::move((*found)->publication),
                        .row_root = (*found)->row_root,
                        .combinations = std::move((*found)->combinations)};
}

ServiceResult<ProvenRows> ShardService::rows(const RowsQuery& query) const {
    const auto summary = store_.summary(query.commitment);
    if (!summary) return ProvenRows{};
    const std::size_t rows_max = rows_per_request(summary->shape.row_bytes);
    if (query.indices.size() > rows_max) {
        return refuse(Refusal::malformed, fmt::format("indices: at most {} rows of {} bytes in one answer, got {}",
                                                      rows_max, summary->shape.row_bytes, query.indices.size()));
    }
    auto found = store_.get_rows(query.commitment, query.indices);
    if (!found) return refuse_disk(found.error());
    if (!*found) return ProvenRows{};
    store::StoredRows& stored = **found;
    auto shared = share_siblings(depth_of(summary->shape), stored.indices, stored.siblings);
    return ProvenRows{
        .indices = std::move(stored.indices), .rows = std::move(stored.rows), .siblings = std::move(shared)};
}

ServiceResult<MemberSignature> ShardService::sign(const Publication& publication) const {
    const auto digest = data_availability::publication_digest(options_.chain_id, publication);
    const auto signature = crypto::sign(digest, options_.key);
    if (!signature) return refuse(Refusal::disk, std::string{signature.error().message()});
    return MemberSignature::from(crypto::encode_signature(*signature).view());
}

bool ShardService::keeps(const Hash32& commitment, std::span<const std::uint32_t> rows) const {
    if (!store_.has(commitment)) return false;
    const auto kept = store_.indices(commitment);
    if (!kept || !std::ranges::includes(*kept, rows)) return false;
    const auto damaged = store_.damaged();
    return std::ranges::none_of(damaged, [&](const auto& some) {
        return some.commitment == commitment && std::ranges::any_of(some.indices, [&](std::uint32_t index) {
                   return std::ranges::binary_search(rows, index);
               });
    });
}

ServiceResult<ShardService::Assignment> ShardService::assignment_of(const UploadBegin& begin) const {
    if (begin.chain_id != options_.chain_id) {
        return refuse(Refusal::wrong_chain,
                      fmt::format("chain id: expected {}, got {}", options_.chain_id, begin.chain_id));
    }
    const Publication& publication = begin.publication;
    const auto committee = options_.committee_of(publication.epoch);
    if (!committee) {
        return refuse(Refusal::unknown_epoch,
                      fmt::format("epoch: no committee of epoch {} takes uploads", publication.epoch));
    }
    const auto member = std::ranges::find(*committee, address_, &data_availability::CommitteeMember::address);
    if (member == committee->end()) {
        return refuse(Refusal::not_a_member,
                      fmt::format("epoch: this node is not in the committee of epoch {}", publication.epoch));
    }
    std::vector<std::uint64_t> sizes;
    for (const auto& blob : publication.blobs) sizes.push_back(blob.size);
    const auto layout = data_availability::layout_of(sizes);
    if (!layout) return refuse(Refusal::bad_sizes, fmt::format("sizes: {}", layout.error().message()));
    const auto position = static_cast<std::size_t>(member - committee->begin());
    Assignment out{
        .shape = layout->shape,
        .rows = data_availability::assigned_rows(layout->shape, publication.commitment, *committee, position)};
    std::ranges::sort(out.rows);
    return out;
}

// Uploads

struct ShardService::Upload::State {
    ShardService& service;
    Publication publication;
    RowVerifier verifier;
    std::vector<std::uint32_t> assigned;
    std::vector<bool> received;  ///< by position in `assigned`
    std::size_t received_count = 0;
    /// Without a session the rows are added to a matrix that is kept already, but not with all of them.
    std::optional<store::ShardStore::Session> session;

    State(ShardService& owner, Publication published, RowVerifier made, std::vector<std::uint32_t> rows)
        : service{owner},
          publication{std::move(published)},
          verifier{std::move(made)},
          assigned{std::move(rows)},
          received(assigned.size()) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (session) service.store_.abandon(*session);
        --service.uploads_;
    }

    [[nodiscard]] ServiceResult<void> claim(std::span<const std::uint32_t> indices);
    [[nodiscard]] store::StoreResult<void> keep(std::span<const store::ShardRow> rows);
};

ShardService::Upload::Upload(std::unique_ptr<State> state) noexcept : state_{std::move(state)} {}
ShardService::Upload::Upload(Upload&&) noexcept = default;
ShardService::Upload::~Upload() = default;

const Shape& ShardService::Upload::shape() const noexcept {
    return state_->verifier.shape();
}

ServiceResult<std::variant<ShardService::Upload, MemberSignature>> ShardService::begin_upload(
    const UploadBegin& begin) {
    auto assignment = assignment_of(begin);
    if (!assignment) return std::unexpected{assignment.error()};
    const Publication& publication = begin.publication;
    const auto kept = store_.summary(publication.commitment);
    if (kept && kept->shape != assignment->shape) {
        return refuse(Refusal::other_matrix,
                      fmt::format("sizes: they give {} rows of {} bytes; the commitment is kept with {} rows of {}",
                                  assignment->shape.data_rows, assignment->shape.row_bytes, kept->shape.data_rows,
                                  kept->shape.row_bytes));
    }
    if (kept && keeps(publication.commitment, assignment->rows)) {
        if (auto extended = store_.extend(publication.commitment, height_ + options_.unpublished_blocks); !extended) {
            return refuse_disk(extended.error());
        }
        auto signature = sign(publication);
        if (!signature) return std::unexpected{signature.error()};
        return *signature;
    }
    const std::uint64_t more = assignment->rows.size() * std::uint64_t{assignment->shape.row_bytes};
    const std::uint64_t used = store_.usage().unconfirmed_bytes;
    if (used + more > options_.unpublished_bytes_max) {
        return refuse(Refusal::storage_full, fmt::format("unpublished uploads hold {} of {} bytes; {} more do not fit",
                                                         used, options_.unpublished_bytes_max, more));
    }
    auto verifier = RowVerifier::make(assignment->shape, publication.commitment, begin.row_root, begin.combinations);
    if (!verifier) return refuse(Refusal::bad_header, std::string{verifier.error().message()});
    if (++uploads_ > options_.uploads_max) {
        --uploads_;
        return refuse(Refusal::too_many_uploads, fmt::format("{} uploads are going on", options_.uploads_max));
    }
    auto state = std::make_unique<Upload::State>(*this, publication, *std::move(verifier), std::move(assignment->rows));
    if (!kept) {
        auto session = store_.begin({.publication = publication,
                                     .shape = assignment->shape,
                                     .row_root = begin.row_root,
                                     .combinations = begin.combinations});
        if (!session) return refuse_disk(session.error());
        state->session = *session;
    }
    return Upload{std::move(state)};
}

ServiceResult<void> ShardService::Upload::State::claim(std::span<const std::uint32_t> indices) {
    for (const std::uint32_t index : indices) {
        const auto it = std::ranges::lower_bound(assigned, index);
        if (it == assigned.end() || *it != index) {
            return refuse(Refusal::unassigned_row, fmt::format("row {} is not this node's to keep", index));
        }
        const auto position = static_cast<std::size_t>(it - assigned.begin());
        if (received[position]) return refuse(Refusal::repeated_row, fmt::format("row {} came twice", index));
        received[position] = true;
    }
    received_count += indices.size();
    return {};
}

store::StoreResult<void> ShardService::Upload::State::keep(std::span<const store::ShardRow> rows) {
    return session ? service.store_.append(*session, rows) : service.store_.repair(publication.commitment, rows);
}

ServiceResult<void> ShardService::Upload::add(const RowsView& rows) {
    State& state = *state_;
    const Shape& shape = state.verifier.shape();
    if (rows.row_bytes != shape.row_bytes) {
        return refuse(Refusal::bad_row, fmt::format("row bytes: expected {}, got {}", shape.row_bytes, rows.row_bytes));
    }
    if (rows.indices.empty()) return refuse(Refusal::malformed, "a message without rows");
    if (auto claimed = state.claim(rows.indices); !claimed) return claimed;
    std::vector<data_availability::IndexedRow> indexed;
    indexed.reserve(rows.indices.size());
    for (std::size_t i = 0; i < rows.indices.size(); ++i) indexed.push_back({rows.indices[i], rows.row(i)});
    if (auto verified = state.verifier.verify_rows(indexed, rows.siblings); !verified) {
        return refuse(Refusal::bad_row, fmt::format("rows {} to {}: {}", rows.indices.front(), rows.indices.back(),
                                                    verified.error().message()));
    }
    const std::vector<Hash32> siblings = siblings_of(shape, rows);
    const std::size_t depth = depth_of(shape);
    std::vector<store::ShardRow> kept;
    kept.reserve(rows.indices.size());
    for (std::size_t i = 0; i < rows.indices.size(); ++i) {
        kept.push_back(
            {.index = rows.indices[i], .row = rows.row(i), .siblings = std::span{siblings}.subspan(i * depth, depth)});
    }
    if (auto stored = state.keep(kept); !stored) return refuse_disk(stored.error());
    return {};
}

ServiceResult<MemberSignature> ShardService::Upload::finish() {
    State& state = *state_;
    if (state.received_count != state.assigned.size()) {
        return refuse(Refusal::incomplete,
                      fmt::format("{} of {} rows came", state.received_count, state.assigned.size()));
    }
    ShardService& service = state.service;
    const std::uint64_t expires_at = service.height_ + service.options_.unpublished_blocks;
    const Hash32& commitment = state.publication.commitment;
    if (state.session) {
        auto committed = service.store_.commit(*std::exchange(state.session, std::nullopt), expires_at);
        if (!committed) return refuse_disk(committed.error());
    } else if (auto extended = service.store_.extend(commitment, expires_at); !extended) {
        return refuse_disk(extended.error());
    }
    // Another upload of the same matrix may have been first, under a committee that gave this node other rows.
    if (!service.keeps(commitment, state.assigned)) {
        return refuse(Refusal::incomplete, "another upload of the matrix came first; repeat this one");
    }
    return service.sign(state.publication);
}

}  // namespace enshrine::network
