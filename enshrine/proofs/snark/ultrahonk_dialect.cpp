// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/proofs/snark/ultrahonk_dialect.hpp>

#include <algorithm>

namespace enshrine::proofs::ultrahonk {
namespace {

constexpr Dialect bb_3_0{
    .log_size_max = 28,
    .accumulator_limbs = 16,
    .limb_bits = 68,
    .first_input_row = 1,
    .zero_columns = false,
    .optional_accumulator = false,
    .key_order = {&Row::q_m,
                  &Row::q_c,
                  &Row::q_l,
                  &Row::q_r,
                  &Row::q_o,
                  &Row::q_4,
                  &Row::q_lookup,
                  &Row::q_arith,
                  &Row::q_range,
                  &Row::q_elliptic,
                  &Row::q_memory,
                  &Row::q_nnf,
                  &Row::q_poseidon_external,
                  &Row::q_poseidon_internal,
                  &Row::sigma_1,
                  &Row::sigma_2,
                  &Row::sigma_3,
                  &Row::sigma_4,
                  &Row::id_1,
                  &Row::id_2,
                  &Row::id_3,
                  &Row::id_4,
                  &Row::table_1,
                  &Row::table_2,
                  &Row::table_3,
                  &Row::table_4,
                  &Row::lagrange_first,
                  &Row::lagrange_last},
};

constexpr Dialect bb_5_0{
    .log_size_max = 25,
    .accumulator_limbs = 8,
    .limb_bits = 136,
    .first_input_row = 5,
    .zero_columns = true,
    .optional_accumulator = true,
    .key_order = {&Row::sigma_1,
                  &Row::sigma_2,
                  &Row::sigma_3,
                  &Row::sigma_4,
                  &Row::id_1,
                  &Row::id_2,
                  &Row::id_3,
                  &Row::id_4,
                  &Row::lagrange_first,
                  &Row::lagrange_last,
                  &Row::q_lookup,
                  &Row::table_1,
                  &Row::table_2,
                  &Row::table_3,
                  &Row::table_4,
                  &Row::q_m,
                  &Row::q_r,
                  &Row::q_o,
                  &Row::q_c,
                  &Row::q_l,
                  &Row::q_4,
                  &Row::q_arith,
                  &Row::q_range,
                  &Row::q_elliptic,
                  &Row::q_memory,
                  &Row::q_nnf,
                  &Row::q_poseidon_external,
                  &Row::q_poseidon_internal},
};

}  // namespace

const Dialect& dialect(Version version) noexcept {
    return version == Version::bb_3_0 ? bb_3_0 : bb_5_0;
}

bool is_never_zero(Column column) noexcept {
    static constexpr std::array never_zero{&Row::sigma_1,        &Row::sigma_2,      &Row::sigma_3, &Row::sigma_4,
                                           &Row::id_1,           &Row::id_2,         &Row::id_3,    &Row::id_4,
                                           &Row::lagrange_first, &Row::lagrange_last};
    return std::ranges::find(never_zero, column) != never_zero.end();
}

Row row_of(Version version, std::span<const Fr, columns> evaluations) noexcept {
    Row out;
    const auto& key_order = dialect(version).key_order;
    for (std::size_t i = 0; i < committed_in_key; ++i) out.*key_order[i] = evaluations[i];
    for (std::size_t i = 0; i < witness_order.size(); ++i) out.*witness_order[i] = evaluations[committed_in_key + i];
    return out;
}

}  // namespace enshrine::proofs::ultrahonk
