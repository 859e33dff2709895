// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// The body of every Gf16Kernel. Each gf16_stripe_*_host.cpp includes it once, within its own unnamed namespace and
// under its own instruction set, after `Ops` is defined: no function here may be shared between instruction sets by the
// linker.
//
// Ops has layers_per_pass (as many as the registers allow, at most 3), Factor (a multiplier, kept as data that is
// linear in the element, so that the sum of two is the factor of the sum), Wide (`symbols` symbols in registers), and
// load, store, add, multiply_add, multiply, factor_sum, make_factor.

constexpr std::size_t parts = stripe_symbols / Ops::symbols;

/// Twiddle factors of a transform of up to 64 points: entry n + b belongs to block b of the layer with n blocks.
struct Twiddles {
    Ops::Factor at[stripe_block_rows];
};

struct FactorTables {
    Ops::Factor nibbles[4][16];  ///< factors of elements by nibbles of the label
    Twiddles first;              ///< of offset 0
};

FactorTables make_factor_tables() noexcept {
    FactorTables tables{};
    for (unsigned nibble = 0; nibble < 4; ++nibble) {
        for (unsigned value = 0; value < 16; ++value) {
            tables.nibbles[nibble][value] = Ops::make_factor(static_cast<Gf16>(value << (4 * nibble)));
        }
    }
    for (std::size_t n = 1; n < stripe_block_rows; n *= 2) {
        for (std::size_t b = 0; b < n; ++b) tables.first.at[n + b] = Ops::make_factor(static_cast<Gf16>(2 * b));
    }
    return tables;
}

const FactorTables& factor_tables() noexcept {
    static const FactorTables tables = make_factor_tables();
    return tables;
}

inline Ops::Factor factor_of(const FactorTables& tables, std::size_t label) noexcept {
    return Ops::factor_sum(Ops::factor_sum(tables.nibbles[0][label & 15U], tables.nibbles[1][label >> 4 & 15U]),
                           Ops::factor_sum(tables.nibbles[2][label >> 8 & 15U], tables.nibbles[3][label >> 12 & 15U]));
}

/// At layer n the blocks have 2·half = size / n points, and the factor of block b is offset / half + 2 b. The sum has
/// no carry, because the offset is a multiple of the size.
void make_twiddles(const FactorTables& tables, std::size_t size, std::size_t offset, Twiddles& out) noexcept {
    for (std::size_t n = 1; n < size; n *= 2) {
        const Ops::Factor high = factor_of(tables, offset / (size / n / 2));
        for (std::size_t i = n; i < 2 * n; ++i) out.at[i] = Ops::factor_sum(high, tables.first.at[i]);
    }
}

/// Factors of GF(256), the labels below 256, do not carry low halves into high ones (Subfield).
template <bool Subfield>
inline void butterfly(Ops::Wide& a, Ops::Wide& b, const Ops::Multiplier& factor) noexcept {
    a = Ops::template multiply_add<Subfield>(a, b, factor);
    b = Ops::add(b, a);
}
template <bool Subfield>
inline void inverse_butterfly(Ops::Wide& a, Ops::Wide& b, const Ops::Multiplier& factor) noexcept {
    b = Ops::add(b, a);
    a = Ops::template multiply_add<Subfield>(a, b, factor);
}

/// Rows of a transform of up to 64 points: row i is base + i · stride.
struct Rows {
    const Byte* from;
    Byte* to;
    std::size_t stride;
};

/// The butterflies of one layer among 2^Layers rows. Layer 0 is the one with the widest blocks.
template <unsigned Layers, bool Inverse, bool Subfield, unsigned Layer>
[[gnu::always_inline]] inline void layer(Ops::Wide* x, const Twiddles& twiddles, std::size_t top) noexcept {
    constexpr std::size_t half = std::size_t{1} << (Layers - 1 - Layer);
    constexpr std::size_t blocks = std::size_t{1} << Layer;
#pragma GCC unroll 4
    for (std::size_t block = 0; block < blocks; ++block) {
        const Ops::Multiplier factor = Ops::expand(twiddles.at[top * blocks + block]);
#pragma GCC unroll 4
        for (std::size_t k = 2 * half * block; k < 2 * half * block + half; ++k) {
            if constexpr (Inverse) {
                inverse_butterfly<Subfield>(x[k], x[k + half], factor);
            } else {
                butterfly<Subfield>(x[k], x[k + half], factor);
            }
        }
    }
}

/// `Layers` layers at once on each set of 2^Layers rows that lie `distance` rows apart, values in registers.
template <unsigned Layers, bool Inverse, bool Scaled, bool Subfield>
void pass(Rows rows, std::size_t size, std::size_t distance, const Twiddles& twiddles,
          const Ops::Factor* scale) noexcept {
    constexpr std::size_t count = std::size_t{1} << Layers;
    const std::size_t groups = size / (count * distance);
    const std::size_t step = distance * rows.stride;
    for (std::size_t g = 0; g < groups; ++g) {
        const std::size_t top = groups + g;  // the factor of the layer with the widest blocks
        for (std::size_t i = 0; i < distance; ++i) {
            const std::size_t first = (g * count * distance + i) * rows.stride;
            for (std::size_t part = 0; part < parts; ++part) {
                typename Ops::Wide x[count];
#pragma GCC unroll 8
                for (std::size_t k = 0; k < count; ++k) x[k] = Ops::load(rows.from + first + k * step, part);
                if constexpr (Scaled) {
                    const typename Ops::Multiplier factor = Ops::expand(*scale);
#pragma GCC unroll 8
                    for (std::size_t k = 0; k < count; ++k) x[k] = Ops::multiply(x[k], factor);
                }
                if constexpr (Inverse) {
                    if constexpr (Layers >= 3) layer<Layers, true, Subfield, 2>(x, twiddles, top);
                    if constexpr (Layers >= 2) layer<Layers, true, Subfield, 1>(x, twiddles, top);
                    if constexpr (Layers >= 1) layer<Layers, true, Subfield, 0>(x, twiddles, top);
                } else {
                    if constexpr (Layers >= 1) layer<Layers, false, Subfield, 0>(x, twiddles, top);
                    if constexpr (Layers >= 2) layer<Layers, false, Subfield, 1>(x, twiddles, top);
                    if constexpr (Layers >= 3) layer<Layers, false, Subfield, 2>(x, twiddles, top);
                }
#pragma GCC unroll 8
                for (std::size_t k = 0; k < count; ++k) Ops::store(rows.to + first + k * step, part, x[k]);
            }
        }
    }
}

template <bool Inverse, bool Scaled, bool Subfield>
void pass_of(unsigned layers, const Rows& rows, std::size_t size, std::size_t distance, const Twiddles& twiddles,
             const Ops::Factor* scale) noexcept {
    if (layers == 0) pass<0, Inverse, Scaled, Subfield>(rows, size, distance, twiddles, scale);
    if (layers == 1) pass<1, Inverse, Scaled, Subfield>(rows, size, distance, twiddles, scale);
    if (layers == 2) pass<2, Inverse, Scaled, Subfield>(rows, size, distance, twiddles, scale);
    if constexpr (Ops::layers_per_pass >= 3) {
        if (layers == 3) pass<3, Inverse, Scaled, Subfield>(rows, size, distance, twiddles, scale);
    }
}

/// A transform of 2^`layers` <= 64 points.
template <bool Subfield>
void small_fft(const Rows& rows, unsigned layers, const Twiddles& twiddles, const Ops::Factor* scale) noexcept {
    const std::size_t size = std::size_t{1} << layers;
    Rows from = rows;
    do {
        // The layers that do not fill a pass come first, so that the last pass is of neighbouring rows.
        const unsigned count = layers == 0 ? 0 : (layers - 1) % Ops::layers_per_pass + 1;
        layers -= count;
        if (scale != nullptr) {
            pass_of<false, true, Subfield>(count, from, size, std::size_t{1} << layers, twiddles, scale);
        } else {
            pass_of<false, false, Subfield>(count, from, size, std::size_t{1} << layers, twiddles, nullptr);
        }
        from.from = rows.to;
        scale = nullptr;
    } while (layers != 0);
}

template <bool Subfield>
void small_ifft(const Rows& rows, unsigned layers, const Twiddles& twiddles) noexcept {
    const std::size_t size = std::size_t{1} << layers;
    for (unsigned done = 0; done < layers;) {
        const unsigned count = std::min(Ops::layers_per_pass, layers - done);
        pass_of<true, false, Subfield>(count, rows, size, std::size_t{1} << done, twiddles, nullptr);
        done += count;
    }
}

/// Domains of more than 64 points are transformed as `columns` interleaved columns of few points, and as that many
/// times fewer blocks: both halves of the work run within the nearest cache.
std::size_t column_count(std::size_t rows) noexcept {
    return rows > stripe_block_rows * stripe_block_rows ? stripe_block_rows * stripe_block_rows : stripe_block_rows;
}

/// Whether all twiddle factors of the columns are below 256: the greatest is that of the last two rows of columns.
bool columns_in_subfield(StripeDomain domain, std::size_t columns) noexcept {
    return (domain.offset + domain.rows) / columns <= 256;
}

void fft_blocks(const Byte* from, Byte* to, std::size_t first_row, StripeDomain domain, const Ops::Factor* scale,
                const BlockHook& drain) noexcept {
    const FactorTables& tables = factor_tables();
    Twiddles twiddles;
    if (domain.rows <= stripe_block_rows) {
        const std::size_t at = stripe_offset(first_row);
        make_twiddles(tables, domain.rows, domain.offset, twiddles);
        small_fft<false>(Rows{from + at, to + at, stripe_row_bytes},
                         static_cast<unsigned>(std::countr_zero(domain.rows)), twiddles, scale);
        drain(first_row, domain.rows);
        return;
    }
    const std::size_t columns = column_count(domain.rows);
    const std::size_t points = domain.rows / columns;
    make_twiddles(tables, points, domain.offset / columns, twiddles);
    const auto transform = columns_in_subfield(domain, columns) ? small_fft<true> : small_fft<false>;
    for (std::size_t column = 0; column < columns; ++column) {
        const std::size_t at = stripe_offset(first_row + column);
        transform(Rows{from + at, to + at, stripe_offset(columns)}, static_cast<unsigned>(std::countr_zero(points)),
                  twiddles, scale);
    }
    for (std::size_t block = 0; block < points; ++block) {
        fft_blocks(to, to, first_row + block * columns, StripeDomain{columns, domain.offset + block * columns}, nullptr,
                   drain);
    }
}

void ifft_blocks(Byte* stripe, std::size_t first_row, StripeDomain domain, const BlockHook& fill) noexcept {
    const FactorTables& tables = factor_tables();
    Twiddles twiddles;
    if (domain.rows <= stripe_block_rows) {
        fill(first_row, domain.rows);
        Byte* at = stripe + stripe_offset(first_row);
        make_twiddles(tables, domain.rows, domain.offset, twiddles);
        small_ifft<false>(Rows{at, at, stripe_row_bytes}, static_cast<unsigned>(std::countr_zero(domain.rows)),
                          twiddles);
        return;
    }
    const std::size_t columns = column_count(domain.rows);
    const std::size_t points = domain.rows / columns;
    for (std::size_t block = 0; block < points; ++block) {
        ifft_blocks(stripe, first_row + block * columns, StripeDomain{columns, domain.offset + block * columns}, fill);
    }
    make_twiddles(tables, points, domain.offset / columns, twiddles);
    const auto transform = columns_in_subfield(domain, columns) ? small_ifft<true> : small_ifft<false>;
    for (std::size_t column = 0; column < columns; ++column) {
        Byte* at = stripe + stripe_offset(first_row + column);
        transform(Rows{at, at, stripe_offset(columns)}, static_cast<unsigned>(std::countr_zero(points)), twiddles);
    }
}

void ifft(Byte* stripe, StripeDomain domain, const BlockHook& fill) noexcept {
    ifft_blocks(stripe, 0, domain, fill);
}

void fft(const Byte* from, Byte* to, StripeDomain domain, Gf16 scale, const BlockHook& drain) noexcept {
    const Ops::Factor factor = factor_of(factor_tables(), scale);
    fft_blocks(from, to, 0, domain, scale == 1 ? nullptr : &factor, drain);
    Ops::end_stream();  // of what `drain` has unpacked
}

void multiply_rows(Byte* rows, const Gf16* factors, std::size_t count) noexcept {
    const FactorTables& tables = factor_tables();
    for (std::size_t i = 0; i < count; ++i) {
        Byte* row = rows + i * stripe_row_bytes;
        const Ops::Factor factor = factor_of(tables, factors[i]);
        const Ops::Multiplier multiplier = Ops::expand(factor);
        for (std::size_t part = 0; part < parts; ++part) {
            Ops::store(row, part, Ops::multiply(Ops::load(row, part), multiplier));
        }
    }
}

void pack(const RowBlock& block, Byte* rows) noexcept {
    for (std::size_t i = 0; i < block.count; ++i) {
        const Byte* row = block.rows + i * block.stride;
        for (std::size_t part = 0; part < parts; ++part) {
            const typename Ops::Wide x = Ops::load_symbols(row, part, block.chunk_count);
            Ops::store(rows + i * stripe_row_bytes, part, x);
            Ops::store_symbols(block.copy + i * stripe_row_bytes, part, 2, x);
        }
    }
}

void unpack(const Byte* rows, const RowBlock& block) noexcept {
    for (std::size_t i = 0; i < block.count; ++i) {
        Byte* row = block.rows + i * block.stride;
        for (std::size_t part = 0; part < parts; ++part) {
            const typename Ops::Wide x = Ops::load(rows + i * stripe_row_bytes, part);
            Ops::store_symbols(block.copy + i * stripe_row_bytes, part, 2, x);
            Ops::stream_symbols(row, part, block.chunk_count, x);
        }
    }
}

inline void add_row(const Byte* from, Byte* to) noexcept {
    for (std::size_t part = 0; part < parts; ++part) {
        Ops::store(to, part, Ops::add(Ops::load(to, part), Ops::load(from, part)));
    }
}

void add(const Byte* from, Byte* to, std::size_t rows) noexcept {
    for (std::size_t i = 0; i < rows; ++i) add_row(from + stripe_offset(i), to + stripe_offset(i));
}

// gf16_add_derivative on rows.
void add_derivative(Byte* stripe, std::size_t rows) noexcept {
    for (std::size_t i = 1; i < rows; ++i) {
        const std::size_t width = i & (~i + 1);
        for (std::size_t j = i - width; j < i; ++j) {
            add_row(stripe + stripe_offset(j + width), stripe + stripe_offset(j));
        }
    }
}
