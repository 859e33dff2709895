// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/gf16_stripe.hpp>

/// The implementations that gf16_stripe_host.cpp chooses from.
namespace enshrine::algebra {

extern const Gf16Kernel gf16_kernel_scalar;
#if defined(__x86_64__)
extern const Gf16Kernel gf16_kernel_avx2;
extern const Gf16Kernel gf16_kernel_avx2_gfni;
extern const Gf16Kernel gf16_kernel_avx512_gfni;
#endif

}  // namespace enshrine::algebra
