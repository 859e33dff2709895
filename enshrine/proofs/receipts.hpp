// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/verify.hpp>
#include <enshrine/state/view.hpp>

#include <optional>
#include <vector>

/// What was verified, for whom: one append-only Merkle list per source in state, so that other chains can be shown that
/// a statement was proven. Rules: docs/spec/proof_registry.md [PRCPT.*].
namespace enshrine::proofs {

/// Whose list it is [PRCPT.2].
[[nodiscard]] Hash32 source_of_rollup(std::uint64_t rollup) noexcept;     ///< 24 zero bytes ‖ id
[[nodiscard]] Hash32 source_of_account(const Address& address) noexcept;  ///< 1 ‖ 11 zero bytes ‖ address

/// What IProofVerifier.verify shows [PRCPT.4].
[[nodiscard]] Hash32 statement_of(std::uint64_t chain_id, const VerifiedProof& proof);
[[nodiscard]] Hash32 statement_of(std::uint64_t chain_id, const Hash32& key_id, const Hash32& inputs_hash);

struct Receipt {
    Hash32 statement;
    Hash32 key_id;
    std::uint64_t height = 0;  ///< of the L1 block
    [[nodiscard]] friend bool operator==(const Receipt&, const Receipt&) noexcept = default;
};
[[nodiscard]] Hash32 receipt_leaf(const Receipt& receipt);  ///< [PRCPT.1]

struct ReceiptList {
    std::uint64_t count = 0;
    Hash32 root;
    [[nodiscard]] friend bool operator==(const ReceiptList&, const ReceiptList&) noexcept = default;
};
[[nodiscard]] ReceiptList load_receipt_list(const state::StateView& state, const Hash32& source);
[[nodiscard]] std::optional<Receipt> load_receipt(const state::StateView& state, const Hash32& source,
                                                  std::uint64_t index);
[[nodiscard]] std::optional<std::uint64_t> find_receipt(const state::StateView& state, const Hash32& source,
                                                        const Hash32& statement);
/// Siblings of receipt `index` from the leaf up; reads two entries per level. The receipt exists (asserted).
[[nodiscard]] std::vector<Hash32> prove_receipt(const state::StateView& state, const Hash32& source,
                                                std::uint64_t index);

enum class ReceiptError : std::uint16_t { list_full = 1 };
const ErrorDomain& error_domain(ReceiptError) noexcept;
/// Where it stands. The statement is not in the list yet (asserted) [PRCPT.5].
[[nodiscard]] Result<std::uint64_t> append_receipt(state::Overlay& state, const Hash32& source, const Receipt& receipt);

}  // namespace enshrine::proofs
