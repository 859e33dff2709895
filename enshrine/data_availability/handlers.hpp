// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/context.hpp>

/// Handlers of the method table in interface.cpp.
namespace enshrine::data_availability {

[[nodiscard]] system::CallResult query_blob_info(system::CallContext& context, const codec::abi::Arguments& arguments);
[[nodiscard]] system::CallResult query_verify_sample(system::CallContext& context,
                                                     const codec::abi::Arguments& arguments);

}  // namespace enshrine::data_availability
