// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/gf16_kernels_host.hpp>

namespace enshrine::algebra {

std::string_view name_of(Gf16Path path) noexcept {
    switch (path) {
        case Gf16Path::scalar:
            return "scalar";
        case Gf16Path::avx2:
            return "avx2";
        case Gf16Path::avx2_gfni:
            return "avx2_gfni";
        case Gf16Path::avx512_gfni:
            return "avx512_gfni";
    }
    return "unknown";
}

const Gf16Kernel* gf16_kernel(Gf16Path path) noexcept {
    return path == Gf16Path::scalar ? &gf16_kernel_scalar : nullptr;
}

const Gf16Kernel& gf16_kernel() noexcept {
    return gf16_kernel_scalar;
}

}  // namespace enshrine::algebra
