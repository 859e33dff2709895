// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/errors.hpp>
#include <enshrine/proofs/handlers.hpp>
#include <enshrine/proofs/params.hpp>
#include <enshrine/proofs/receipts.hpp>
#include <enshrine/proofs/records.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::proofs {

using system::CallResult;
using system::refuse;

CallResult query_status(system::CallContext& context, const Arguments& arguments) {
    const Hash32 id = arguments.bytes32(0);
    auto record = load_key_record(context.state, id);
    const auto status = static_cast<std::uint8_t>(status_of(record, context.block.height));
    if (record && record->holders == 0) record.reset();  // what the last holder took with it is nobody's any more
    const Bytes bytes = load_key_bytes(context.state, id).value_or(Bytes{});
    const KeyRecord known = record.value_or(KeyRecord{});
    const std::uint8_t kind = bytes.size() < 2 ? std::uint8_t{0} : bytes[0];
    const std::uint8_t version = bytes.size() < 2 ? std::uint8_t{0} : bytes[1];
    return system::answer(status, kind, version, std::uint64_t{known.input_count}, verification_gas(known.cost),
                          record ? known.registered_at + probation_blocks : std::uint64_t{0},
                          std::uint64_t{known.holders}, std::uint64_t{bytes.size()});
}

CallResult query_holder(system::CallContext& context, const Arguments& arguments) {
    const Hash32 id = arguments.bytes32(0);
    const Address account = arguments.address(1);
    const auto holder = load_holder(context.state, id, account);
    if (!holder) return refuse<errors::not_holder>(id, account);
    return system::answer(holder->deposit, holder->since, holder->frozen, std::uint64_t{holder->uses});
}

CallResult query_key(system::CallContext& context, const Arguments& arguments) {
    const Hash32 id = arguments.bytes32(0);
    const auto bytes = load_key_bytes(context.state, id);
    if (!bytes) return refuse<errors::unknown_key>(id);
    return system::answer(*bytes);
}

CallResult query_receipts(system::CallContext& context, const Arguments& arguments) {
    const ReceiptList list = load_receipt_list(context.state, arguments.bytes32(0));
    return system::answer(list.count, list.root);
}

CallResult query_receipt(system::CallContext& context, const Arguments& arguments) {
    const Hash32 source = arguments.bytes32(0);
    const std::uint64_t index = arguments.u64(1);
    const auto receipt = load_receipt(context.state, source, index);
    if (!receipt) {
        return refuse<errors::unknown_receipt>(source, load_receipt_list(context.state, source).count, index);
    }
    return system::answer(receipt->statement, receipt->key_id, receipt->height,
                          prove_receipt(context.state, source, index));
}

CallResult query_find_receipt(system::CallContext& context, const Arguments& arguments) {
    const auto index = find_receipt(context.state, arguments.bytes32(0), arguments.bytes32(1));
    return system::answer(index.has_value(), index.value_or(0));
}

}  // namespace enshrine::proofs
