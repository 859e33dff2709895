// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/vm/runner.hpp>

#include <algorithm>
#include <utility>

namespace enshrine::vm {

Result<Runner> Runner::make() noexcept {
    ENSHRINE_TRY(auto memory, MachineMemory::make());
    return Runner{std::move(memory)};
}

const Program* Runner::find(const Hash32& id) noexcept {
    const auto found = programs_.find(id);
    if (found == programs_.end()) return nullptr;
    found->second.last_use = ++uses_;
    return &found->second.program;
}

Result<const Program*> Runner::load(BytesView elf) {
    ENSHRINE_TRY(auto program, Program::load(elf));
    if (const Program* const known = find(program.id()); known != nullptr) return known;
    if (programs_.size() == programs_max) {
        programs_.erase(
            std::ranges::min_element(programs_, {}, [](const auto& entry) noexcept { return entry.second.last_use; }));
    }
    const Hash32 id = program.id();
    const auto [at, inserted] = programs_.insert({id, Entry{.program = std::move(program), .last_use = ++uses_}});
    return &at->second.program;
}

}  // namespace enshrine::vm
