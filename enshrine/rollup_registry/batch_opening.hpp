// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/rollup_registry/proven_claim.hpp>

/// What a claim under the mapping `words` opens. Rules: docs/spec/settlement_by_proof.md [MAP.7] [MAP.8].
namespace enshrine::rollup_registry {

/// Contents of the batch, each part shown to be what the batch or the claim names.
[[nodiscard]] std::expected<BatchContents, system::Revert> open_batch(system::CallContext& context,
                                                                      const ProvenClaim& claim,
                                                                      const BatchRecord& batch,
                                                                      const Validity& validity);

}  // namespace enshrine::rollup_registry
