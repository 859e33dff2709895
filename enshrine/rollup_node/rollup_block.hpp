// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/rollup_node/batch_record.hpp>
#include <enshrine/rpc/eth_backend.hpp>

#include <optional>

/// How an executed batch looks to Ethereum clients: batch n is block n.
namespace enshrine::rollup_node {

[[nodiscard]] types::BlockHeader block_header_of(const BatchRecord& record);
/// The block before the first batch.
[[nodiscard]] types::BlockHeader genesis_header(const Hash32& state_root);

/// The transaction behind a receipt record; nullopt for messages that carry none and for dropped items.
[[nodiscard]] std::optional<rpc::TxnView> txn_view_of(const BatchRecord& record, const sequencing::ReceiptRecord& receipt);
[[nodiscard]] rpc::BlockView block_view_of(const BatchRecord& record);
/// In block order; one per transaction of block_view_of().
[[nodiscard]] std::vector<rpc::ReceiptView> receipt_views_of(const BatchRecord& record);

}  // namespace enshrine::rollup_node
