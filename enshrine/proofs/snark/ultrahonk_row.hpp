// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/algebra/bn254/fields.hpp>
#include <enshrine/proofs/snark/ultrahonk.hpp>

#include <array>

namespace enshrine::proofs::ultrahonk {

using algebra::bn254::Fr;

/// The polynomials of a circuit at one point: its selectors, permutation and tables, then the witness, then witness
/// polynomials one row on.
struct Row {
    Fr q_m, q_c, q_l, q_r, q_o, q_4;
    Fr q_lookup, q_arith, q_range, q_elliptic, q_memory, q_nnf, q_poseidon_external, q_poseidon_internal;
    Fr sigma_1, sigma_2, sigma_3, sigma_4;
    Fr id_1, id_2, id_3, id_4;
    Fr table_1, table_2, table_3, table_4;
    Fr lagrange_first, lagrange_last;
    Fr w_l, w_r, w_o, w_4, z_perm, lookup_inverses, lookup_read_counts, lookup_read_tags;
    Fr w_l_next, w_r_next, w_o_next, w_4_next, z_perm_next;
};
using Column = Fr Row::*;

inline constexpr std::size_t witness_columns = 8;
inline constexpr std::size_t shifted_columns = 5;  ///< the first five of the witness, one row on
inline constexpr std::size_t unshifted_columns = committed_in_key + witness_columns;
inline constexpr std::size_t columns = unshifted_columns + shifted_columns;

/// The witness and the shifted columns, as every version lists them.
inline constexpr std::array<Column, witness_columns + shifted_columns> witness_order{
    &Row::w_l,
    &Row::w_r,
    &Row::w_o,
    &Row::w_4,
    &Row::z_perm,
    &Row::lookup_inverses,
    &Row::lookup_read_counts,
    &Row::lookup_read_tags,
    &Row::w_l_next,
    &Row::w_r_next,
    &Row::w_o_next,
    &Row::w_4_next,
    &Row::z_perm_next,
};

}  // namespace enshrine::proofs::ultrahonk
