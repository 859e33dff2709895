// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/client/settlement_contracts.hpp>
#include <enshrine/rollup_registry/statement.hpp>

namespace enshrine::client {

/// The statement that a claim has to be proven for, field by field: what a program hashes under the mapping `digest`
/// [STMT.1] [MAP.1]. Made from what the node tells; its digest is to be compared with settlement_inputs(). `status` is
/// that of the claim's rollup, and the claim's batches are registered and behind its settled one.
[[nodiscard]] rpc::RpcResult<rollup_registry::SettlementStatement> settlement_statement(L1Client& l1,
                                                                                        const RollupStatus& status,
                                                                                        const ProvenClaim& claim);

}  // namespace enshrine::client
