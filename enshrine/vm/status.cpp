// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/vm/status.hpp>

namespace enshrine::vm {

std::string_view to_text(Status status) noexcept {
    switch (status) {
        case Status::running:
            return "running";
        case Status::halted:
            return "halted";
        case Status::panicked:
            return "panicked";
        case Status::trapped:
            return "trapped";
        case Status::overflow:
            return "overflow";
    }
    return "unknown status";
}

std::string_view to_text(Trap trap) noexcept {
    switch (trap) {
        case Trap::none:
            return "none";
        case Trap::illegal_instruction:
            return "illegal instruction";
        case Trap::misaligned:
            return "misaligned access or jump";
        case Trap::fetch_fault:
            return "fetch outside the program";
        case Trap::memory_fault:
            return "address outside the memory";
        case Trap::store_to_text:
            return "store to program text";
        case Trap::unknown_call:
            return "unknown call";
        case Trap::bad_buffer:
            return "misaligned or oversized buffer";
        case Trap::unknown_hash:
            return "no preimage known for the hash";
        case Trap::double_commit:
            return "second commit";
        case Trap::bad_record_kind:
            return "unknown record kind";
        case Trap::record_too_large:
            return "record too large";
        case Trap::memory_limit:
            return "more pages written than a run may write";
    }
    return "unknown trap";
}

}  // namespace enshrine::vm
