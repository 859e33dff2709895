// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/hex.hpp>
#include <enshrine/codec/rlp.hpp>
#include <enshrine/types/transaction.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::types {
namespace {

using codec::rlp::Writer;

Bytes hex(std::string_view text) {
    return codec::parse_hex(text).value();
}

std::string hash_text(const Hash32& hash) {
    return codec::format_hex(hash.view());
}

struct SignedTransaction {
    std::string_view name;
    std::string_view raw;
    std::string_view hash;
    std::string_view signing_hash;
};

/// Made by viem from the key of the web3.js documentation.
constexpr std::string_view viem_sender = "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23";
constexpr std::array viem_transactions = std::to_array<SignedTransaction>({
    {"legacy_pre155",
     "0xf86c808504a817c80082520894f0109fc8df283027b6285cc889f5aa624eac1f55880de0b6b3a7640000801ca0b1c8369610cb"
     "9384f9817799ad9f43b1841535cd653677169dfa57a48080d523a04acdfe1a220454b4372e82d59dec9279b01cbf323db966992e"
     "a9deb3f68e68ef",
     "0xd3f1d4856bae05fa3dbae67f9f55acc42eacb2330516b2d8d814f8929b997210",
     "0x002b48a9400fa9e132c451e7145c105f1797a8ccd82265665c5b63d4bf243e53"},
    {"legacy",
     "0xf872098504a817c80082520894f0109fc8df283027b6285cc889f5aa624eac1f55880de0b6b3a764000084deadbeef820a95a0"
     "4058721bf78a463dfcbf58c458fbb213687088c4167499325991cc84663dbd60a0490ae198a00e082f08bb1a9c7fee73f54a4564"
     "6339f30ce0f30ddb6cf7d0044a",
     "0xce136a5e9ff0749924bd471ffcf8a20e7f2c5106202756b5fbcf614dd6c25908",
     "0xcd0d4af4d16b8f9ae5db30e97c6b501c382daf978afba847e15fae5dc2e3b822"},
    {"create",
     "0xf8580a01830186a080808a600160005260206000f3820a95a0fee7d43817e6219e95163ac530f6f2450ebec0f2ab4c7052e897"
     "178bc9911e85a0476f34e269a4704364ebcbc351d0c152e7e5be7f036e5abc64116fd75c6bb685",
     "0x07d31514e0c4deef5aa5e5d2ce010937b9eddf6d04ae9f7dee664c1ddbea5c2c",
     "0xf2a146ff3732e4dfe4fe696113b8cc8ad5fd25468986d2be6d56b11d8e7e9384"},
    {"access_list",
     "0x01f8d8820539818081ff82ea6094f0109fc8df283027b6285cc889f5aa624eac1f550100f872f85994de0b295669a9fd93d5f2"
     "8d9ec85e40f4cb697baef842a00000000000000000000000000000000000000000000000000000000000000003a0000000000000"
     "0000000000000000000000000000000000000000000000000007d694bb9bc244d798123fde783fcc1c72d3bb8c189413c080a02d"
     "714207cc0c23b3997f12ce092d03d4c1bf4f5be747dec926e989a29f58d376a047c3cd8066e0f0dd74051086e7daa431623c2aeb"
     "3d5667324fe964c1cef7cd03",
     "0x33c88801d9fedcc087c3768ad1e1dc29b4927c1079b5f282a7282c7109c98ec6",
     "0x5ad4fc7dfd141e46c560332fd28c5cac02b09bddea65a0d53a7cf950ae2769f4"},
    {"dynamic_fee",
     "0x02f8e9820539018459682f008506fc23ac0082ffff94f0109fc8df283027b6285cc889f5aa624eac1f5584075bcd1585112233"
     "4455f872f85994de0b295669a9fd93d5f28d9ec85e40f4cb697baef842a000000000000000000000000000000000000000000000"
     "00000000000000000003a00000000000000000000000000000000000000000000000000000000000000007d694bb9bc244d79812"
     "3fde783fcc1c72d3bb8c189413c080a0a128713c7004c592ce93fc73cfc38104a076863a9c0a17ff6fd9d56c2b82cde3a02c01d5"
     "a573e1b37c8e620ab2958c2c09e41b959aae5fa517dce65121f4bbaf42",
     "0x1058b8eb351c83714850ef2af1aad13910641a9ace5ab58207de13b47bbcc618",
     "0x78ff913780269921818e8ff54bfe8d6e91ccc2ec25be7273532d4c50aeb41955"},
    {"blob",
     "0x03f8b382053982012c808506fc23ac0082520894f0109fc8df283027b6285cc889f5aa624eac1f558080c0830f4240f842a001"
     "abababababababababababababababababababababababababababababababa001cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"
     "cdcdcdcdcdcdcdcdcdcdcdcd80a092b86808dce6e90cf00c76a35e796a64392a821eff477556563e5d01e5e0a421a076157f9798"
     "689e44788d4af49ad35e98c20ffb8814a222e402f7e0a477ecdc13",
     "0x0ce1f4369cddf4e7f2c8a712a56a21dbb903f6fcd44649217613130845db659b",
     "0x14e6dc993ec8c010b3e2c54a427a542afcbe2461ec743ad31e15eb9b88daad44"},
});

Bytes viem_raw(std::string_view name) {
    for (const SignedTransaction& sample : viem_transactions) {
        if (sample.name == name) return hex(sample.raw);
    }
    return {};
}

TEST(Transaction, HashesAndSendersAgreeWithViem) {
    for (const SignedTransaction& sample : viem_transactions) {
        const Bytes raw = hex(sample.raw);
        const auto txn = decode_transaction(raw);
        ASSERT_TRUE(txn.has_value()) << sample.name << ": " << txn.error().message();
        EXPECT_EQ(encode_transaction(*txn), raw) << sample.name;
        EXPECT_EQ(hash_text(transaction_hash(*txn)), sample.hash) << sample.name;
        EXPECT_EQ(hash_text(signing_hash(*txn)), sample.signing_hash) << sample.name;
        EXPECT_EQ(codec::format_address(recover_sender(*txn).value()), viem_sender) << sample.name;
    }
}

TEST(Transaction, ExampleOfEip155) {
    const Bytes raw = hex(
        "0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc"
        "2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a"
        "3b6d83");
    const auto txn = decode_transaction(raw);
    ASSERT_TRUE(txn.has_value());
    EXPECT_EQ(txn->chain_id, 1U);
    EXPECT_EQ(txn->nonce, 9U);
    EXPECT_EQ(txn->value, Amount{1000000000000000000U});
    EXPECT_EQ(hash_text(signing_hash(*txn)), "0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53");
    EXPECT_EQ(codec::format_address(recover_sender(*txn).value()), "0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F");
}

TEST(Transaction, FieldsOfEachType) {
    const auto old = decode_transaction(viem_raw("legacy_pre155")).value();
    EXPECT_EQ(old.type, TxnType::legacy);
    EXPECT_EQ(old.chain_id, std::nullopt);
    EXPECT_EQ(old.max_fee_per_gas, U256{20000000000});
    EXPECT_EQ(old.max_priority_fee_per_gas, U256{20000000000});

    EXPECT_EQ(decode_transaction(viem_raw("create")).value().to, std::nullopt);

    const auto with_list = decode_transaction(viem_raw("access_list")).value();
    EXPECT_EQ(with_list.type, TxnType::access_list);
    EXPECT_EQ(with_list.max_priority_fee_per_gas, U256{255});
    ASSERT_EQ(with_list.access_list.size(), 2U);
    EXPECT_EQ(with_list.access_list[0].storage_keys.size(), 2U);
    EXPECT_TRUE(with_list.access_list[1].storage_keys.empty());

    const auto dynamic = decode_transaction(viem_raw("dynamic_fee")).value();
    EXPECT_EQ(dynamic.type, TxnType::dynamic_fee);
    EXPECT_EQ(dynamic.chain_id, 1337U);
    EXPECT_EQ(dynamic.max_priority_fee_per_gas, U256{1500000000});
    EXPECT_EQ(dynamic.max_fee_per_gas, U256{30000000000});
    EXPECT_EQ(dynamic.gas_limit, 65535U);
    EXPECT_EQ(dynamic.data, hex("0x1122334455"));

    const auto blob = decode_transaction(viem_raw("blob")).value();
    EXPECT_EQ(blob.type, TxnType::blob);
    EXPECT_EQ(blob.nonce, 300U);
    EXPECT_EQ(blob.max_fee_per_blob_gas, U256{1000000});
    EXPECT_EQ(blob.blob_versioned_hashes.size(), 2U);
}

Bytes item(std::string_view text) {
    return Writer{}.string(hex(text)).take();
}
Bytes list(const std::vector<Bytes>& items) {
    Bytes payload;
    for (const Bytes& one : items) append(payload, one);
    return Writer{}.list(payload).take();
}

/// A transaction as its list of encoded fields, so that tests can damage one of them.
struct Fields {
    Bytes prefix;  ///< type byte, or nothing
    std::vector<Bytes> items;

    [[nodiscard]] static Fields of(std::string_view name) {
        const Bytes raw = viem_raw(name);
        Fields out;
        if (raw[0] < 0x80) out.prefix = {raw[0]};
        codec::rlp::Reader outer{BytesView{raw}.subspan(out.prefix.size())};
        codec::rlp::Reader fields = outer.list().value();
        while (!fields.done()) out.items.push_back(to_bytes(fields.raw_item().value()));
        return out;
    }
    [[nodiscard]] Fields with(std::size_t index, const Bytes& encoded) const {
        Fields out = *this;
        out.items.at(index) = encoded;
        return out;
    }
    [[nodiscard]] Bytes encode() const {
        Bytes out = prefix;
        append(out, list(items));
        return out;
    }
};

void expect_refused(const Bytes& raw, TxnError error) {
    const auto txn = decode_transaction(raw);
    ASSERT_FALSE(txn.has_value());
    EXPECT_TRUE(txn.error().is(error)) << "got: " << txn.error().message() << "; want: " << Error{error}.message();
}

const std::string zeros_64(64, '0');
const std::string ones_33_bytes = "0x01" + zeros_64;

struct IntegerField {
    std::string_view txn;
    std::size_t index;
    TxnError malformed;
    TxnError too_large;
    std::size_t bytes_max;
};

constexpr std::array integer_fields = std::to_array<IntegerField>({
    {"legacy", 0, TxnError::nonce_malformed, TxnError::nonce_too_large, 8},
    {"legacy", 1, TxnError::gas_price_malformed, TxnError::gas_price_too_large, 32},
    {"legacy", 2, TxnError::gas_limit_malformed, TxnError::gas_limit_too_large, 8},
    {"legacy", 4, TxnError::value_malformed, TxnError::value_too_large, 32},
    {"legacy", 6, TxnError::v_malformed, TxnError::v_out_of_range, 32},
    {"legacy", 7, TxnError::r_malformed, TxnError::r_out_of_range, 32},
    {"legacy", 8, TxnError::s_malformed, TxnError::s_out_of_range, 32},
    {"access_list", 0, TxnError::chain_id_malformed, TxnError::chain_id_too_large, 8},
    {"access_list", 1, TxnError::nonce_malformed, TxnError::nonce_too_large, 8},
    {"access_list", 2, TxnError::gas_price_malformed, TxnError::gas_price_too_large, 32},
    {"access_list", 3, TxnError::gas_limit_malformed, TxnError::gas_limit_too_large, 8},
    {"access_list", 8, TxnError::v_malformed, TxnError::v_out_of_range, 8},
    {"dynamic_fee", 2, TxnError::max_priority_fee_per_gas_malformed, TxnError::max_priority_fee_per_gas_too_large, 32},
    {"dynamic_fee", 3, TxnError::max_fee_per_gas_malformed, TxnError::max_fee_per_gas_too_large, 32},
    {"dynamic_fee", 4, TxnError::gas_limit_malformed, TxnError::gas_limit_too_large, 8},
    {"dynamic_fee", 6, TxnError::value_malformed, TxnError::value_too_large, 32},
    {"blob", 9, TxnError::max_fee_per_blob_gas_malformed, TxnError::max_fee_per_blob_gas_too_large, 32},
    {"blob", 11, TxnError::v_malformed, TxnError::v_out_of_range, 8},
});

TEST(Transaction, EveryIntegerFieldIsMinimalAndBounded) {
    for (const IntegerField& field : integer_fields) {
        SCOPED_TRACE(std::string{field.txn} + " field " + std::to_string(field.index));
        const Fields good = Fields::of(field.txn);
        expect_refused(good.with(field.index, item("0x0001")).encode(), field.malformed);
        expect_refused(good.with(field.index, item("0x00")).encode(), field.malformed);
        expect_refused(good.with(field.index, list({})).encode(), field.malformed);
        expect_refused(good.with(field.index, Bytes{0x81, 0x01}).encode(), field.malformed);
        Bytes large(field.bytes_max + 1);
        large[0] = 1;
        expect_refused(good.with(field.index, Writer{}.string(large).take()).encode(), field.too_large);
        expect_refused(good.with(field.index, item(ones_33_bytes)).encode(), field.too_large);
    }
}

TEST(Transaction, NonceStaysBelowTheLastValue) {
    const Fields good = Fields::of("legacy");
    expect_refused(good.with(0, item("0xffffffffffffffff")).encode(), TxnError::nonce_too_large);
    EXPECT_TRUE(decode_transaction(good.with(0, item("0xfffffffffffffffe")).encode()).has_value());
}

TEST(Transaction, ReceiverIsEmptyOrAnAddress) {
    const Fields good = Fields::of("dynamic_fee");
    expect_refused(good.with(5, item("0x" + std::string(38, '1'))).encode(), TxnError::to_wrong_size);
    expect_refused(good.with(5, item("0x" + std::string(42, '1'))).encode(), TxnError::to_wrong_size);
    expect_refused(good.with(5, list({})).encode(), TxnError::to_malformed);
    EXPECT_TRUE(decode_transaction(good.with(5, item("0x")).encode()).has_value());
    expect_refused(Fields::of("blob").with(5, item("0x")).encode(), TxnError::blob_txn_to_empty);
}

TEST(Transaction, DataIsAString) {
    expect_refused(Fields::of("dynamic_fee").with(7, list({})).encode(), TxnError::data_malformed);
}

TEST(Transaction, AccessListShape) {
    const Fields good = Fields::of("access_list");
    const Bytes address = item("0x" + std::string(40, '2'));
    const Bytes key = item("0x" + zeros_64);
    const Bytes entry = list({address, list({key})});
    EXPECT_TRUE(decode_transaction(good.with(7, list({entry, entry})).encode()).has_value());
    for (const Bytes& bad :
         {list({address}), list({list({address})}), list({list({address, key})}),
          list({list({address, list({}), key})}), list({list({item("0x" + std::string(38, '2')), list({})})}),
          list({list({address, list({item("0x01")})})}), list({list({list({}), address})}), item("0x")}) {
        expect_refused(good.with(7, bad).encode(), TxnError::access_list_malformed);
    }
}

TEST(Transaction, AccessListBounds) {
    const Fields good = Fields::of("access_list");
    const Bytes address = item("0x" + std::string(40, '2'));
    const Bytes entry = list({address, list({})});
    std::vector<Bytes> entries(access_list_entries_max, entry);
    EXPECT_TRUE(decode_transaction(good.with(7, list(entries)).encode()).has_value());
    entries.push_back(entry);
    expect_refused(good.with(7, list(entries)).encode(), TxnError::access_list_over_bound);

    std::vector<Bytes> keys(access_list_keys_max, item("0x" + zeros_64));
    EXPECT_TRUE(decode_transaction(good.with(7, list({list({address, list(keys)})})).encode()).has_value());
    keys.push_back(keys.front());
    expect_refused(good.with(7, list({list({address, list(keys)})})).encode(), TxnError::access_list_over_bound);
}

TEST(Transaction, BlobHashes) {
    const Fields good = Fields::of("blob");
    const Bytes hash = item("0x01" + std::string(62, 'a'));
    EXPECT_TRUE(decode_transaction(good.with(10, list(std::vector<Bytes>(6, hash))).encode()).has_value());
    expect_refused(good.with(10, list(std::vector<Bytes>(7, hash))).encode(), TxnError::blob_hashes_over_bound);
    expect_refused(good.with(10, list({})).encode(), TxnError::blob_hashes_empty);
    expect_refused(good.with(10, list({item("0x02" + std::string(62, 'a'))})).encode(), TxnError::blob_hash_version);
    expect_refused(good.with(10, list({item("0x01")})).encode(), TxnError::blob_hashes_malformed);
    expect_refused(good.with(10, item("0x01")).encode(), TxnError::blob_hashes_malformed);
}

TEST(Transaction, SignatureRanges) {
    const std::string order = "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    const std::string half = "0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0";
    const std::string half_plus_one = "0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1";
    const std::string order_minus_one = "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140";
    for (const auto& [name, r_index] : {std::pair{"legacy", std::size_t{7}}, {"dynamic_fee", 10}, {"blob", 12}}) {
        const Fields good = Fields::of(name);
        expect_refused(good.with(r_index, item("0x")).encode(), TxnError::r_out_of_range);
        expect_refused(good.with(r_index, item(order)).encode(), TxnError::r_out_of_range);
        EXPECT_TRUE(decode_transaction(good.with(r_index, item(order_minus_one)).encode()).has_value());
        expect_refused(good.with(r_index + 1, item("0x")).encode(), TxnError::s_out_of_range);
        expect_refused(good.with(r_index + 1, item(order)).encode(), TxnError::s_out_of_range);
        expect_refused(good.with(r_index + 1, item(half_plus_one)).encode(), TxnError::s_too_high);
        EXPECT_TRUE(decode_transaction(good.with(r_index + 1, item(half)).encode()).has_value());
    }
}

TEST(Transaction, RecoveryValueOfLegacyTransactions) {
    const Fields good = Fields::of("legacy");
    for (const std::uint64_t v : {0U, 1U, 26U, 29U, 34U, 35U, 36U}) {
        expect_refused(good.with(6, Writer{}.integer(v).take()).encode(), TxnError::v_out_of_range);
    }
    for (const auto& [v, chain_id, parity] : {std::tuple{std::uint64_t{37}, std::uint64_t{1}, 0}, {38, 1, 1}}) {
        const auto txn = decode_transaction(good.with(6, Writer{}.integer(v).take()).encode());
        ASSERT_TRUE(txn.has_value());
        EXPECT_EQ(txn->chain_id, chain_id);
        EXPECT_EQ(txn->signature.recovery_id, parity);
    }
    // The largest chain id needs a v of 65 bits.
    const U256 v_max = (U256{~std::uint64_t{0}} << 1) + U256{36};
    const Bytes raw = good.with(6, Writer{}.integer(v_max).take()).encode();
    const auto txn = decode_transaction(raw);
    ASSERT_TRUE(txn.has_value());
    EXPECT_EQ(txn->chain_id, ~std::uint64_t{0});
    EXPECT_EQ(encode_transaction(*txn), raw);
    expect_refused(good.with(6, Writer{}.integer(v_max + U256{1}).take()).encode(), TxnError::chain_id_too_large);
}

TEST(Transaction, ParityOfTypedTransactions) {
    for (const auto& [name, index] : {std::pair{"access_list", std::size_t{8}}, {"dynamic_fee", 9}, {"blob", 11}}) {
        expect_refused(Fields::of(name).with(index, item("0x02")).encode(), TxnError::v_out_of_range);
        expect_refused(Fields::of(name).with(index, item("0x1b")).encode(), TxnError::v_out_of_range);
        EXPECT_TRUE(decode_transaction(Fields::of(name).with(index, item("0x01")).encode()).has_value());
    }
}

TEST(Transaction, Envelope) {
    expect_refused({}, TxnError::empty);
    expect_refused(hex("0x00c0"), TxnError::unknown_type);
    expect_refused(hex("0x04c0"), TxnError::unknown_type);
    expect_refused(hex("0x80"), TxnError::unknown_type);
    expect_refused(hex("0x02"), TxnError::malformed_envelope);
    expect_refused(hex("0x0280"), TxnError::malformed_envelope);
    expect_refused(hex("0xc0"), TxnError::missing_field);
    expect_refused(hex("0x03c0"), TxnError::missing_field);
    expect_refused(Bytes(txn_bytes_max + 1, 0xff), TxnError::over_size);
    for (const SignedTransaction& sample : viem_transactions) {
        Bytes raw = hex(sample.raw);
        raw.push_back(0);
        expect_refused(raw, TxnError::trailing_bytes);
        Fields extra = Fields::of(sample.name);
        extra.items.push_back(item("0x01"));
        expect_refused(extra.encode(), TxnError::extra_field);
    }
}

TEST(Transaction, EveryMissingFieldIsNamed) {
    for (const SignedTransaction& sample : viem_transactions) {
        Fields fields = Fields::of(sample.name);
        while (!fields.items.empty()) {
            fields.items.pop_back();
            expect_refused(fields.encode(), TxnError::missing_field);
        }
    }
}

TEST(Transaction, NoTruncationDecodes) {
    for (const SignedTransaction& sample : viem_transactions) {
        const Bytes raw = hex(sample.raw);
        for (std::size_t size = 0; size < raw.size(); ++size) {
            EXPECT_FALSE(decode_transaction(BytesView{raw}.first(size)).has_value());
        }
    }
}

TEST(Transaction, NoFlippedBitKeepsTheHashOrEncodesDifferently) {
    for (const SignedTransaction& sample : viem_transactions) {
        const Bytes raw = hex(sample.raw);
        for (std::size_t i = 0; i < raw.size(); ++i) {
            Bytes flipped = raw;
            flipped[i] ^= 1;
            const auto txn = decode_transaction(flipped);
            if (!txn) continue;
            EXPECT_EQ(encode_transaction(*txn), flipped);
            EXPECT_NE(hash_text(transaction_hash(*txn)), sample.hash);
        }
    }
}

TEST(Transaction, EveryErrorHasAMessage) {
    for (std::uint16_t code = 1; code <= std::to_underlying(TxnError::s_too_high); ++code) {
        EXPECT_NE(Error{TxnError{code}}.message(), "unknown transaction error") << code;
    }
}

template <std::size_t N>
FixedBytes<N> arbitrary_fixed() {
    return FixedBytes<N>{*rc::gen::container<std::array<Byte, N>>(rc::gen::arbitrary<Byte>())};
}

U256 arbitrary_u256() {
    const auto bytes = *rc::gen::resize(32, rc::gen::arbitrary<Bytes>());
    return U256::from_be(BytesView{bytes}.first(std::min<std::size_t>(bytes.size(), 32)));
}

Transaction arbitrary_transaction() {
    Transaction out;
    out.type = *rc::gen::element(TxnType::legacy, TxnType::access_list, TxnType::dynamic_fee, TxnType::blob);
    const bool is_legacy = out.type == TxnType::legacy;
    const bool is_blob = out.type == TxnType::blob;
    if (!is_legacy || *rc::gen::arbitrary<bool>()) out.chain_id = *rc::gen::inRange<std::uint64_t>(1, ~0ULL);
    out.nonce = *rc::gen::inRange<std::uint64_t>(0, ~0ULL);
    out.max_fee_per_gas = arbitrary_u256();
    const bool one_price = is_legacy || out.type == TxnType::access_list;
    out.max_priority_fee_per_gas = one_price ? out.max_fee_per_gas : arbitrary_u256();
    out.gas_limit = *rc::gen::arbitrary<std::uint64_t>();
    if (is_blob || *rc::gen::arbitrary<bool>()) out.to = arbitrary_fixed<20>();
    out.value = Amount{arbitrary_u256()};
    out.data = *rc::gen::arbitrary<Bytes>();
    const std::size_t entries = is_legacy ? 0 : *rc::gen::inRange<std::size_t>(0, 4);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::vector<Hash32> keys(*rc::gen::inRange<std::size_t>(0, 3), arbitrary_fixed<32>());
        out.access_list.push_back({arbitrary_fixed<20>(), keys});
    }
    if (is_blob) {
        out.max_fee_per_blob_gas = arbitrary_u256();
        Hash32 hash = arbitrary_fixed<32>();
        hash[0] = blob_hash_version_kzg;
        out.blob_versioned_hashes.assign(*rc::gen::inRange<std::size_t>(1, blobs_per_txn_max + 1), hash);
    }
    return out;
}

RC_GTEST_PROP(Transaction, SignedTransactionsRoundTrip, ()) {
    Transaction txn = arbitrary_transaction();
    crypto::SecretKey key;
    key[31] = *rc::gen::inRange<Byte>(1, 255);
    txn.signature = crypto::sign(signing_hash(txn), key).value();
    const Bytes encoded = encode_transaction(txn);
    const auto decoded = decode_transaction(encoded);
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(encode_transaction(*decoded) == encoded);
    RC_ASSERT(decoded->type == txn.type);
    RC_ASSERT(decoded->chain_id == txn.chain_id);
    RC_ASSERT(decoded->nonce == txn.nonce);
    RC_ASSERT(decoded->max_priority_fee_per_gas == txn.max_priority_fee_per_gas);
    RC_ASSERT(decoded->max_fee_per_gas == txn.max_fee_per_gas);
    RC_ASSERT(decoded->gas_limit == txn.gas_limit);
    RC_ASSERT(decoded->to == txn.to);
    RC_ASSERT(decoded->value == txn.value);
    RC_ASSERT(decoded->data == txn.data);
    RC_ASSERT(decoded->access_list == txn.access_list);
    RC_ASSERT(decoded->max_fee_per_blob_gas == txn.max_fee_per_blob_gas);
    RC_ASSERT(decoded->blob_versioned_hashes == txn.blob_versioned_hashes);
    RC_ASSERT(recover_sender(*decoded).value() == crypto::address_of(key).value());
}

}  // namespace
}  // namespace enshrine::types
