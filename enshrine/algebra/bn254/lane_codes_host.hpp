// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/lane_code.hpp>
#include <enshrine/algebra/bn254/lane_operations.hpp>

/// The implementations that lanes_host.cpp chooses from.
namespace enshrine::algebra::bn254 {

#if defined(__x86_64__)
extern const LaneCode lane_code_ifma;
void lane_apply_ifma(LaneOperation operation, const LaneFp* operands, LaneFp* results) noexcept;
#endif

}  // namespace enshrine::algebra::bn254
