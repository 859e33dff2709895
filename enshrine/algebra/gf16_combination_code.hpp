// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// The body of CombinationKernels with GFNI; included like gf16_stripe_code.hpp, and after it.
//
// Three products of bytes make one of symbols (gf16_bit_matrix.hpp). For each of the three, rows by limbs is a product
// of matrices: a few rows and four limbs at a time are summed in registers over a section of the row, whose symbols
// have been taken apart into a buffer.

constexpr std::size_t combination_table_bytes = 3 * combination_limbs * stripe_symbols;
constexpr std::size_t limbs_at_once = combination_limbs / 2;
constexpr std::size_t vector_bytes = Ops::symbols;
constexpr std::size_t section_groups = 512 / Ops::symbols;  ///< groups of Ops::symbols symbols in a section

/// A part of a row of `groups` groups; its coefficients start at `table`.
struct Section {
    const Byte* table;
    std::size_t groups;
    /// Coefficients of products `product` with four limbs from `half` · 4 on, group by group.
    [[nodiscard]] std::size_t place(std::size_t product, std::size_t half, std::size_t group) const noexcept {
        return ((2 * product + half) * groups + group) * limbs_at_once * vector_bytes;
    }
};

void prepare_group(const Combination* coefficients, std::size_t count, const Section& section, std::size_t group,
                   Byte* table) noexcept {
    const detail::NibbleMap& map = tower_tables().from_nibbles;
    for (std::size_t i = 0; i < Ops::symbols; ++i) {
        for (std::size_t limb = 0; limb < combination_limbs; ++limb) {
            const Gf16 label = i < count ? load_le<Gf16>(coefficients[i].data() + 2 * limb) : Gf16{0};
            const std::uint16_t element = detail::apply(map, label);
            const auto low = static_cast<Byte>(element);
            const auto high = static_cast<Byte>(element >> 8);
            const std::array<Byte, 3> factors{low, high, static_cast<Byte>(low ^ high)};
            for (std::size_t product = 0; product < factors.size(); ++product) {
                const std::size_t at = section.place(product, limb / limbs_at_once, group);
                table[at + (limb % limbs_at_once) * vector_bytes + i] = factors[product];
            }
        }
    }
}

void prepare(const Combination* coefficients, std::size_t symbol_count, Byte* table) noexcept {
    const std::size_t group_count = (symbol_count + Ops::symbols - 1) / Ops::symbols;
    for (std::size_t first = 0; first < group_count; first += section_groups) {
        const Section section{table, std::min(section_groups, group_count - first)};
        for (std::size_t group = 0; group < section.groups; ++group) {
            const std::size_t symbol = (first + group) * Ops::symbols;
            prepare_group(coefficients + symbol, symbol_count - symbol, section, group, table);
        }
        table += section.groups * 3 * combination_limbs * vector_bytes;
    }
}

/// Rows taken apart, and running sums.
template <std::size_t Count>
struct CombinationWork {
    alignas(64) Byte factors[3][section_groups][Count][vector_bytes];
    alignas(64) Byte sums[3][combination_limbs][Count][vector_bytes];
};

template <std::size_t Count>
void take_apart(const Byte* const* rows, std::size_t first_byte, std::size_t row_bytes, const Section& section,
                CombinationWork<Count>& work) noexcept {
    const auto matrix = Ops::expand(tower_tables().from_label);
    constexpr std::size_t group_bytes = 2 * Ops::symbols;
    for (std::size_t r = 0; r < Count; ++r) {
        for (std::size_t group = 0; group < section.groups; ++group) {
            const std::size_t at = first_byte + group * group_bytes;
            __builtin_prefetch(rows[r] + at + section_groups * group_bytes);
            if (group_bytes > 64) __builtin_prefetch(rows[r] + at + section_groups * group_bytes + 64);
            const auto symbols = Ops::load_symbols(rows[r] + at, 0, (row_bytes - at) / chunk_bytes >= 2 ? 2 : 1);
            const auto low =
                Ops::add(Ops::affine(symbols.low, matrix.low_of_low), Ops::affine(symbols.high, matrix.low_of_high));
            const auto high = Ops::affine(symbols.high, matrix.high_of_high);
            Ops::store_vector(work.factors[0][group][r], low);
            Ops::store_vector(work.factors[1][group][r], high);
            Ops::store_vector(work.factors[2][group][r], Ops::add(low, high));
        }
    }
}

template <std::size_t Count>
void add_products(const Section& section, std::size_t product, std::size_t half,
                  CombinationWork<Count>& work) noexcept {
    auto& stored = work.sums[product];
    typename Ops::Vector sums[limbs_at_once][Count];
    for (std::size_t limb = 0; limb < limbs_at_once; ++limb) {
        for (std::size_t r = 0; r < Count; ++r) {
            sums[limb][r] = Ops::load_vector(stored[half * limbs_at_once + limb][r]);
        }
    }
    const Byte* coefficients = section.table + section.place(product, half, 0);
    for (std::size_t group = 0; group < section.groups; ++group) {
        for (std::size_t limb = 0; limb < limbs_at_once; ++limb) {
            const auto coefficient = Ops::load_vector(coefficients);
            coefficients += vector_bytes;
            for (std::size_t r = 0; r < Count; ++r) {
                const auto factor = Ops::load_vector(work.factors[product][group][r]);
                sums[limb][r] = Ops::add(sums[limb][r], Ops::multiply_bytes(factor, coefficient));
            }
        }
    }
    for (std::size_t limb = 0; limb < limbs_at_once; ++limb) {
        for (std::size_t r = 0; r < Count; ++r) {
            Ops::store_vector(stored[half * limbs_at_once + limb][r], sums[limb][r]);
        }
    }
}

template <std::size_t Count>
void combine_rows(const Byte* table, std::size_t symbol_count, const Byte* const* rows, Combination* out) noexcept {
    CombinationWork<Count> work;
    std::memset(work.sums, 0, sizeof work.sums);
    const std::size_t group_count = (symbol_count + Ops::symbols - 1) / Ops::symbols;
    for (std::size_t first = 0; first < group_count; first += section_groups) {
        const Section section{table, std::min(section_groups, group_count - first)};
        take_apart<Count>(rows, first * 2 * Ops::symbols, 2 * symbol_count, section, work);
        for (std::size_t product = 0; product < 3; ++product) {
            add_products<Count>(section, product, 0, work);
            add_products<Count>(section, product, 1, work);
        }
        table += section.groups * 3 * combination_limbs * vector_bytes;
    }
    for (std::size_t r = 0; r < Count; ++r) {
        for (std::size_t limb = 0; limb < combination_limbs; ++limb) {
            Gf16 sum = 0;
            for (std::size_t product = 0; product < 3; ++product) {
                const Byte byte = Ops::sum_of_bytes(Ops::load_vector(work.sums[product][limb][r]));
                sum ^= tower_tables().label[product][byte];
            }
            store_le(out[r].data() + 2 * limb, sum);
        }
    }
}

void combine(const Byte* table, std::size_t symbol_count, std::span<const Byte* const> rows,
             Combination* out) noexcept {
    std::size_t i = 0;
    for (; rows.size() - i >= Ops::rows_at_once; i += Ops::rows_at_once) {
        combine_rows<Ops::rows_at_once>(table, symbol_count, rows.data() + i, out + i);
    }
    for (; i < rows.size(); ++i) combine_rows<1>(table, symbol_count, rows.data() + i, out + i);
}
