// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/sequencing/rollup_transaction.hpp>

#include <sdk/guest/executor.hpp>

#include <algorithm>

namespace enshrine::guest {
namespace {

using messaging::Message;
using messaging::MessageKind;
using messaging::native_asset;
using sequencing::RecordOutcome;
using sequencing::RecordSource;

constexpr std::string_view sender_domain = "enshrine.sender.v1";

/// Arithmetic that validation has shown to stay in range.
Amount gas_cost(std::uint64_t gas, const U256& price) noexcept {
    const auto cost = checked_mul(Amount{price}, gas);
    ENSHRINE_ASSERT(cost.has_value());
    return *cost;
}

void drop(Applied& out, std::string_view reason) {
    out.record.outcome = RecordOutcome::dropped;
    out.record.return_data = to_bytes(as_bytes(reason));
}

Bytes record_too_large(std::size_t size) {
    codec::abi::Encoder arguments{2};
    arguments.u64(size);
    arguments.u64(sequencing::record_bytes_max);
    return refuse(record_too_large_error, arguments).error().data;
}

/// [MSG.7] Whom a message's value goes to: its sender when the receiver is nobody's address.
Address owner_of_value(const Message& message) noexcept {
    const bool for_program = message.kind == MessageKind::call && message.receiver == program_address;
    return for_program || can_own(message.receiver) ? message.receiver : message.sender;
}

}  // namespace

Address remote_sender(std::uint64_t source, const Address& sender) noexcept {
    std::array<Byte, 8> chain{};
    store_be(chain.data(), source);
    const Hash32 digest = hash::Sha256{}.update(as_bytes(sender_domain)).update(chain).update(sender.view()).finish();
    return Address::from(digest.view().last(Address::size_bytes));
}

Executor::Effect Executor::call_program(const Call& call, BytesView calldata) {
    const State::Mark before = state_.mark();
    Context context{run_, state_, call};
    CallResult result = call.message != nullptr && program_.on_message != nullptr
                            ? program_.on_message(context, calldata)
                            : system::dispatch(*program_.interface, context, calldata);
    Effect out;
    out.gas_used = context.gas_used();
    out.succeeded = result.has_value();
    if (result) {
        out.return_data = std::move(*result);
        out.logs = context.take_logs();
        out.outbox = context.take_outbox();
    } else {
        out.return_data = std::move(result.error().data);
        state_.revert_to(before);
    }
    return out;
}

Executor::Effect Executor::pay_and_call(const Payment& payment) {
    const State::Mark before = state_.mark();
    Effect out;
    const Address to = payment.to.value_or(Address{});
    const bool paid = debit(state_, payment.from, native_asset, payment.value).has_value() &&
                      credit(state_, to, native_asset, payment.value).has_value();
    if (!paid) {
        state_.revert_to(before);
        const Call call{.sender = payment.from};
        out.return_data =
            refuse_balance(Context{run_, state_, call}, payment.from, native_asset, payment.value).error().data;
        return out;
    }
    if (to != program_address) {
        out.succeeded = true;
        return out;
    }
    if (payment.data.empty()) {  // [MSG.14]
        state_.revert_to(before);
        out.return_data =
            refuse(value_without_call_error, codec::abi::Encoder{1}.u256(payment.value.wei())).error().data;
        return out;
    }
    const Call call{.sender = payment.from, .value = payment.value, .gas_limit = payment.gas_limit};
    out = call_program(call, payment.data);
    if (!out.succeeded) state_.revert_to(before);
    return out;
}

void Executor::record_effect(Effect effect, State::Mark before, Applied& out) {
    sequencing::ReceiptRecord& record = out.record;
    record.outcome = effect.succeeded ? RecordOutcome::succeeded : RecordOutcome::reverted;
    record.return_data = std::move(effect.return_data);
    if (record.return_data.size() > sequencing::record_return_bytes_max) {
        record.return_data.resize(sequencing::record_return_bytes_max);
    }
    record.logs = std::move(effect.logs);
    out.outbox = std::move(effect.outbox);
    const std::size_t size = sequencing::encoded_bytes(record);
    if (size <= sequencing::record_bytes_max) return;  // and the log count fits: 160 empty logs fill a record
    state_.revert_to(before);                          // [REC.2]
    record.outcome = RecordOutcome::reverted;
    record.return_data = record_too_large(size);
    record.logs.clear();
    out.outbox.clear();
}

void Executor::run_valid_transaction(const types::Transaction& txn, const Address& sender, Applied& out) {
    const U256 price = sequencing::effective_gas_price(txn);
    const std::uint64_t intrinsic = sequencing::intrinsic_gas(txn);

    types::Account account = load_account(state_, sender);
    account.nonce += 1;
    const auto left = checked_sub(account.balance, gas_cost(txn.gas_limit, price));
    ENSHRINE_ASSERT(left.has_value());
    account.balance = *left;
    store_account(state_, sender, account);
    const State::Mark paid = state_.mark();

    Effect effect = pay_and_call(Payment{
        .from = sender, .to = txn.to, .value = txn.value, .data = txn.data, .gas_limit = txn.gas_limit - intrinsic});
    out.record.gas_used = intrinsic + effect.gas_used;
    out.record.effective_gas_price = price;
    record_effect(std::move(effect), paid, out);

    // Neither can overflow: together they are what the sender has just paid, and the coin's supply fits.
    const bool refunded =
        credit(state_, sender, native_asset, gas_cost(txn.gas_limit - out.record.gas_used, price)).has_value();
    const bool rewarded =
        credit(state_, fee_recipient_, native_asset, gas_cost(out.record.gas_used, price)).has_value();
    ENSHRINE_ASSERT(refunded && rewarded);
    gas_used_ += out.record.gas_used;
}

Applied Executor::apply_transaction(BytesView encoded, RecordSource source, std::uint64_t index) {
    Applied out;
    out.record.source = source;
    out.record.index = index;
    out.record.hash = types::transaction_hash(encoded);
    const auto txn = types::decode_transaction(encoded);
    if (!txn) {
        drop(out, txn.error().message());
        return out;
    }
    out.record.to = txn->to;
    if (const auto form = sequencing::validate_form(*txn, run_.rollup_id, batch_gas_max - gas_used_); !form) {
        drop(out, form.error().message());
        return out;
    }
    const auto sender = types::recover_sender(*txn);
    if (!sender) {
        drop(out, sender.error().message());
        gas_used_ += sequencing::intrinsic_gas(*txn);  // recovering it was work
        return out;
    }
    out.record.from = *sender;
    if (const auto funds = sequencing::validate_account(*txn, load_account(state_, *sender)); !funds) {
        drop(out, funds.error().message());
        gas_used_ += sequencing::intrinsic_gas(*txn);
        return out;
    }
    run_valid_transaction(*txn, *sender, out);
    state_.keep();
    return out;
}

Applied Executor::apply_message(BytesView encoded, const Hash32& hash, std::uint64_t index) {
    Applied out;
    out.record.source = RecordSource::inbox;
    out.record.index = index;
    out.record.hash = hash;
    const auto decoded = messaging::decode_message(encoded);
    if (!decoded) {
        drop(out, decoded.error().message());
        return out;
    }
    const Message& message = *decoded;
    out.record.from = message.sender;
    out.record.to = owner_of_value(message);
    if (const auto credited = credit(state_, *out.record.to, message.asset, message.value); !credited) {
        drop(out, credited.error().message());
        return out;
    }
    out.record.outcome = RecordOutcome::succeeded;
    if (message.kind == MessageKind::forced_transaction) {
        state_.keep();
        return apply_transaction(message.data, RecordSource::inbox, index);
    }
    if (message.kind == MessageKind::call && message.receiver == program_address) {
        const State::Mark credited = state_.mark();
        const bool from_l1 = message.source == Context{run_, state_, Call{}}.l1_chain_id();
        const Call call{.sender = from_l1 ? message.sender : remote_sender(message.source, message.sender),
                        .value = message.asset == native_asset ? message.value : Amount{},
                        .gas_limit = message_call_gas,
                        .message = &message};
        Effect effect = call_program(call, message.data);
        out.record.gas_used = effect.gas_used;
        record_effect(std::move(effect), credited, out);
        if (out.record.outcome == RecordOutcome::reverted) give_back(message);
    }
    state_.keep();
    return out;
}

/// [MSG.7] The value of a call that failed, to its sender; a balance of more than 256 bits, which only a worthless
/// asset can reach, stays where it is.
void Executor::give_back(const Message& message) {
    const State::Mark before = state_.mark();
    const bool given = debit(state_, program_address, message.asset, message.value).has_value() &&
                       credit(state_, message.sender, message.asset, message.value).has_value();
    if (!given) state_.revert_to(before);
}

sequencing::ViewAnswer Executor::view_call(const sequencing::ViewRequest& request) {
    types::Transaction txn;
    txn.data = request.data;
    const std::uint64_t intrinsic = sequencing::intrinsic_gas(txn);
    const std::uint64_t limit = request.gas_limit == 0 ? txn_gas_max : std::min(request.gas_limit, txn_gas_max);
    sequencing::ViewAnswer answer;
    if (limit < intrinsic) {
        answer.gas_used = limit;
        answer.return_data = system::out_of_gas(limit, intrinsic).error().data;
        return answer;
    }
    Effect effect = pay_and_call(Payment{.from = request.from,
                                         .to = request.to,
                                         .value = request.value,
                                         .data = request.data,
                                         .gas_limit = limit - intrinsic});
    answer.succeeded = effect.succeeded;
    answer.gas_used = intrinsic + effect.gas_used;
    answer.return_data = std::move(effect.return_data);
    return answer;
}

}  // namespace enshrine::guest
