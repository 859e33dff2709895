// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/vm/decode.hpp>
#include <enshrine/vm/status.hpp>

#include <array>
#include <cstdint>
#include <optional>

/// Everything a machine is besides its memory and its program.
namespace enshrine::vm {

inline constexpr std::size_t record_kinds = 3;

struct Cpu {
    std::array<std::uint64_t, register_slots> x{};  ///< x[0] stays zero; x[sink_register] is not part of the state
    std::uint64_t pc = 0;
    std::uint64_t steps = 0;
    std::uint64_t added_weight = 0;  ///< by calls and first writes; every step weighs 1 besides [VM-STEP.1]
    Status status = Status::running;
    Trap trap = Trap::none;
    std::uint64_t exit_code = 0;
    std::uint64_t record_bytes = 0;  ///< of all emitted records [VM-CALL.4]
    std::optional<Hash32> state_root;
    std::array<crypto::MerkleFrontier, record_kinds> accumulators{};

    [[nodiscard]] std::uint64_t weight() const noexcept { return steps + added_weight; }
};

}  // namespace enshrine::vm
