// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/types/receipt.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::types {
namespace {

template <std::size_t N>
FixedBytes<N> fixed(std::string_view text) {
    return codec::parse_hex_fixed<N>(text).value();
}

Receipt sample() {
    Receipt out;
    out.txn_type = TxnType::dynamic_fee;
    out.status = true;
    out.gas_used = 50000;
    out.cumulative_gas_used = 100000;
    out.effective_gas_price = U256{7};
    Log transfer;
    transfer.address = fixed<20>("0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b");
    transfer.topics = {fixed<32>("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"),
                       U256{7}.to_be()};
    transfer.data = {1, 2, 3, 4, 5};
    Log anonymous;
    anonymous.address = fixed<20>("0x095e7baea6a6c7c4c2dfeb977efac326af552d87");
    out.logs = {transfer, anonymous};
    out.bloom = bloom_of(out.logs);
    return out;
}

std::string keccak_text(BytesView bytes) {
    return codec::format_hex(hash::keccak256(bytes).view());
}

// The expected digests come from an encoding of the same receipts by viem's RLP.
TEST(Receipt, RlpAgreesWithViem) {
    EXPECT_EQ(keccak_text(sample().bloom.view()), "0xe9cbab79c2f6895f8803f0d99c8ee30d258c247c0749f33ed3d359519f68ba31");
    EXPECT_EQ(keccak_text(encode_receipt_rlp(sample())),
              "0xc46b319c2de489791d25e9e0a2d1c9bccf0ea1046db22c09ff56dcb8be88a5a2");
    Receipt reverted;
    reverted.cumulative_gas_used = 21000;
    EXPECT_EQ(keccak_text(encode_receipt_rlp(reverted)),
              "0x765343fe6c4478142112dca757c0d8e72421a6b97d38cf475f60c003fd501818");
}

TEST(Receipt, StorageRoundTripRestoresTheBloom) {
    const Bytes encoded = encode_receipt(sample());
    const auto decoded = decode_receipt(encoded);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(*decoded, sample());
    for (std::size_t size = 0; size < encoded.size(); ++size) {
        EXPECT_FALSE(decode_receipt(BytesView{encoded}.first(size)).has_value());
    }
}

TEST(Receipt, BadFieldsAreRefused) {
    const Bytes good = encode_receipt(sample());
    Bytes bad = good;
    bad[0] = 4;
    EXPECT_TRUE(decode_receipt(bad).error().is(ReceiptError::unknown_txn_type));
    bad = good;
    bad[1] = 2;
    EXPECT_TRUE(decode_receipt(bad).error().is(codec::BinaryError::bad_boolean));
    bad = good;
    bad.push_back(0);
    EXPECT_TRUE(decode_receipt(bad).error().is(codec::BinaryError::trailing_bytes));

    constexpr std::size_t log_count_offset = 2 + 8 + 8 + 32 + 8;
    bad = good;
    bad[log_count_offset + 1] = 2;
    EXPECT_TRUE(decode_receipt(bad).error().is(ReceiptError::too_many_logs));
    bad = good;
    bad[log_count_offset + 4 + 20] = 5;
    EXPECT_TRUE(decode_receipt(bad).error().is(ReceiptError::too_many_topics));
}

RC_GTEST_PROP(Receipt, RoundTrip, (bool status, std::uint64_t gas, const Bytes& data, const Bytes& revert_data)) {
    Receipt receipt;
    receipt.txn_type = *rc::gen::element(TxnType::legacy, TxnType::access_list, TxnType::dynamic_fee, TxnType::blob);
    receipt.status = status;
    receipt.gas_used = gas;
    receipt.blob_gas_used = gas / 2;
    receipt.effective_gas_price = U256{gas, 0, gas, 1};
    const auto topics = *rc::gen::inRange<std::size_t>(0, log_topics_max + 1);
    receipt.logs.assign(*rc::gen::inRange<std::size_t>(0, 4),
                        Log{.address = {}, .topics = std::vector<Hash32>(topics, U256{gas}.to_be()), .data = data});
    receipt.bloom = bloom_of(receipt.logs);
    receipt.revert_data = revert_data;
    RC_ASSERT(decode_receipt(encode_receipt(receipt)).value() == receipt);
}

}  // namespace
}  // namespace enshrine::types
