// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/binary.hpp>
#include <enshrine/crypto/signature_bytes.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/sequencing/order_receipt.hpp>

namespace enshrine::sequencing {
namespace {

constexpr std::uint8_t receipt_version = 1;
constexpr std::string_view receipt_domain = "enshrine.receipt.v1";

std::string_view message(std::uint16_t code) noexcept {
    switch (OrderReceiptError{code}) {
        case OrderReceiptError::bad_version:
            return "the receipt has another version than 1";
        case OrderReceiptError::wrong_signer:
            return "the receipt is not signed by the rollup's sequencer";
    }
    return "unknown receipt error";
}

void write_promise(codec::BinaryWriter& writer, const OrderPromise& promise) {
    writer.fixed(promise.transaction_hash.view());
    writer.u64(promise.rollup);
    writer.u64(promise.sequence);
    writer.u64(promise.position);
    writer.u64(promise.deadline);
}

}  // namespace

const ErrorDomain& error_domain(OrderReceiptError) noexcept {
    static constexpr ErrorDomain domain{"sequencing.order_receipt", message};
    return domain;
}

Hash32 receipt_digest(const OrderPromise& promise) {
    codec::BinaryWriter writer;
    write_promise(writer, promise);
    return hash::sha256(as_bytes(receipt_domain), writer.bytes());
}

Bytes encode_order_receipt(const OrderReceipt& receipt) {
    codec::BinaryWriter writer;
    writer.u8(receipt_version);
    write_promise(writer, receipt.promise);
    writer.fixed(crypto::encode_signature(receipt.signature).view());
    return writer.take();
}

Result<OrderReceipt> decode_order_receipt(BytesView bytes) noexcept {
    codec::BinaryReader reader{bytes};
    ENSHRINE_TRY(const auto version, reader.u8());
    if (version != receipt_version) return fail(OrderReceiptError::bad_version);
    OrderReceipt out;
    ENSHRINE_TRY(out.promise.transaction_hash, reader.fixed<32>());
    ENSHRINE_TRY(out.promise.rollup, reader.u64());
    ENSHRINE_TRY(out.promise.sequence, reader.u64());
    ENSHRINE_TRY(out.promise.position, reader.u64());
    ENSHRINE_TRY(out.promise.deadline, reader.u64());
    ENSHRINE_TRY(const auto signature, reader.take(crypto::signature_bytes));
    ENSHRINE_TRY(out.signature, crypto::decode_signature(signature));
    ENSHRINE_CHECK(reader.finish());
    return out;
}

Result<void> verify_order_receipt(const OrderReceipt& receipt, const Address& sequencer) {
    ENSHRINE_TRY(const auto signer, crypto::recover_address(receipt_digest(receipt.promise), receipt.signature));
    if (signer != sequencer) return fail(OrderReceiptError::wrong_signer);
    return {};
}

}  // namespace enshrine::sequencing
