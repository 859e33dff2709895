// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/adapters/adapter_error.hpp>

namespace enshrine::proofs {
namespace {

std::string_view message(std::uint16_t code) noexcept {
    switch (AdapterError{code}) {
        case AdapterError::wrong_kind:
            return "the key is of another kind or version";
        case AdapterError::wrong_size:
            return "the number of bytes is not the one of this version";
        case AdapterError::unknown_selector:
            return "no version with this selector is known";
        case AdapterError::other_selector:
            return "the selector of the proof is not the one of the key";
        case AdapterError::sp1_3_0_unsound:
            return "SP1 3.0 is frozen: its recursion takes unfinished runs for whole ones (GHSA-c873-wfhp-wx5m); 4.0 "
                   "mends it";
        case AdapterError::sp1_6_0_unsound:
            return "SP1 6.0 is frozen: its recursion is unsound (CVE-2026-40323); 6.1 mends it";
        case AdapterError::sp1_4_0_stopped:
            return "SP1 4.0 is stopped: its maker has frozen the verifiers; 5.0 mends it (GHSA-6248-228x-mmvh)";
        case AdapterError::risc0_retired:
            return "this version of RISC Zero is frozen: its maker has removed it from its routers";
        case AdapterError::risc0_2_0_stopped:
            return "RISC Zero 2.0 is frozen: its maker has stopped the verifiers";
        case AdapterError::risc0_2_1_unsound:
            return "RISC Zero 2.1 is frozen: its division is not constrained (GHSA-f6rc-24x4-ppxp)";
        case AdapterError::set_0_7_unsound:
            return "RISC Zero's set verifier 0.7 is frozen (GHSA-jqq4-c7wq-36h7); 0.9 mends it";
        case AdapterError::vkey_not_below_order:
            return "the program's key is not below the order of the group";
        case AdapterError::program_failed:
            return "the program ended with an exit code that is not zero";
        case AdapterError::other_recursion_keys:
            return "the root of the recursion keys is not the one of this version";
        case AdapterError::malformed_set_seal:
            return "the set inclusion is not the ABI encoding of a path and of the Groth16 seal of its root";
        case AdapterError::path_too_long:
            return "the path of the set inclusion is longer than is allowed";
    }
    return "unknown error of an adapter";
}

}  // namespace

const ErrorDomain& error_domain(AdapterError) noexcept {
    static constexpr ErrorDomain domain{"adapter", message};
    return domain;
}

}  // namespace enshrine::proofs
