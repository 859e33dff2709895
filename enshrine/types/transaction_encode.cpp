// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/rlp.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/types/transaction.hpp>

#include <utility>

namespace enshrine::types {
namespace {

using codec::rlp::Writer;

void write_to(Writer& out, const std::optional<Address>& to) {
    out.string(to ? to->view() : BytesView{});
}

void write_access_list(Writer& out, const std::vector<AccessListEntry>& entries) {
    Writer list;
    for (const AccessListEntry& entry : entries) {
        Writer keys;
        for (const Hash32& key : entry.storage_keys) keys.string(key.view());
        Writer pair;
        pair.string(entry.address.view());
        pair.list(keys.bytes());
        list.list(pair.bytes());
    }
    out.list(list.bytes());
}

void write_hashes(Writer& out, const std::vector<Hash32>& hashes) {
    Writer list;
    for (const Hash32& hash : hashes) list.string(hash.view());
    out.list(list.bytes());
}

void write_legacy_fields(Writer& out, const Transaction& txn) {
    out.integer(txn.nonce);
    out.integer(txn.max_fee_per_gas);
    out.integer(txn.gas_limit);
    write_to(out, txn.to);
    out.integer(txn.value.wei());
    out.string(txn.data);
}

void write_typed_fields(Writer& out, const Transaction& txn) {
    ENSHRINE_ASSERT(txn.chain_id.has_value());
    out.integer(*txn.chain_id);
    out.integer(txn.nonce);
    if (txn.type != TxnType::access_list) out.integer(txn.max_priority_fee_per_gas);
    out.integer(txn.max_fee_per_gas);
    out.integer(txn.gas_limit);
    write_to(out, txn.to);
    out.integer(txn.value.wei());
    out.string(txn.data);
    write_access_list(out, txn.access_list);
    if (txn.type != TxnType::blob) return;
    out.integer(txn.max_fee_per_blob_gas);
    write_hashes(out, txn.blob_versioned_hashes);
}

void write_fields(Writer& out, const Transaction& txn) {
    if (txn.type == TxnType::legacy) {
        write_legacy_fields(out, txn);
    } else {
        write_typed_fields(out, txn);
    }
}

/// EIP-155: v = 35 + 2 · chain id + parity. 65 bits when the chain id has 64.
U256 legacy_v(const Transaction& txn) noexcept {
    const U256 parity{txn.signature.recovery_id};
    if (!txn.chain_id) return U256{27} + parity;
    return U256{35} + (U256{*txn.chain_id} << 1) + parity;
}

Bytes envelope(TxnType type, const Writer& fields) {
    Writer out;
    // A type byte is below 0x80, so RLP writes it as itself.
    if (type != TxnType::legacy) out.integer(std::uint64_t{std::to_underlying(type)});
    out.list(fields.bytes());
    return out.take();
}

}  // namespace

Bytes encode_transaction(const Transaction& txn) {
    Writer fields;
    write_fields(fields, txn);
    fields.integer(txn.type == TxnType::legacy ? legacy_v(txn) : U256{txn.signature.recovery_id});
    fields.integer(txn.signature.r);
    fields.integer(txn.signature.s);
    return envelope(txn.type, fields);
}

Hash32 signing_hash(const Transaction& txn) {
    Writer fields;
    write_fields(fields, txn);
    if (txn.type == TxnType::legacy && txn.chain_id) {
        fields.integer(*txn.chain_id);
        fields.integer(std::uint64_t{0});
        fields.integer(std::uint64_t{0});
    }
    return hash::keccak256(envelope(txn.type, fields));
}

}  // namespace enshrine::types
