// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/result.hpp>
#include <enshrine/crypto/secp256k1.hpp>

/// The promise of a sequencer to one transaction: level P0. Rules: docs/spec/rollup.md [ORDER.*].
namespace enshrine::sequencing {

enum class OrderReceiptError : std::uint16_t { bad_version = 1, wrong_signer };
const ErrorDomain& error_domain(OrderReceiptError) noexcept;

/// "This transaction stands at `position` of the payload of batch `sequence`, registered at L1 height `deadline` at the
/// latest."
struct OrderPromise {
    Hash32 transaction_hash;
    std::uint64_t rollup = 0;
    std::uint64_t sequence = 0;
    std::uint64_t position = 0;  ///< in the payload, from 0
    std::uint64_t deadline = 0;  ///< L1 height
    [[nodiscard]] friend bool operator==(const OrderPromise&, const OrderPromise&) noexcept = default;
};
struct OrderReceipt {
    OrderPromise promise;
    crypto::Signature signature;
};

/// SHA-256("enshrine.receipt.v1" ‖ the promise): what the sequencer signs [ORDER.1].
[[nodiscard]] Hash32 receipt_digest(const OrderPromise& promise);
[[nodiscard]] Bytes encode_order_receipt(const OrderReceipt& receipt);
/// Errors: OrderReceiptError::bad_version, crypto::SignatureBytesError, codec::BinaryError.
[[nodiscard]] Result<OrderReceipt> decode_order_receipt(BytesView bytes) noexcept;
/// Errors: wrong_signer, crypto::SignatureError.
[[nodiscard]] Result<void> verify_order_receipt(const OrderReceipt& receipt, const Address& sequencer);

/// Host only.
[[nodiscard]] Result<OrderReceipt> make_order_receipt(const OrderPromise& promise, const crypto::SecretKey& sequencer);

}  // namespace enshrine::sequencing
