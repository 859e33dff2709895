// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/context.hpp>

/// Handlers of the method table in interface.cpp.
namespace enshrine::proofs {

using Arguments = codec::abi::Arguments;

[[nodiscard]] system::CallResult apply_register_key(system::CallContext& context, const Arguments& arguments);
[[nodiscard]] system::CallResult apply_freeze_key(system::CallContext& context, const Arguments& arguments);
[[nodiscard]] system::CallResult apply_unfreeze_key(system::CallContext& context, const Arguments& arguments);
[[nodiscard]] system::CallResult apply_retire_key(system::CallContext& context, const Arguments& arguments);
[[nodiscard]] system::CallResult apply_verify(system::CallContext& context, const Arguments& arguments);
[[nodiscard]] system::CallResult query_status(system::CallContext& context, const Arguments& arguments);
[[nodiscard]] system::CallResult query_holder(system::CallContext& context, const Arguments& arguments);
[[nodiscard]] system::CallResult query_key(system::CallContext& context, const Arguments& arguments);
[[nodiscard]] system::CallResult query_receipts(system::CallContext& context, const Arguments& arguments);
[[nodiscard]] system::CallResult query_receipt(system::CallContext& context, const Arguments& arguments);
[[nodiscard]] system::CallResult query_find_receipt(system::CallContext& context, const Arguments& arguments);

}  // namespace enshrine::proofs
