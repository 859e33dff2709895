// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/types/transaction.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    const BytesView input{data, size};
    const auto txn = types::decode_transaction(input);
    if (!txn) return 0;
    ENSHRINE_ASSERT(equal(types::encode_transaction(*txn), input));
    ENSHRINE_ASSERT(types::transaction_hash(*txn) == types::transaction_hash(input));
    // What decodes has a signature within range, so recovery may only fail because no key fits.
    const auto sender = types::recover_sender(*txn);
    ENSHRINE_ASSERT(sender.has_value() || sender.error().is(crypto::SignatureError::not_recoverable));
    return 0;
}
