// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/context.hpp>

/// Handlers of the method table in interface.cpp.
namespace enshrine::rollup_registry {

[[nodiscard]] system::CallResult apply_register(system::CallContext& context, const codec::abi::Arguments& arguments);
[[nodiscard]] system::CallResult apply_register_proven(system::CallContext& context,
                                                       const codec::abi::Arguments& arguments);
[[nodiscard]] system::CallResult apply_claim_proven(system::CallContext& context,
                                                    const codec::abi::Arguments& arguments);
[[nodiscard]] system::CallResult query_settlement_inputs(system::CallContext& context,
                                                         const codec::abi::Arguments& arguments);
[[nodiscard]] system::CallResult query_validity(system::CallContext& context, const codec::abi::Arguments& arguments);
[[nodiscard]] system::CallResult query_agreement(system::CallContext& context, const codec::abi::Arguments& arguments);
[[nodiscard]] system::CallResult apply_set_sequencer(system::CallContext& context,
                                                     const codec::abi::Arguments& arguments);
[[nodiscard]] system::CallResult apply_submit_batch(system::CallContext& context,
                                                    const codec::abi::Arguments& arguments);
[[nodiscard]] system::CallResult apply_claim(system::CallContext& context, const codec::abi::Arguments& arguments);
[[nodiscard]] system::CallResult apply_void_payload(system::CallContext& context,
                                                    const codec::abi::Arguments& arguments);
[[nodiscard]] system::CallResult query_status(system::CallContext& context, const codec::abi::Arguments& arguments);
[[nodiscard]] system::CallResult query_batch(system::CallContext& context, const codec::abi::Arguments& arguments);
[[nodiscard]] system::CallResult query_rollups(system::CallContext& context, const codec::abi::Arguments& arguments);
[[nodiscard]] system::CallResult query_program(system::CallContext& context, const codec::abi::Arguments& arguments);

}  // namespace enshrine::rollup_registry
