// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/result.hpp>
#include <enshrine/base/u256.hpp>
#include <enshrine/types/bloom.hpp>
#include <enshrine/types/log.hpp>
#include <enshrine/types/transaction.hpp>

#include <vector>

namespace enshrine::types {

enum class ReceiptError : std::uint16_t { unknown_txn_type = 1, too_many_topics, too_many_logs };
const ErrorDomain& error_domain(ReceiptError) noexcept;

inline constexpr std::size_t logs_per_receipt_max = 65536;
inline constexpr std::size_t revert_data_bytes_max = 65536;

/// What executing one transaction did, apart from the state.
struct Receipt {
    TxnType txn_type = TxnType::legacy;
    bool status = false;                    ///< false: reverted; no logs, gas paid
    std::uint64_t gas_used = 0;             ///< by this transaction
    std::uint64_t cumulative_gas_used = 0;  ///< by it and those before it in the block
    U256 effective_gas_price;               ///< wei per gas
    std::uint64_t blob_gas_used = 0;
    std::vector<Log> logs;
    Bloom bloom;        ///< bloom_of(logs)
    Bytes revert_data;  ///< ABI-encoded error when status is false
    [[nodiscard]] friend bool operator==(const Receipt&, const Receipt&) noexcept = default;
};

/// Ethereum's form (EIP-2718): type byte ‖ rlp([status, cumulative gas, bloom, logs]). The leaf of the receipts root.
[[nodiscard]] Bytes encode_receipt_rlp(const Receipt& receipt);

/// All fields, for storage and synchronisation. The bloom is left out: decoding computes it from the logs.
[[nodiscard]] Bytes encode_receipt(const Receipt& receipt);
/// Errors: ReceiptError, codec::BinaryError.
[[nodiscard]] Result<Receipt> decode_receipt(BytesView bytes) noexcept;

}  // namespace enshrine::types
