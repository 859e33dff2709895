// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/context.hpp>

/// IDataAvailability: what blocks have published, and checks of samples of it.
namespace enshrine::data_availability {

[[nodiscard]] const system::Contract& contract() noexcept;

}  // namespace enshrine::data_availability
