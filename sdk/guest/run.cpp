// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <sdk/guest/batch_input.hpp>
#include <sdk/guest/calls.hpp>
#include <sdk/guest/executor.hpp>

namespace enshrine::guest {
namespace {

void publish(const Applied& applied) {
    for (const Bytes& message : applied.outbox) emit(RecordKind::outbox, message);
    emit(RecordKind::receipt, sequencing::encode_receipt_record(applied.record));
}

/// The bytes behind a message hash: 0x00 ‖ message [MSG.1].
std::expected<Bytes, ExitCode> read_message(const Hash32& hash) {
    const BytesView leaf = reveal(hash);
    if (leaf.empty() || leaf[0] != 0) return std::unexpected{exit_bad_inbox};
    return to_bytes(leaf.subspan(1));
}

ExitCode run_batch(const Program& program, const vm::ProgramArguments& run) {
    const auto header = read_batch_header(run);
    if (!header) return header.error();
    const auto inbox = read_inbox(run);
    if (!inbox) return inbox.error();
    const auto payload = read_payload(run, *header);
    if (!payload) return payload.error();

    State state{run.previous_state_root};
    Executor executor{program, run, state, header->fee_recipient};
    std::uint64_t index = run.inbox_first;
    for (const Hash32& hash : *inbox) {
        const auto message = read_message(hash);
        if (!message) return message.error();
        publish(executor.apply_message(*message, hash, index));
        ++index;
    }
    index = 0;
    for (const BytesView transaction : sequencing::decode_payload(*payload)) {
        publish(executor.apply_transaction(transaction, sequencing::RecordSource::payload, index));
        ++index;
    }
    const auto root = state.commit();
    if (!root || state.broken()) return exit_bad_state;
    commit(*root);
    return exit_ok;
}

/// [VIEW.2] Empty, which is no request, when a page is too short or there are more than a request has.
Bytes read_view_request(const Hash32& first) {
    Bytes out;
    for (Hash32 hash = first; out.size() <= sequencing::view_data_bytes_max + call_bytes_max;) {
        const auto page = sequencing::read_view_request_page(reveal(hash));
        if (!page) return {};
        append(out, page->part);
        if (page->next.is_zero()) return out;
        if (page->part.empty()) return {};
        hash = page->next;
    }
    return {};
}

ExitCode run_view(const Program& program, const vm::ProgramArguments& run) {
    const auto request = sequencing::decode_view_request(read_view_request(run.batch_hash));
    if (!request) return exit_bad_request;
    State state{run.previous_state_root};
    sequencing::ViewAnswer answer;
    switch (request->kind) {
        case sequencing::ViewKind::account: {
            const types::Account account = load_account(state, request->to.value_or(Address{}));
            answer.succeeded = true;
            answer.nonce = account.nonce;
            answer.balance = account.balance;
            break;
        }
        case sequencing::ViewKind::call:
            answer = Executor{program, run, state, Address{}}.view_call(*request);
            break;
    }
    if (state.broken()) return exit_bad_state;
    emit(RecordKind::view_answer, sequencing::encode_view_answer(answer));  // [VIEW.1]
    return exit_ok;
}

}  // namespace

std::uint64_t run_program(const Program& program) {
    const auto run = vm::ProgramArguments::decode(argument_page());
    if (!run) return exit_bad_arguments;
    switch (run->mode) {
        case vm::RunMode::batch:
            return run_batch(program, *run);
        case vm::RunMode::view:
            return run_view(program, *run);
    }
    return exit_bad_arguments;
}

}  // namespace enshrine::guest
