// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/gf16_kernels_host.hpp>

namespace enshrine::algebra {
namespace {

#if defined(__x86_64__)
const Gf16Kernel* kernel_of(Gf16Path path) noexcept {
    const bool avx2 = __builtin_cpu_supports("avx2") != 0;
    const bool gfni = __builtin_cpu_supports("gfni") != 0;
    const bool avx512 = __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                        __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0;
    switch (path) {
        case Gf16Path::scalar:
            return &gf16_kernel_scalar;
        case Gf16Path::avx2:
            return avx2 ? &gf16_kernel_avx2 : nullptr;
        case Gf16Path::avx2_gfni:
            return avx2 && gfni ? &gf16_kernel_avx2_gfni : nullptr;
        case Gf16Path::avx512_gfni:
            return avx512 && gfni ? &gf16_kernel_avx512_gfni : nullptr;
    }
    return nullptr;
}
#else
const Gf16Kernel* kernel_of(Gf16Path path) noexcept {
    return path == Gf16Path::scalar ? &gf16_kernel_scalar : nullptr;
}
#endif

const Gf16Kernel& fastest_kernel() noexcept {
    for (const Gf16Path path : {Gf16Path::avx512_gfni, Gf16Path::avx2_gfni, Gf16Path::avx2}) {
        if (const Gf16Kernel* kernel = kernel_of(path)) return *kernel;
    }
    return gf16_kernel_scalar;
}

}  // namespace

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
    return kernel_of(path);
}

const Gf16Kernel& gf16_kernel() noexcept {
    static const Gf16Kernel& kernel = fastest_kernel();
    return kernel;
}

}  // namespace enshrine::algebra
