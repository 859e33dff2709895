// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/amount.hpp>
#include <enshrine/client/json_rpc_client.hpp>
#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/types/log.hpp>
#include <enshrine/types/transaction.hpp>

#include <optional>
#include <span>
#include <vector>

namespace enshrine::client {

struct BlockSummary {
    std::uint64_t number = 0;
    Hash32 hash;
    std::uint64_t timestamp = 0;
    Hash32 state_root;
    Hash32 message_hub_root;
};
struct TxnReceipt {
    Hash32 hash;
    std::uint64_t block_number = 0;
    Hash32 block_hash;
    bool succeeded = false;
    std::uint64_t gas_used = 0;
    Bytes revert_data;
    std::vector<types::Log> logs;
};
struct RollupStatus {
    std::uint64_t id = 0;
    std::string name;
    Address sequencer;
    Hash32 program_id;
    Hash32 genesis_state_root;
    std::uint64_t last_sequence = 0;      ///< last registered batch
    Hash32 last_batch_hash;
    std::uint64_t inbox_consumed = 0;     ///< by registered batches
    std::uint64_t inbox_count = 0;
    std::uint64_t settled_sequence = 0;
    Hash32 settled_state_root;
    /// What a circuit has room for in a batch, when a proof has to settle it [VALID.3]; none: the bounds of all batches.
    std::optional<std::uint64_t> inbox_max;
    std::optional<std::uint64_t> payload_max;
};
struct InboxMessage {
    std::uint64_t index = 0;
    std::uint64_t l1_height = 0;
    Bytes message;        ///< canonical encoding
    Hash32 rolling_hash;  ///< after this message
};
struct BatchRecord {
    std::uint64_t sequence = 0;
    Bytes header;
    Hash32 hash;
    std::uint64_t l1_height = 0;
    Hash32 l1_txn;
    std::vector<Hash32> versioned_hashes;
    bool payload_void = false;  ///< recorded by voidPayload [DA-BATCH.4]
    bool settled = false;
    Hash32 state_root;   ///< when settled
    Hash32 outbox_root;  ///< when settled
};
struct BlobRecord {
    Bytes blob;
    FixedBytes<48> commitment;
    std::uint64_t height = 0;
};

struct SampledCell {
    std::uint64_t index = 0;
    Bytes cell;  ///< 2,048 bytes
    FixedBytes<48> proof;
};
struct BlobSample {
    FixedBytes<48> commitment;
    std::vector<SampledCell> cells;
};

/// Typed access to an L1 node: what sequencers, verifiers and the CLI need.
class L1Client {
public:
    explicit L1Client(std::unique_ptr<JsonRpcClient> rpc) noexcept : rpc_{std::move(rpc)} {}

    [[nodiscard]] rpc::RpcResult<std::uint64_t> chain_id();
    [[nodiscard]] rpc::RpcResult<std::uint64_t> block_number();
    [[nodiscard]] rpc::RpcResult<std::optional<BlockSummary>> block(std::uint64_t number);
    [[nodiscard]] rpc::RpcResult<Amount> balance(const Address& address);
    [[nodiscard]] rpc::RpcResult<std::uint64_t> pending_nonce(const Address& address);
    [[nodiscard]] rpc::RpcResult<std::uint64_t> confirmed_nonce(const Address& address);  ///< of the latest block
    [[nodiscard]] rpc::RpcResult<Bytes> call(const Address& to, BytesView data);
    [[nodiscard]] rpc::RpcResult<U256> max_priority_fee();
    [[nodiscard]] rpc::RpcResult<U256> base_fee();       ///< of the latest block
    [[nodiscard]] rpc::RpcResult<U256> blob_base_fee();
    struct GasQuery {
        Address from;
        Address to;
        Amount value;
        BytesView data;
    };
    [[nodiscard]] rpc::RpcResult<std::uint64_t> estimate_gas(const GasQuery& query);
    [[nodiscard]] rpc::RpcResult<Hash32> send_raw(BytesView raw);
    [[nodiscard]] rpc::RpcResult<std::optional<TxnReceipt>> receipt(const Hash32& hash);

    [[nodiscard]] rpc::RpcResult<RollupStatus> rollup_status(std::uint64_t rollup);          ///< rollup_status
    [[nodiscard]] rpc::RpcResult<std::vector<std::uint64_t>> rollups();                      ///< rollup_list
    [[nodiscard]] rpc::RpcResult<Bytes> rollup_program(std::uint64_t rollup);                ///< rollup_getProgram
    [[nodiscard]] rpc::RpcResult<Bytes> rollup_genesis(std::uint64_t rollup);                ///< rollup_getGenesis
    /// Messages [first, first + count) of the rollup's inbox, as far as they exist.
    [[nodiscard]] rpc::RpcResult<std::vector<InboxMessage>> inbox(std::uint64_t rollup, std::uint64_t first,
                                                                  std::uint64_t count);      ///< msg_getInbox
    [[nodiscard]] rpc::RpcResult<std::optional<BatchRecord>> batch(std::uint64_t rollup, std::uint64_t sequence);  ///< rollup_getBatch
    [[nodiscard]] rpc::RpcResult<std::optional<BlobRecord>> blob(const Hash32& versioned_hash);  ///< da_getBlob
    [[nodiscard]] rpc::RpcResult<BlobSample> sample(const Hash32& versioned_hash,
                                                    std::span<const std::uint64_t> cells);     ///< da_sample

private:
    std::unique_ptr<JsonRpcClient> rpc_;
};

}  // namespace enshrine::client
