// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// A rollup whose author is a thief: it sends whatever messages it is told to, covered by nothing.
#include <sdk/guest/calls.hpp>
#include <sdk/guest/program.hpp>

namespace rollups::thief {
namespace {

using namespace enshrine;

guest::CallResult emit_message(guest::Context&, const codec::abi::Arguments& arguments) {
    guest::emit(guest::RecordKind::outbox, arguments.bytes(0));
    return Bytes{};
}

constexpr guest::Method methods[] = {
    {"emitMessage(bytes message)", "", guest::Mutability::payable, 1'000, emit_message,
     "Puts the bytes into the outbox."},
};

struct Thief {
    static constexpr guest::Interface interface{
        .name = "IThief",
        .documentation = "Sends coins that nobody deposited.",
        .address = guest::program_address,
        .methods = methods,
        .events = {},
        .errors = {},
    };
};

}  // namespace

ENSHRINE_ROLLUP_MAIN(Thief)

}  // namespace rollups::thief
