// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/gf16.hpp>

#include <span>

/// The additive Fourier transform of Lin, Chung and Han (2014) over GF(2^16). The reference of the stripe transforms.
///
/// Polynomials are given in the basis X_i = Π s_b over the bits b of i, where s_b vanishes on the labels below 2^b. In
/// a Cantor basis s_b(x) is the label x >> b, which is all there is to know about twiddle factors.
namespace enshrine::algebra {

/// Coefficients to values at the points offset … offset + n − 1. n is a power of two, offset a multiple of it, and
/// offset + n at most 65,536.
void gf16_fft(std::span<Gf16> values, std::size_t offset) noexcept;
/// Values at those points to coefficients.
void gf16_ifft(std::span<Gf16> values, std::size_t offset) noexcept;
/// Coefficients of p to coefficients of p + p', where p' is the formal derivative.
void gf16_add_derivative(std::span<Gf16> coefficients) noexcept;

}  // namespace enshrine::algebra
