// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/network/messages.hpp>
#include <enshrine/store/shard_store.hpp>

#include <atomic>
#include <memory>
#include <variant>

/// What a storage node does for others, whatever carries the messages. Rules: docs/spec/data_availability.md
/// [DA-NET.*].
namespace enshrine::network {

template <class T>
using ServiceResult = std::expected<T, RefusalMessage>;

/// The committee of an epoch whose uploads are taken, or nullopt.
using CommitteeOf = std::function<std::optional<std::vector<data_availability::CommitteeMember>>(std::uint64_t epoch)>;

struct ShardServiceOptions {
    std::uint64_t chain_id = 0;
    crypto::SecretKey key;  ///< the member's
    CommitteeOf committee_of;
    std::uint64_t unpublished_blocks = 600;  ///< how long rows wait for their publication
    std::uint64_t unpublished_bytes_max = std::uint64_t{16} << 30;
    std::size_t uploads_max = 64;  ///< at once
};

/// Checks everything before it is stored, and signs only what is on disk. Thread-safe.
class ShardService {
public:
    /// The key is a valid one (asserted).
    ShardService(store::ShardStore& store, ShardServiceOptions options);

    /// Where the chain stands: expiries of uploads count from here.
    void set_height(std::uint64_t height) noexcept { height_ = height; }
    [[nodiscard]] std::uint64_t height() const noexcept { return height_; }
    [[nodiscard]] const Address& address() const noexcept { return address_; }
    [[nodiscard]] store::ShardStore& store() noexcept { return store_; }

    [[nodiscard]] PeerInfo info() const;
    [[nodiscard]] ServiceResult<std::optional<MatrixHeader>> header(const Hash32& commitment) const;
    /// Those of the rows that are kept and intact.
    [[nodiscard]] ServiceResult<ProvenRows> rows(const RowsQuery& query) const;
    [[nodiscard]] bool has(const Hash32& commitment) const { return store_.has(commitment); }

    /// An upload that goes on. Destroying it unfinished forgets its rows. The service outlives it. For one thread.
    class Upload {
    public:
        Upload(Upload&&) noexcept;
        Upload& operator=(Upload&&) = delete;
        ~Upload();
        [[nodiscard]] ServiceResult<void> add(const RowsView& rows);
        /// Signs once all rows are on disk.
        [[nodiscard]] ServiceResult<MemberSignature> finish();
        [[nodiscard]] const data_availability::Shape& shape() const noexcept;

    private:
        friend class ShardService;
        struct State;
        explicit Upload(std::unique_ptr<State> state) noexcept;
        std::unique_ptr<State> state_;
    };
    /// A signature at once when all of the node's rows are here already.
    [[nodiscard]] ServiceResult<std::variant<Upload, MemberSignature>> begin_upload(const UploadBegin& begin);

private:
    struct Assignment {
        data_availability::Shape shape;
        std::vector<std::uint32_t> rows;  ///< ascending
    };
    [[nodiscard]] ServiceResult<Assignment> assignment_of(const UploadBegin& begin) const;
    [[nodiscard]] ServiceResult<MemberSignature> sign(const data_availability::Publication& publication) const;
    /// Whether all of these rows are stored and not known to be damaged.
    [[nodiscard]] bool keeps(const Hash32& commitment, std::span<const std::uint32_t> rows) const;

    store::ShardStore& store_;
    ShardServiceOptions options_;
    Address address_;
    std::atomic<std::uint64_t> height_{0};
    std::atomic<std::size_t> uploads_{0};
};

}  // namespace enshrine::network
