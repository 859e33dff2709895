// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/gf16_stripe.hpp>

/// The implementations that gf16_stripe_host.cpp chooses from.
namespace enshrine::algebra {

extern const Gf16Kernel gf16_kernel_scalar;

}  // namespace enshrine::algebra
