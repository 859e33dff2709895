// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/algebra/gf16_combination.hpp>
#include <enshrine/data_availability/commitment.hpp>
#include <enshrine/data_availability/row_tree.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/network/local_peer.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace enshrine::network {

namespace da = data_availability;

inline constexpr std::uint64_t test_chain = 1337;

inline Bytes noise(std::size_t size, std::uint64_t seed) {
    std::mt19937_64 random{seed};
    Bytes out(size);
    for (Byte& byte : out) byte = static_cast<Byte>(random());
    return out;
}

/// A published blob of noise and its matrix.
struct TestBlob {
    std::vector<std::uint64_t> sizes;
    Bytes data_rows;
    std::shared_ptr<const da::Matrix> matrix;
    da::Publication publication;

    explicit TestBlob(std::uint64_t size, std::uint64_t seed = 1) : sizes{size} {
        const Bytes blob = noise(size, seed);
        const auto layout = da::layout_of(sizes).value();
        const BytesView view{blob};
        data_rows = da::frame_blobs(layout, {&view, 1});
        matrix = std::make_shared<const da::Matrix>(da::Matrix::encode(layout.shape, data_rows).value());
        publication.commitment = matrix->commitment();
        publication.blobs.push_back({.name_space = {}, .size = size});
    }
    [[nodiscard]] const Hash32& commitment() const noexcept { return publication.commitment; }
    [[nodiscard]] const da::Shape& shape() const noexcept { return matrix->shape(); }
    [[nodiscard]] UploadBegin begin() const {
        return {.chain_id = test_chain,
                .publication = publication,
                .row_root = matrix->row_root(),
                .combinations = to_bytes(matrix->combinations())};
    }
};

/// Rows as a submitter sends them; `storage` keeps their bytes.
template <class Source>
[[nodiscard]] RowsView rows_of(const Source& matrix, std::span<const std::uint32_t> indices, Bytes& storage) {
    storage.clear();
    for (const std::uint32_t index : indices) append(storage, matrix.row(index));
    return {.indices = {indices.begin(), indices.end()},
            .row_bytes = matrix.shape().row_bytes,
            .rows = storage,
            .siblings = matrix.prove_rows(indices)};
}

/// A commitment whose rows are not all a codeword's: every row has its path, and the combinations are those of the data
/// rows as they are.
class ForgedMatrix {
public:
    ForgedMatrix(const da::Shape& shape, std::vector<Bytes> rows)
        : shape_{shape}, rows_{std::move(rows)}, tree_{shape.total_rows()} {
        for (std::uint32_t i = 0; i < shape.total_rows(); ++i) tree_.leaves()[i] = da::leaf_of(rows_[i]);
        tree_.build();
        const Hash32 seed = da::combination_seed(shape, tree_.root());
        for (std::uint32_t i = 0; i < shape.data_rows; ++i) append(combinations_, combine(seed, rows_[i]));
        commitment_ = da::commitment_of(tree_.root(), da::combination_tree(combinations_).root());
    }
    [[nodiscard]] const da::Shape& shape() const noexcept { return shape_; }
    [[nodiscard]] const Hash32& commitment() const noexcept { return commitment_; }
    [[nodiscard]] const Hash32& row_root() const noexcept { return tree_.root(); }
    [[nodiscard]] const Bytes& combinations() const noexcept { return combinations_; }
    [[nodiscard]] BytesView row(std::uint32_t index) const noexcept { return rows_[index]; }
    [[nodiscard]] std::vector<Hash32> prove_rows(std::span<const std::uint32_t> indices) const {
        return tree_.shared_siblings(indices);
    }

private:
    [[nodiscard]] static Bytes combine(const Hash32& seed, BytesView row) {
        algebra::CombinationSum sum;
        for (std::uint32_t i = 0; i < row.size() / 2; ++i) {
            std::array<Byte, 4> number{};
            store_le(number.data(), i);
            const std::size_t at = std::size_t{i} / 32 * 64 + i % 32;
            sum.add(static_cast<algebra::Gf16>(row[at] | row[at + 32] << 8),
                    da::fold_coefficient(hash::sha256(seed.view(), number)));
        }
        const algebra::Combination out = sum.finish();
        return {out.begin(), out.end()};
    }
    da::Shape shape_;
    std::vector<Bytes> rows_;
    da::RowTree tree_;
    Hash32 commitment_;
    Bytes combinations_;
};

/// Storage nodes in this process, in the order of their committee.
class TestNetwork {
public:
    struct Node {
        crypto::SecretKey key;
        std::unique_ptr<store::TempFolder> folder = std::make_unique<store::TempFolder>();
        std::unique_ptr<store::ShardStore> store;
        std::unique_ptr<ShardService> service;
    };

    explicit TestNetwork(std::size_t count, std::vector<std::uint64_t> stakes = {}, ShardServiceOptions base = {}) {
        nodes_.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            nodes_[i].key = crypto::SecretKey::from(hash::sha256(Bytes{static_cast<Byte>(i)}).view());
        }
        std::ranges::sort(nodes_, {}, [](const Node& node) { return crypto::address_of(node.key).value(); });
        for (std::size_t i = 0; i < count; ++i) {
            committee.push_back({.address = crypto::address_of(nodes_[i].key).value(),
                                 .stake = stakes.empty() ? 10 : stakes[i],
                                 .endpoint = "node-" + std::to_string(i) + ":1",
                                 .tls_key_hash = {}});
        }
        base.chain_id = test_chain;
        base.committee_of = [this](std::uint64_t epoch) {
            return epoch == 0 ? std::optional{committee} : std::nullopt;
        };
        options_ = base;
        for (std::size_t i = 0; i < count; ++i) restart(i);
    }
    void restart(std::size_t i) {
        Node& node = nodes_[i];
        node.service.reset();
        node.store.reset();
        node.store = store::ShardStore::open({.path = node.folder->path(), .chain_id = test_chain}).value();
        ShardServiceOptions options = options_;
        options.key = node.key;
        node.service = std::make_unique<ShardService>(*node.store, options);
    }
    [[nodiscard]] Node& node(std::size_t i) noexcept { return nodes_[i]; }
    [[nodiscard]] ShardService& service(std::size_t i) noexcept { return *nodes_[i].service; }
    [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }
    [[nodiscard]] std::size_t index_of(const da::CommitteeMember& member) const {
        return static_cast<std::size_t>(std::ranges::find(committee, member) - committee.begin());
    }
    [[nodiscard]] std::vector<std::uint32_t> assigned(const da::Shape& shape, const Hash32& commitment,
                                                      std::size_t i) const {
        auto rows = da::assigned_rows(shape, commitment, committee, i);
        std::ranges::sort(rows);
        return rows;
    }
    /// Everybody gets its rows.
    void store_everywhere(const TestBlob& blob) {
        for (std::size_t i = 0; i < size(); ++i) {
            LocalPeer peer{service(i)};
            const auto rows = assigned(blob.shape(), blob.commitment(), i);
            const auto signature = peer.upload(
                {.chain_id = test_chain, .publication = blob.publication, .matrix = *blob.matrix, .rows = rows});
            ASSERT_TRUE(signature) << signature.error().text;
        }
    }
    /// The same for a forgery, as far as its rows verify, past the service.
    void store_forgery(const ForgedMatrix& matrix, const da::Publication& publication) {
        for (std::size_t i = 0; i < size(); ++i) {
            const auto session = nodes_[i].store->begin({.publication = publication,
                                                         .shape = matrix.shape(),
                                                         .row_root = matrix.row_root(),
                                                         .combinations = matrix.combinations()});
            ASSERT_TRUE(session);
            for (const std::uint32_t index : assigned(matrix.shape(), matrix.commitment(), i)) {
                const auto siblings = matrix.prove_rows({&index, 1});
                ASSERT_TRUE(nodes_[i].store->append(
                    *session, std::vector<store::ShardRow>{{index, matrix.row(index), siblings}}));
            }
            ASSERT_TRUE(nodes_[i].store->commit(*session, 1000));
        }
    }
    [[nodiscard]] Connect connect() {
        return [this](const da::CommitteeMember& member) -> PeerResult<std::unique_ptr<ShardPeer>> {
            return std::make_unique<LocalPeer>(service(index_of(member)));
        };
    }

    std::vector<da::CommitteeMember> committee;

private:
    ShardServiceOptions options_;
    std::vector<Node> nodes_;
};

/// Rows through a filter: what a node that withholds answers.
class FilteringPeer final : public LocalPeer {
public:
    using Shows = std::function<bool(std::uint32_t row)>;
    FilteringPeer(ShardService& service, Shows shows) : LocalPeer{service}, shows_{std::move(shows)} {}
    PeerResult<ProvenRows> rows(const Hash32& commitment, std::uint32_t row_bytes,
                                std::span<const std::uint32_t> indices) override {
        std::vector<std::uint32_t> shown;
        for (const std::uint32_t index : indices) {
            if (shows_(index)) shown.push_back(index);
        }
        return LocalPeer::rows(commitment, row_bytes, shown);
    }

private:
    Shows shows_;
};

/// Never answers, until somebody gives up on it.
class StallingPeer final : public ShardPeer {
public:
    PeerResult<PeerInfo> info() override { return stall(); }
    PeerResult<MemberSignature> upload(const ShardUpload&) override { return stall(); }
    PeerResult<std::optional<MatrixHeader>> header(const Hash32&) override { return stall(); }
    PeerResult<ProvenRows> rows(const Hash32&, std::uint32_t, std::span<const std::uint32_t>) override {
        return stall();
    }
    PeerResult<bool> has(const Hash32&) override { return stall(); }
    void cancel() noexcept override {
        cancelled_ = true;
        cancelled_.notify_all();
    }

private:
    [[nodiscard]] std::unexpected<PeerFault> stall() {
        cancelled_.wait(false);
        return std::unexpected{PeerFault{.code = PeerError::cancelled, .text = "given up"}};
    }
    std::atomic<bool> cancelled_ = false;
};

}  // namespace enshrine::network
