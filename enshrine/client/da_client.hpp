// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/client/json_rpc_client.hpp>
#include <enshrine/client/publication_proof.hpp>

#include <optional>
#include <span>
#include <vector>

/// The da_* methods of an L1 node: blobs submitted to it, and read from it. What it says is as good as the node; rows,
/// cells and proofs are verified by whoever uses them (network/retrieve.hpp, network/sampler.hpp).
namespace enshrine::client {

enum class DaScheme : std::uint8_t { native, kzg };
/// One blob of a block, of either scheme.
struct DaEntry {
    std::uint64_t height = 0;
    DaScheme scheme = DaScheme::native;
    Hash32 name_space;
    Hash32 commitment;        ///< of the matrix; of an EIP-4844 blob its versioned hash
    std::uint64_t index = 0;  ///< first row in the matrix; among the EIP-4844 blobs of the block
    std::uint64_t size = 0;   ///< bytes
};
struct DaBlob {
    DaEntry entry;
    Bytes data;
};
struct DaSubmission {
    std::uint64_t height = 0;
    Hash32 commitment;
    std::uint64_t index = 0;  ///< first row of the blob in its matrix
    Hash32 txn;
    Bytes certificate;
};
struct NamedBlob {
    Hash32 name_space;
    BytesView data;
};
struct DaNews {
    std::uint64_t height = 0;  ///< up to which this tells everything
    std::vector<DaEntry> entries;
};

/// Not thread-safe, as its connection.
class DaClient {
public:
    explicit DaClient(std::unique_ptr<JsonRpcClient> rpc) noexcept : rpc_{std::move(rpc)} {}

    [[nodiscard]] rpc::RpcResult<std::vector<DaEntry>> publications_at(std::uint64_t height);
    /// The node's own publisher encodes, distributes and publishes; the answer comes when a block has all of it.
    [[nodiscard]] rpc::RpcResult<std::vector<DaSubmission>> submit(std::span<const NamedBlob> blobs);
    struct BlobKey {
        std::uint64_t height = 0;
        Hash32 name_space;
        Hash32 commitment;
        std::optional<std::uint64_t> index;  ///< needed when the matrix carries several blobs of the namespace
    };
    [[nodiscard]] rpc::RpcResult<std::optional<DaBlob>> get(const BlobKey& key);
    [[nodiscard]] rpc::RpcResult<std::vector<DaBlob>> get_all(std::uint64_t height,
                                                              std::span<const Hash32> name_spaces);
    [[nodiscard]] rpc::RpcResult<std::vector<DaBlob>> get_by_commitment(const Hash32& commitment);
    [[nodiscard]] rpc::RpcResult<bool> has(const Hash32& commitment);
    struct ItemKey {
        std::uint64_t height = 0;
        data_availability::AbsentItem item;
        std::optional<std::uint64_t> index;  ///< among leaves with the same commitment
    };
    struct ProofAnswer {
        Hash32 block_hash;
        PublicationProof proof;
    };
    /// That the block has published the item, or that it has not; verify_publication_proof() checks it.
    [[nodiscard]] rpc::RpcResult<ProofAnswer> get_proof(const ItemKey& key);
    /// Blobs of the namespace in blocks behind `height`; waits up to `wait_ms` for the first.
    [[nodiscard]] rpc::RpcResult<DaNews> publications_since(std::uint64_t height, const Hash32& name_space,
                                                            std::uint64_t wait_ms);

private:
    [[nodiscard]] rpc::RpcResult<std::vector<DaBlob>> blobs_of(std::string_view method, const std::string& params);

    std::unique_ptr<JsonRpcClient> rpc_;
};

}  // namespace enshrine::client
