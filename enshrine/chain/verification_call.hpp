// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/types/transaction.hpp>

#include <cstdint>

/// Which transactions make the L1 decode keys or verify proofs, told by their bytes alone.
namespace enshrine::chain {

struct VerificationCall {
    enum class Method : std::uint8_t {
        none,          ///< no call to a contract that verifies, or one without an argument: refused before any work
        other,         ///< of those contracts
        register_key,  ///< IProofVerifier
        verify,        ///< IProofVerifier
        claim_proven,  ///< IRollupRegistry
    };
    Method method = Method::none;
    Hash32 first_word;  ///< of the arguments: for `verify` the key, for `claim_proven` the rollup
    [[nodiscard]] bool asks_for_verification() const noexcept {
        return method == Method::verify || method == Method::claim_proven;
    }
};
[[nodiscard]] VerificationCall read_verification_call(const types::Transaction& txn) noexcept;

}  // namespace enshrine::chain
