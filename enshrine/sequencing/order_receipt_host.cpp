// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/sequencing/order_receipt.hpp>

namespace enshrine::sequencing {

Result<OrderReceipt> make_order_receipt(const OrderPromise& promise, const crypto::SecretKey& sequencer) {
    OrderReceipt out;
    out.promise = promise;
    ENSHRINE_TRY(out.signature, crypto::sign(receipt_digest(promise), sequencer));
    return out;
}

}  // namespace enshrine::sequencing
