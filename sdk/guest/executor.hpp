// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/sequencing/records.hpp>
#include <enshrine/types/transaction.hpp>

#include <sdk/guest/program.hpp>

/// Applies transactions, inbox messages and view calls to a rollup's state, one after the other.
namespace enshrine::guest {

/// One receipt record, and the messages that left [REC.1].
struct Applied {
    sequencing::ReceiptRecord record;
    std::vector<Bytes> outbox;  ///< encoded messages
};

class Executor {
public:
    Executor(const Program& program, const vm::ProgramArguments& run, State& state,
             const Address& fee_recipient) noexcept
        : program_{program}, run_{run}, state_{state}, fee_recipient_{fee_recipient} {}

    /// A transaction at `index` of the payload, or of the inbox when forced. An invalid one is recorded as dropped.
    [[nodiscard]] Applied apply_transaction(BytesView encoded, sequencing::RecordSource source, std::uint64_t index);
    /// [MSG.7] [MSG.8]. `hash` is the message's own.
    [[nodiscard]] Applied apply_message(BytesView encoded, const Hash32& hash, std::uint64_t index);
    /// Runs a call and drops what it writes.
    [[nodiscard]] sequencing::ViewAnswer view_call(const sequencing::ViewRequest& request);

private:
    /// What came of running a call or a plain payment.
    struct Effect {
        bool succeeded = false;
        std::uint64_t gas_used = 0;
        Bytes return_data;
        std::vector<types::Log> logs;
        std::vector<Bytes> outbox;
    };
    struct Payment {
        Address from;
        std::optional<Address> to;
        Amount value;
        BytesView data;
        std::uint64_t gas_limit = 0;  ///< behind the intrinsic gas
    };

    [[nodiscard]] Effect pay_and_call(const Payment& payment);
    [[nodiscard]] Effect call_program(const Call& call, BytesView calldata);
    void run_valid_transaction(const types::Transaction& txn, const Address& sender, Applied& out);
    /// Moves the effect into the record; a call whose record would be too large turns into a revert [REC.2].
    void record_effect(Effect effect, State::Mark before, Applied& out);
    void give_back(const messaging::Message& message);

    const Program& program_;
    const vm::ProgramArguments& run_;
    State& state_;
    Address fee_recipient_;
    std::uint64_t gas_used_ = 0;  ///< by the transactions of this batch
};

/// The address under which somebody on another rollup calls programs here. That chain alone vouches for its senders, so
/// they must not be taken for accounts of the same address on this one: the last 20 bytes of
/// SHA-256("enshrine.sender.v1" ‖ source chain u64 ‖ sender). Accounts of the L1 keep their addresses.
[[nodiscard]] Address remote_sender(std::uint64_t source, const Address& sender) noexcept;

}  // namespace enshrine::guest
