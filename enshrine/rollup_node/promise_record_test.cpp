// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rollup_node/txn_queue_for_test.hpp>

namespace enshrine::rollup_node::test {
namespace {

TEST(PromiseRecord, RoundTripAndNothingElse) {
    const PromiseRecord record{
        .promise = {.transaction_hash = Hash32{{1, 2}}, .rollup = rollup, .sequence = 3, .position = 4, .deadline = 5},
        .accepted_ms = 6};
    const Bytes encoded = encode_promise_record(record);
    EXPECT_EQ(decode_promise_record(encoded, rollup), record);
    for (std::size_t size = 0; size < encoded.size(); ++size) {
        EXPECT_EQ(decode_promise_record(BytesView{encoded}.first(size), rollup), std::nullopt);
    }
    Bytes longer = encoded;
    longer.push_back(0);
    EXPECT_EQ(decode_promise_record(longer, rollup), std::nullopt);
    EXPECT_EQ(decode_promise_record(sign(payment(0), 1), rollup), std::nullopt);
}

}  // namespace
}  // namespace enshrine::rollup_node::test
