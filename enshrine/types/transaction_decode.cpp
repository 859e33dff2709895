// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/rlp.hpp>
#include <enshrine/types/transaction.hpp>

#include <limits>

namespace enshrine::types {
namespace {

using codec::rlp::Reader;
using codec::rlp::RlpError;

/// Order of the secp256k1 group (SEC 2, 2.4.1).
constexpr U256 group_order{0xffffffffffffffff, 0xfffffffffffffffe, 0xbaaedce6af48a03b, 0xbfd25e8cd0364141};
constexpr U256 half_group_order{0x7fffffffffffffff, 0xffffffffffffffff, 0x5d576e7357a4501d, 0xdfe92f46681b20a0};

constexpr std::uint64_t legacy_v_base = 27;
constexpr std::uint64_t eip155_v_base = 35;

/// How one integer field can fail.
struct IntegerErrors {
    TxnError malformed;
    TxnError too_large;
};

Result<U256> read_u256(Reader& fields, IntegerErrors errors) noexcept {
    if (fields.done()) return fail(TxnError::missing_field);
    const auto value = fields.u256();
    if (value) return *value;
    return fail(value.error().is(RlpError::integer_too_large) ? errors.too_large : errors.malformed);
}

Result<std::uint64_t> read_u64(Reader& fields, IntegerErrors errors) noexcept {
    ENSHRINE_TRY(const auto value, read_u256(fields, errors));
    if (!value.fits_u64()) return fail(errors.too_large);
    return value.low_u64();
}

Result<std::uint64_t> read_chain_id(Reader& fields) noexcept {
    return read_u64(fields, {TxnError::chain_id_malformed, TxnError::chain_id_too_large});
}

Result<std::uint64_t> read_nonce(Reader& fields) noexcept {
    ENSHRINE_TRY(const auto nonce, read_u64(fields, {TxnError::nonce_malformed, TxnError::nonce_too_large}));
    if (nonce == std::numeric_limits<std::uint64_t>::max()) return fail(TxnError::nonce_too_large);
    return nonce;
}

Result<std::uint64_t> read_gas_limit(Reader& fields) noexcept {
    return read_u64(fields, {TxnError::gas_limit_malformed, TxnError::gas_limit_too_large});
}

/// The one gas price of types 0 and 1 stands in both fee fields.
Result<void> read_gas_price(Reader& fields, Transaction& out) noexcept {
    constexpr IntegerErrors errors{TxnError::gas_price_malformed, TxnError::gas_price_too_large};
    ENSHRINE_TRY(out.max_fee_per_gas, read_u256(fields, errors));
    out.max_priority_fee_per_gas = out.max_fee_per_gas;
    return {};
}

Result<void> read_dynamic_fees(Reader& fields, Transaction& out) noexcept {
    constexpr IntegerErrors priority_errors{TxnError::max_priority_fee_per_gas_malformed,
                                            TxnError::max_priority_fee_per_gas_too_large};
    constexpr IntegerErrors max_errors{TxnError::max_fee_per_gas_malformed, TxnError::max_fee_per_gas_too_large};
    ENSHRINE_TRY(out.max_priority_fee_per_gas, read_u256(fields, priority_errors));
    ENSHRINE_TRY(out.max_fee_per_gas, read_u256(fields, max_errors));
    return {};
}

Result<std::optional<Address>> read_to(Reader& fields) noexcept {
    if (fields.done()) return fail(TxnError::missing_field);
    const auto bytes = fields.string();
    if (!bytes) return fail(TxnError::to_malformed);
    if (bytes->empty()) return std::optional<Address>{};
    if (bytes->size() != Address::size_bytes) return fail(TxnError::to_wrong_size);
    return std::optional<Address>{Address::from(*bytes)};
}

Result<Amount> read_value(Reader& fields) noexcept {
    ENSHRINE_TRY(const auto wei, read_u256(fields, {TxnError::value_malformed, TxnError::value_too_large}));
    return Amount{wei};
}

Result<Bytes> read_data(Reader& fields) noexcept {
    if (fields.done()) return fail(TxnError::missing_field);
    const auto bytes = fields.string();
    if (!bytes) return fail(TxnError::data_malformed);
    return to_bytes(*bytes);
}

/// 32-byte strings up to the end of `list`.
Result<std::vector<Hash32>> read_hashes(Reader list) noexcept {
    std::vector<Hash32> out;
    while (!list.done()) {
        ENSHRINE_TRY(const auto hash, list.fixed<Hash32::size_bytes>());
        out.push_back(hash);
    }
    return out;
}

Result<AccessListEntry> read_access_list_entry(Reader& list) noexcept {
    AccessListEntry out;
    ENSHRINE_TRY(auto pair, list.list());
    ENSHRINE_TRY(out.address, pair.fixed<Address::size_bytes>());
    ENSHRINE_TRY(const auto keys, pair.list());
    ENSHRINE_TRY(out.storage_keys, read_hashes(keys));
    ENSHRINE_CHECK(pair.finish());
    return out;
}

Result<std::vector<AccessListEntry>> read_access_list(Reader& fields) noexcept {
    if (fields.done()) return fail(TxnError::missing_field);
    auto list = fields.list();
    if (!list) return fail(TxnError::access_list_malformed);
    std::vector<AccessListEntry> out;
    std::size_t keys = 0;
    while (!list->done()) {
        auto entry = read_access_list_entry(*list);
        if (!entry) return fail(TxnError::access_list_malformed);
        keys += entry->storage_keys.size();
        if (out.size() == access_list_entries_max || keys > access_list_keys_max) {
            return fail(TxnError::access_list_over_bound);
        }
        out.push_back(*std::move(entry));
    }
    return out;
}

Result<std::vector<Hash32>> read_blob_hashes(Reader& fields) noexcept {
    if (fields.done()) return fail(TxnError::missing_field);
    const auto list = fields.list();
    if (!list) return fail(TxnError::blob_hashes_malformed);
    auto hashes = read_hashes(*list);
    if (!hashes) return fail(TxnError::blob_hashes_malformed);
    if (hashes->empty()) return fail(TxnError::blob_hashes_empty);
    if (hashes->size() > blobs_per_txn_max) return fail(TxnError::blob_hashes_over_bound);
    for (const Hash32& hash : *hashes) {
        if (hash[0] != blob_hash_version_kzg) return fail(TxnError::blob_hash_version);
    }
    return *std::move(hashes);
}

Result<void> read_legacy_v(Reader& fields, Transaction& out) noexcept {
    ENSHRINE_TRY(const auto v, read_u256(fields, {TxnError::v_malformed, TxnError::v_out_of_range}));
    if (v == U256{legacy_v_base} || v == U256{legacy_v_base + 1}) {
        out.signature.recovery_id = static_cast<std::uint8_t>(v.low_u64() - legacy_v_base);
        return {};
    }
    // Chain ids start at 1, so 35 and 36 are no values of EIP-155.
    if (v < U256{eip155_v_base + 2}) return fail(TxnError::v_out_of_range);
    const U256 rest = v - U256{eip155_v_base};
    const U256 chain_id = rest >> 1;
    if (!chain_id.fits_u64()) return fail(TxnError::chain_id_too_large);
    out.chain_id = chain_id.low_u64();
    out.signature.recovery_id = rest.bit(0) ? 1 : 0;
    return {};
}

Result<void> read_parity(Reader& fields, Transaction& out) noexcept {
    ENSHRINE_TRY(const auto parity, read_u256(fields, {TxnError::v_malformed, TxnError::v_out_of_range}));
    if (parity > U256{1}) return fail(TxnError::v_out_of_range);
    out.signature.recovery_id = static_cast<std::uint8_t>(parity.low_u64());
    return {};
}

Result<void> read_r_and_s(Reader& fields, Transaction& out) noexcept {
    ENSHRINE_TRY(const auto r, read_u256(fields, {TxnError::r_malformed, TxnError::r_out_of_range}));
    if (r.is_zero() || r >= group_order) return fail(TxnError::r_out_of_range);
    ENSHRINE_TRY(const auto s, read_u256(fields, {TxnError::s_malformed, TxnError::s_out_of_range}));
    if (s.is_zero() || s >= group_order) return fail(TxnError::s_out_of_range);
    if (s > half_group_order) return fail(TxnError::s_too_high);
    out.signature.r = r;
    out.signature.s = s;
    if (!fields.done()) return fail(TxnError::extra_field);
    return {};
}

Result<void> read_call(Reader& fields, Transaction& out) noexcept {
    ENSHRINE_TRY(out.gas_limit, read_gas_limit(fields));
    ENSHRINE_TRY(out.to, read_to(fields));
    ENSHRINE_TRY(out.value, read_value(fields));
    ENSHRINE_TRY(out.data, read_data(fields));
    return {};
}

Result<Transaction> decode_legacy(Reader fields) noexcept {
    Transaction out;
    ENSHRINE_TRY(out.nonce, read_nonce(fields));
    ENSHRINE_CHECK(read_gas_price(fields, out));
    ENSHRINE_CHECK(read_call(fields, out));
    ENSHRINE_CHECK(read_legacy_v(fields, out));
    ENSHRINE_CHECK(read_r_and_s(fields, out));
    return out;
}

Result<void> read_blob_fields(Reader& fields, Transaction& out) noexcept {
    if (!out.to) return fail(TxnError::blob_txn_to_empty);
    constexpr IntegerErrors errors{TxnError::max_fee_per_blob_gas_malformed, TxnError::max_fee_per_blob_gas_too_large};
    ENSHRINE_TRY(out.max_fee_per_blob_gas, read_u256(fields, errors));
    ENSHRINE_TRY(out.blob_versioned_hashes, read_blob_hashes(fields));
    return {};
}

Result<Transaction> decode_typed(TxnType type, Reader fields) noexcept {
    Transaction out;
    out.type = type;
    ENSHRINE_TRY(out.chain_id, read_chain_id(fields));
    ENSHRINE_TRY(out.nonce, read_nonce(fields));
    if (type == TxnType::access_list) {
        ENSHRINE_CHECK(read_gas_price(fields, out));
    } else {
        ENSHRINE_CHECK(read_dynamic_fees(fields, out));
    }
    ENSHRINE_CHECK(read_call(fields, out));
    ENSHRINE_TRY(out.access_list, read_access_list(fields));
    if (type == TxnType::blob) ENSHRINE_CHECK(read_blob_fields(fields, out));
    ENSHRINE_CHECK(read_parity(fields, out));
    ENSHRINE_CHECK(read_r_and_s(fields, out));
    return out;
}

/// The fields inside the one list that `bytes` has to be.
Result<Reader> open_envelope(BytesView bytes) noexcept {
    Reader outer{bytes};
    const auto fields = outer.list();
    if (!fields) return fail(TxnError::malformed_envelope);
    if (!outer.done()) return fail(TxnError::trailing_bytes);
    return *fields;
}

}  // namespace

Result<Transaction> decode_transaction(BytesView bytes) noexcept {
    if (bytes.empty()) return fail(TxnError::empty);
    if (bytes.size() > txn_bytes_max) return fail(TxnError::over_size);
    const Byte first = bytes[0];
    const bool is_list = Reader{bytes}.next_is_list();
    if (!is_list && (first == 0 || first > std::to_underlying(TxnType::blob))) return fail(TxnError::unknown_type);
    ENSHRINE_TRY(const auto fields, open_envelope(is_list ? bytes : bytes.subspan(1)));
    return is_list ? decode_legacy(fields) : decode_typed(TxnType{first}, fields);
}

}  // namespace enshrine::types
