// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/chain_error.hpp>
#include <enshrine/crypto/kzg.hpp>
#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/data_availability/sidecar.hpp>
#include <enshrine/mempool/mempool.hpp>
#include <enshrine/rpc/admission_error.hpp>
#include <enshrine/sequencing/rollup_transaction.hpp>
#include <enshrine/types/blob_sidecar.hpp>
#include <enshrine/types/transaction.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace enshrine::rpc {
namespace {

using chain::ChainError;
using crypto::SignatureError;
using crypto::kzg::KzgError;
using data_availability::BlobError;
using mempool::MempoolError;
using sequencing::DropReason;
using types::SidecarError;
using types::TxnError;

ErrorRow row(const Error& error, std::string_view stable_code, int code, std::string_view field,
             std::string_view words = {}, std::string_view expected = {}) {
    return {.domain = error.domain(),
            .error = error.code(),
            .stable_code = stable_code,
            .code = code,
            .field = field,
            .words = words,
            .expected = expected};
}

// clang-format off
std::vector<ErrorRow> make_rows() {
    return {
        // The encoding of the transaction
        row(TxnError::empty, "E-TXN-EMPTY", invalid_params, "transaction", {}, "a signed transaction, at least one byte"),
        row(TxnError::over_size, "E-TXN-OVER-SIZE", invalid_params, "transaction", {}, "at most 4194304 bytes"),
        row(TxnError::unknown_type, "E-TXN-UNKNOWN-TYPE", invalid_params, "type", "transaction type not valid", "0x01, 0x02, 0x03, or a list, which is a legacy transaction"),
        row(TxnError::malformed_envelope, "E-TXN-MALFORMED-ENVELOPE", invalid_params, "transaction", {}, "one list in canonical RLP behind the type"),
        row(TxnError::trailing_bytes, "E-TXN-TRAILING-BYTES", invalid_params, "transaction", {}, "nothing behind the list"),
        row(TxnError::missing_field, "E-TXN-MISSING-FIELD", invalid_params, "transaction", {}, "all fields of the type"),
        row(TxnError::extra_field, "E-TXN-EXTRA-FIELD", invalid_params, "transaction", {}, "the fields of the type and no more"),
        row(TxnError::chain_id_malformed, "E-TXN-CHAIN-ID-MALFORMED", invalid_params, "chainId"),
        row(TxnError::chain_id_too_large, "E-TXN-CHAIN-ID-TOO-LARGE", invalid_params, "chainId"),
        row(TxnError::nonce_malformed, "E-TXN-NONCE-MALFORMED", invalid_params, "nonce"),
        row(TxnError::nonce_too_large, "E-TXN-NONCE-TOO-LARGE", invalid_params, "nonce", "nonce has max value"),
        row(TxnError::gas_price_malformed, "E-TXN-GAS-PRICE-MALFORMED", invalid_params, "gasPrice"),
        row(TxnError::gas_price_too_large, "E-TXN-GAS-PRICE-TOO-LARGE", invalid_params, "gasPrice"),
        row(TxnError::max_priority_fee_per_gas_malformed, "E-TXN-MAX-PRIORITY-FEE-PER-GAS-MALFORMED", invalid_params, "maxPriorityFeePerGas"),
        row(TxnError::max_priority_fee_per_gas_too_large, "E-TXN-MAX-PRIORITY-FEE-PER-GAS-TOO-LARGE", invalid_params, "maxPriorityFeePerGas", "max priority fee per gas higher than 2^256-1"),
        row(TxnError::max_fee_per_gas_malformed, "E-TXN-MAX-FEE-PER-GAS-MALFORMED", invalid_params, "maxFeePerGas"),
        row(TxnError::max_fee_per_gas_too_large, "E-TXN-MAX-FEE-PER-GAS-TOO-LARGE", invalid_params, "maxFeePerGas", "max fee per gas higher than 2^256-1"),
        row(TxnError::gas_limit_malformed, "E-TXN-GAS-LIMIT-MALFORMED", invalid_params, "gas"),
        row(TxnError::gas_limit_too_large, "E-TXN-GAS-LIMIT-TOO-LARGE", invalid_params, "gas"),
        row(TxnError::to_malformed, "E-TXN-TO-MALFORMED", invalid_params, "to"),
        row(TxnError::to_wrong_size, "E-TXN-TO-WRONG-SIZE", invalid_params, "to"),
        row(TxnError::value_malformed, "E-TXN-VALUE-MALFORMED", invalid_params, "value"),
        row(TxnError::value_too_large, "E-TXN-VALUE-TOO-LARGE", invalid_params, "value"),
        row(TxnError::data_malformed, "E-TXN-DATA-MALFORMED", invalid_params, "input"),
        row(TxnError::access_list_malformed, "E-TXN-ACCESS-LIST-MALFORMED", invalid_params, "accessList"),
        row(TxnError::access_list_over_bound, "E-TXN-ACCESS-LIST-OVER-BOUND", invalid_params, "accessList"),
        row(TxnError::max_fee_per_blob_gas_malformed, "E-TXN-MAX-FEE-PER-BLOB-GAS-MALFORMED", invalid_params, "maxFeePerBlobGas"),
        row(TxnError::max_fee_per_blob_gas_too_large, "E-TXN-MAX-FEE-PER-BLOB-GAS-TOO-LARGE", invalid_params, "maxFeePerBlobGas"),
        row(TxnError::blob_hashes_malformed, "E-TXN-BLOB-HASHES-MALFORMED", invalid_params, "blobVersionedHashes"),
        row(TxnError::blob_hashes_empty, "E-TXN-BLOB-HASHES-EMPTY", invalid_params, "blobVersionedHashes"),
        row(TxnError::blob_hashes_over_bound, "E-TXN-BLOB-HASHES-OVER-BOUND", invalid_params, "blobVersionedHashes"),
        row(TxnError::blob_hash_version, "E-TXN-BLOB-HASH-VERSION", invalid_params, "blobVersionedHashes"),
        row(TxnError::blob_txn_to_empty, "E-TXN-BLOB-TXN-TO-EMPTY", invalid_params, "to"),
        row(TxnError::v_malformed, "E-TXN-V-MALFORMED", invalid_params, "v"),
        row(TxnError::v_out_of_range, "E-TXN-V-OUT-OF-RANGE", invalid_params, "v", {}, "0 or 1; for legacy transactions 35 or 36 plus twice the chain id"),
        row(TxnError::r_malformed, "E-TXN-R-MALFORMED", invalid_params, "r"),
        row(TxnError::r_out_of_range, "E-TXN-R-OUT-OF-RANGE", invalid_params, "r", {}, "1 to the order of secp256k1 less one"),
        row(TxnError::s_malformed, "E-TXN-S-MALFORMED", invalid_params, "s"),
        row(TxnError::s_out_of_range, "E-TXN-S-OUT-OF-RANGE", invalid_params, "s", {}, "1 to half the order of secp256k1"),
        row(TxnError::s_too_high, "E-TXN-S-TOO-HIGH", invalid_params, "s", {}, "1 to half the order of secp256k1"),
        // Its sidecar, as a form and as cryptography
        row(SidecarError::over_size, "E-SIDECAR-OVER-SIZE", invalid_params, "transaction"),
        row(SidecarError::malformed_wrapper, "E-SIDECAR-MALFORMED-WRAPPER", invalid_params, "transaction"),
        row(SidecarError::unknown_version, "E-SIDECAR-UNKNOWN-VERSION", invalid_params, "sidecar.version"),
        row(SidecarError::blob_wrong_size, "E-SIDECAR-BLOB-WRONG-SIZE", invalid_params, "sidecar.blobs"),
        row(SidecarError::commitment_wrong_size, "E-SIDECAR-COMMITMENT-WRONG-SIZE", invalid_params, "sidecar.commitments"),
        row(SidecarError::proof_wrong_size, "E-SIDECAR-PROOF-WRONG-SIZE", invalid_params, "sidecar.proofs"),
        row(SidecarError::blob_count_mismatch, "E-SIDECAR-BLOB-COUNT-MISMATCH", invalid_params, "sidecar.blobs"),
        row(SidecarError::commitment_count_mismatch, "E-SIDECAR-COMMITMENT-COUNT-MISMATCH", invalid_params, "sidecar.commitments"),
        row(SidecarError::proof_count_mismatch, "E-SIDECAR-PROOF-COUNT-MISMATCH", invalid_params, "sidecar.proofs"),
        row(BlobError::no_blobs, "E-SIDECAR-NO-BLOBS", invalid_params, "blobVersionedHashes"),
        row(BlobError::blob_count_mismatch, "E-SIDECAR-BLOB-COUNT-MISMATCH", invalid_params, "sidecar.blobs"),
        row(BlobError::commitment_count_mismatch, "E-SIDECAR-COMMITMENT-COUNT-MISMATCH", invalid_params, "sidecar.commitments"),
        row(BlobError::proof_count_mismatch, "E-SIDECAR-PROOF-COUNT-MISMATCH", invalid_params, "sidecar.proofs"),
        row(BlobError::versioned_hash_mismatch, "E-SIDECAR-VERSIONED-HASH-MISMATCH", invalid_params, "blobVersionedHashes"),
        row(KzgError::bad_blob, "E-KZG-BAD-BLOB", invalid_params, "sidecar.blobs"),
        row(KzgError::bad_point, "E-KZG-BAD-POINT", invalid_params, "sidecar.commitments"),
        row(KzgError::bad_proof, "E-KZG-BAD-PROOF", invalid_params, "sidecar.proofs"),
        row(KzgError::wrong_size, "E-KZG-WRONG-SIZE", invalid_params, "sidecar.blobs"),
        row(KzgError::index_out_of_range, "E-KZG-INDEX-OUT-OF-RANGE", invalid_params, "sidecar.proofs"),
        row(KzgError::too_few_cells, "E-KZG-TOO-FEW-CELLS", invalid_params, "sidecar.blobs"),
        row(KzgError::bad_field_element, "E-KZG-BAD-FIELD-ELEMENT", invalid_params, "sidecar.blobs"),
        row(KzgError::indices_not_ascending, "E-KZG-INDICES-NOT-ASCENDING", invalid_params, "sidecar.proofs"),
        // Who signed it
        row(SignatureError::r_or_s_out_of_range, "E-SIGNATURE-R-OR-S-OUT-OF-RANGE", invalid_params, "signature"),
        row(SignatureError::high_s, "E-SIGNATURE-HIGH-S", invalid_params, "s"),
        row(SignatureError::bad_recovery_id, "E-SIGNATURE-BAD-RECOVERY-ID", invalid_params, "v"),
        row(SignatureError::not_recoverable, "E-SIGNATURE-NOT-RECOVERABLE", invalid_params, "signature", "invalid sender: no key has made this signature"),
        row(SignatureError::bad_secret_key, "E-SIGNATURE-BAD-SECRET-KEY", server_error, ""),
        // The rules of the chain
        row(ChainError::unprotected_transaction, "E-TXN-UNPROTECTED-TRANSACTION", transaction_rejected, "chainId", "only replay-protected (EIP-155) transactions are allowed"),
        row(ChainError::wrong_chain_id, "E-TXN-WRONG-CHAIN-ID", transaction_rejected, "chainId", "invalid chain id for signer"),
        row(ChainError::contract_creation, "E-TXN-CONTRACT-CREATION", transaction_rejected, "to", {}, "an address: there are no contracts to create"),
        row(ChainError::intrinsic_gas_too_low, "E-TXN-INTRINSIC-GAS-TOO-LOW", transaction_rejected, "gas", "intrinsic gas too low"),
        row(ChainError::priority_fee_above_max_fee, "E-TXN-PRIORITY-FEE-ABOVE-MAX-FEE", transaction_rejected, "maxPriorityFeePerGas", "max priority fee per gas higher than max fee per gas"),
        row(ChainError::nonce_too_low, "E-TXN-NONCE-TOO-LOW", transaction_rejected, "nonce", "nonce too low"),
        row(ChainError::nonce_too_high, "E-TXN-NONCE-TOO-HIGH", transaction_rejected, "nonce", "nonce too high"),
        row(ChainError::gas_limit_above_block, "E-TXN-GAS-LIMIT-ABOVE-BLOCK", transaction_rejected, "gas", "intrinsic gas too high: exceeds block gas limit"),
        row(ChainError::max_fee_below_base_fee, "E-TXN-MAX-FEE-BELOW-BASE-FEE", transaction_rejected, "maxFeePerGas", "max fee per gas less than block base fee"),
        row(ChainError::max_blob_fee_below_blob_base_fee, "E-TXN-MAX-BLOB-FEE-BELOW-BLOB-BASE-FEE", transaction_rejected, "maxFeePerBlobGas", "max fee per blob gas less than block blob gas fee"),
        row(ChainError::insufficient_funds, "E-TXN-INSUFFICIENT-FUNDS", transaction_rejected, "value", "insufficient funds for gas * price + value"),
        row(ChainError::blob_records_mismatch, "E-TXN-BLOB-RECORDS-MISMATCH", transaction_rejected, "blobVersionedHashes"),
        row(ChainError::block_gas_exhausted, "E-TXN-BLOCK-GAS-EXHAUSTED", limit_exceeded, ""),
        row(ChainError::block_blobs_exhausted, "E-TXN-BLOCK-BLOBS-EXHAUSTED", limit_exceeded, ""),
        row(ChainError::block_verification_exhausted, "E-TXN-BLOCK-VERIFICATION-EXHAUSTED", limit_exceeded, ""),
        row(ChainError::block_transactions_exhausted, "E-TXN-BLOCK-TRANSACTIONS-EXHAUSTED", limit_exceeded, ""),
        row(ChainError::block_bytes_exhausted, "E-TXN-BLOCK-BYTES-EXHAUSTED", limit_exceeded, ""),
        // The rules of a rollup
        row(DropReason::no_chain_id, "E-TXN-UNPROTECTED-TRANSACTION", transaction_rejected, "chainId", "only replay-protected (EIP-155) transactions are allowed"),
        row(DropReason::wrong_chain_id, "E-TXN-WRONG-CHAIN-ID", transaction_rejected, "chainId", "invalid chain id for signer"),
        row(DropReason::blob_transaction, "E-TXN-BLOB-TRANSACTION", transaction_rejected, "type"),
        row(DropReason::contract_creation, "E-TXN-CONTRACT-CREATION", transaction_rejected, "to", {}, "an address: a rollup has one program"),
        row(DropReason::gas_below_intrinsic, "E-TXN-INTRINSIC-GAS-TOO-LOW", transaction_rejected, "gas", "intrinsic gas too low"),
        row(DropReason::gas_above_transaction_max, "E-TXN-GAS-LIMIT-ABOVE-TRANSACTION", transaction_rejected, "gas"),
        row(DropReason::gas_above_batch_rest, "E-TXN-GAS-LIMIT-ABOVE-BATCH", transaction_rejected, "gas"),
        row(DropReason::tip_above_fee_cap, "E-TXN-PRIORITY-FEE-ABOVE-MAX-FEE", transaction_rejected, "maxPriorityFeePerGas", "max priority fee per gas higher than max fee per gas"),
        row(DropReason::fee_cap_below_base_fee, "E-TXN-MAX-FEE-BELOW-BASE-FEE", transaction_rejected, "maxFeePerGas", "max fee per gas less than block base fee"),
        row(DropReason::nonce_too_low, "E-TXN-NONCE-TOO-LOW", transaction_rejected, "nonce", "nonce too low"),
        row(DropReason::nonce_too_high, "E-TXN-NONCE-TOO-HIGH", transaction_rejected, "nonce", "nonce too high"),
        row(DropReason::insufficient_funds, "E-TXN-INSUFFICIENT-FUNDS", transaction_rejected, "value", "insufficient funds for gas * price + value"),
        // The mempool of the L1 and the queue of a sequencer
        row(MempoolError::already_known, "E-TXN-ALREADY-KNOWN", transaction_rejected, "", "already known"),
        row(MempoolError::nonce_too_low, "E-TXN-NONCE-TOO-LOW", transaction_rejected, "nonce", "nonce too low"),
        row(MempoolError::nonce_gap_too_large, "E-TXN-NONCE-GAP-TOO-LARGE", transaction_rejected, "nonce", "nonce too high"),
        row(MempoolError::replacement_underpriced, "E-TXN-REPLACEMENT-UNDERPRICED", transaction_rejected, "maxFeePerGas", "replacement transaction underpriced"),
        row(MempoolError::sender_limit, "E-TXN-SENDER-LIMIT", limit_exceeded, "from"),
        row(MempoolError::pool_full, "E-TXN-POOL-FULL", limit_exceeded, "", "txpool is full"),
        row(MempoolError::insufficient_funds, "E-TXN-INSUFFICIENT-FUNDS", transaction_rejected, "value", "insufficient funds for gas * price + value"),
        row(MempoolError::fee_below_minimum, "E-TXN-FEE-BELOW-MINIMUM", transaction_rejected, "maxFeePerGas", "transaction underpriced"),
        row(MempoolError::nonce_ordered, "E-TXN-NONCE-ORDERED", transaction_rejected, "nonce"),
        row(MempoolError::batch_overfull, "E-TXN-BATCH-OVERFULL", transaction_rejected, "transaction"),
    };
}
// clang-format on

/// What follows the words in the message: "next nonce 5, tx nonce 3" is what clients show and look for.
std::string detail(std::string_view field, std::string_view expected, std::string_view got) {
    if (expected.empty() && got.empty()) return {};
    if (field == "nonce") return fmt::format(": next nonce {}, tx nonce {}", expected, got);
    if (expected.empty()) return fmt::format(": got {}", got);
    if (got.empty()) return fmt::format(": expected {}", expected);
    return fmt::format(": expected {}, got {}", expected, got);
}

std::string fallback_code(const Error& error) {
    std::string domain{error.domain()};
    std::ranges::transform(domain, domain.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c == '_' || c == ' ' ? '-' : c;
    });
    return fmt::format("E-{}-{}", domain, error.code());
}

}  // namespace

std::span<const ErrorRow> admission_errors() noexcept {
    static const std::vector<ErrorRow> rows = make_rows();
    return rows;
}

RpcError from_error(const Error& error, std::string_view field, std::string_view expected, std::string_view got) {
    const auto rows = admission_errors();
    const auto found = std::ranges::find_if(
        rows, [&](const ErrorRow& row) { return row.domain == error.domain() && row.error == error.code(); });
    const bool listed = found != rows.end();
    const std::string_view shown_field = !field.empty() || !listed ? field : found->field;
    const std::string_view words = listed && !found->words.empty() ? found->words : error.message();
    if (expected.empty() && listed) expected = found->expected;
    return {.code = listed ? found->code : server_error,
            .message = fmt::format("{}{}", words, detail(shown_field, expected, got)),
            .stable_code = listed ? std::string{found->stable_code} : fallback_code(error),
            .field = std::string{shown_field},
            .expected = std::string{expected},
            .got = std::string{got}};
}

}  // namespace enshrine::rpc
