// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/gf16_kernels_host.hpp>
#include <enshrine/algebra/gf16_tables.hpp>

#include <algorithm>
#include <bit>

namespace enshrine::algebra {
namespace {

/// One symbol at a time, by logarithms.
struct Ops {
    static constexpr std::size_t symbols = 1;
    static constexpr unsigned layers_per_pass = 3;
    using Wide = Gf16;
    using Factor = Gf16;
    using Multiplier = Gf16;

    static Wide load(const Byte* row, std::size_t part) noexcept {
        return static_cast<Gf16>(row[part] | row[stripe_symbols + part] << 8);
    }
    static void store(Byte* row, std::size_t part, Wide x) noexcept {
        row[part] = static_cast<Byte>(x);
        row[stripe_symbols + part] = static_cast<Byte>(x >> 8);
    }
    /// Where the low half of a symbol lies in the chunks of a row.
    static std::size_t place(std::size_t part) noexcept {
        return part / chunk_symbols * chunk_bytes + part % chunk_symbols;
    }
    static Wide load_symbols(const Byte* row, std::size_t part, std::size_t chunk_count) noexcept {
        if (part >= chunk_count * chunk_symbols) return 0;
        return static_cast<Gf16>(row[place(part)] | row[place(part) + chunk_symbols] << 8);
    }
    static void store_symbols(Byte* row, std::size_t part, std::size_t chunk_count, Wide x) noexcept {
        if (part >= chunk_count * chunk_symbols) return;
        row[place(part)] = static_cast<Byte>(x);
        row[place(part) + chunk_symbols] = static_cast<Byte>(x >> 8);
    }
    static void stream_symbols(Byte* row, std::size_t part, std::size_t chunk_count, Wide x) noexcept {
        store_symbols(row, part, chunk_count, x);
    }
    static void end_stream() noexcept {}
    static Wide add(Wide a, Wide b) noexcept { return a ^ b; }
    static Wide multiply(Wide x, Factor factor) noexcept { return algebra::multiply(gf16_tables(), x, factor); }
    template <bool Subfield>
    static Wide multiply_add(Wide sum, Wide x, Factor factor) noexcept {
        return sum ^ multiply(x, factor);
    }
    static Multiplier expand(Factor factor) noexcept { return factor; }
    static Factor factor_sum(Factor a, Factor b) noexcept { return a ^ b; }
    static Factor make_factor(Gf16 element) noexcept { return element; }
};

#include <enshrine/algebra/gf16_stripe_code.hpp>

}  // namespace

const Gf16Kernel gf16_kernel_scalar{Gf16Path::scalar, ifft,   fft, multiply_rows, pack, unpack, add,
                                    add_derivative,   nullptr};

}  // namespace enshrine::algebra
