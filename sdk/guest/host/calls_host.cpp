// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// The machine's calls on the host. See machine/calls.cpp for those of the machine.
#include <enshrine/base/assert.hpp>

#include <sdk/guest/calls.hpp>
#include <sdk/guest/host/host_machine.hpp>

#include <utility>

namespace enshrine::guest {
namespace {

HostMachine*& running() noexcept {
    static HostMachine* machine = nullptr;
    return machine;
}

HostMachine& current() noexcept {
    ENSHRINE_ASSERT(running() != nullptr);
    return *running();
}

}  // namespace

HostMachine* exchange_host_machine(HostMachine* machine) noexcept {
    return std::exchange(running(), machine);
}

BytesView argument_page() noexcept {
    return current().argument_page;
}

BytesView reveal(const Hash32& hash) noexcept {
    HostMachine& here = current();
    const Bytes* const found = here.preimages.find(hash);
    if (found != nullptr && found->size() <= call_bytes_max && !here.run.panicked) return *found;
    if (!here.run.panicked) here.run.missing_hash = hash;
    here.run.panicked = true;
    return {};
}

void emit(RecordKind kind, BytesView record) noexcept {
    HostRun& run = current().run;
    if (record.size() > call_bytes_max) run.panicked = true;
    if (!run.panicked) run.records[static_cast<std::size_t>(kind)].push_back(to_bytes(record));
}

void commit(const Hash32& state_root) noexcept {
    HostRun& run = current().run;
    if (run.state_root) run.panicked = true;
    if (!run.panicked) run.state_root = state_root;
}

void offer(BytesView bytes) noexcept {
    HostRun& run = current().run;
    if (!run.panicked) run.offered.push_back(to_bytes(bytes));
}

void debug(std::string_view text) noexcept {
    HostRun& run = current().run;
    run.debug_text += text;
    run.debug_text += '\n';
}

}  // namespace enshrine::guest
