// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>

#include <sdk/guest/host/host_machine.hpp>

#include <utility>

namespace enshrine::guest {

HostRun run_on_host(const Program& program, BytesView argument_page, const PreimageStore& preimages) {
    HostMachine machine{argument_page, preimages, {}};
    HostMachine* const outer = exchange_host_machine(&machine);
    ENSHRINE_ASSERT(outer == nullptr);
    machine.run.exit_code = run_program(program);
    exchange_host_machine(nullptr);
    return std::move(machine.run);
}

}  // namespace enshrine::guest
