// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Any file as a constraint system. What is read has no wire that does not exist, and small systems have keys.
#include <enshrine/base/assert.hpp>
#include <enshrine/prover_files/r1cs_file.hpp>

using namespace enshrine;
using namespace enshrine::prover_files;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto system = read_r1cs({data, size});
    if (!system) {
        ENSHRINE_ASSERT(!system.error().message.empty());
        return 0;
    }
    ENSHRINE_ASSERT(system->public_wires < system->wires);
    for (const Constraint& constraint : system->constraints) {
        for (const LinearCombination& side : constraint) {
            for (const LinearTerm& term : side) ENSHRINE_ASSERT(term.wire < system->wires);
        }
    }
    return 0;
}
