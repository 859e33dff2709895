// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>

#include <cstdint>

/// The argument page that every run boots from. Layout: docs/spec/machine.md. Shared with sdk/guest.
namespace enshrine::vm {

inline constexpr std::uint64_t argument_page_address = 0x1000;
inline constexpr std::uint64_t abi_version = 1;

enum class ArgumentsError : std::uint16_t {
    wrong_size = 1,
    unknown_abi_version,
    unknown_mode,
    padding_not_zero,
    bad_payload_status
};
const ErrorDomain& error_domain(ArgumentsError) noexcept;

enum class RunMode : std::uint64_t { batch = 1, view = 2 };

struct ProgramArguments {
    RunMode mode = RunMode::batch;
    std::uint64_t rollup_id = 0;
    Hash32 previous_state_root;
    Hash32 inbox_start;
    Hash32 inbox_end;
    std::uint64_t inbox_first = 0;
    std::uint64_t inbox_count = 0;
    Hash32 batch_hash;  ///< view mode: hash of the request
    std::uint64_t batch_sequence = 0;
    std::uint64_t l1_height = 0;
    std::uint64_t l1_timestamp = 0;
    std::uint64_t weight_max = 0;
    bool payload_void = false;  ///< the payload counts as empty, whatever the header names [DA-BATCH.3]

    [[nodiscard]] Bytes encode() const;  ///< 4,096 bytes
    [[nodiscard]] static Result<ProgramArguments> decode(BytesView page) noexcept;
    [[nodiscard]] friend bool operator==(const ProgramArguments&, const ProgramArguments&) noexcept = default;
};

}  // namespace enshrine::vm
