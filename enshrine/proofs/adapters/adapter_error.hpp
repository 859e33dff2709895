// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/result.hpp>

namespace enshrine::proofs {

/// Why an adapter refuses a program's key or a proof before its inner proof is looked at. What the inner proof is
/// refused for keeps its own error.
enum class AdapterError : std::uint16_t {
    wrong_kind = 1,     ///< the key is of another kind or version
    wrong_size,         ///< a key or proof is shorter or longer than its version has it
    unknown_selector,   ///< no version that is known here has this selector
    other_selector,     ///< the proof is one of another version than the key
    sp1_3_0_unsound,    ///< GHSA-c873-wfhp-wx5m
    sp1_6_0_unsound,    ///< CVE-2026-40323
    sp1_4_0_stopped,    ///< Succinct has stopped its verifiers
    risc0_retired,      ///< 1.1 and 1.2: RISC Zero has removed them from its routers
    risc0_2_0_stopped,  ///< RISC Zero has stopped its verifiers
    risc0_2_1_unsound,  ///< GHSA-f6rc-24x4-ppxp
    set_0_7_unsound,    ///< GHSA-jqq4-c7wq-36h7
    vkey_not_below_order,
    program_failed,        ///< the exit code is not zero
    other_recursion_keys,  ///< the root of SP1's recursion keys is not the version's
    malformed_set_seal,    ///< not the only ABI encoding of a path and a seal of its root
    path_too_long          ///< of a set inclusion
};
const ErrorDomain& error_domain(AdapterError) noexcept;

}  // namespace enshrine::proofs
