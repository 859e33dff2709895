// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/blake2_precompile.hpp>
#include <enshrine/chain/bls12_381_precompiles.hpp>
#include <enshrine/chain/bn254_precompiles.hpp>
#include <enshrine/chain/modexp.hpp>
#include <enshrine/chain/point_evaluation.hpp>
#include <enshrine/chain/precompiles.hpp>

#include <array>

namespace enshrine::chain {
namespace {

/// A price that does not depend on the input.
template <std::uint64_t Gas>
std::uint64_t always(BytesView) noexcept {
    return Gas;
}

constexpr std::array table{
    Precompile{precompile_address(0x05), "modexp", &modexp_gas, &raise_to_power},
    Precompile{precompile_address(0x06), "bn254 add", &always<bn254_add_gas>, &add_bn254},
    Precompile{precompile_address(0x07), "bn254 multiply", &always<bn254_multiply_gas>, &multiply_bn254},
    Precompile{precompile_address(0x08), "bn254 pairing", &bn254_pairing_gas, &check_pairing_bn254},
    Precompile{precompile_address(0x09), "blake2 compression", &blake2_gas, &compress_blake2},
    Precompile{point_evaluation_address, "point evaluation", &always<point_evaluation_gas>, &evaluate_point},
    Precompile{precompile_address(0x0b), "bls12-381 g1 add", &always<g1_add_gas>, &add_g1},
    Precompile{precompile_address(0x0c), "bls12-381 g1 sum of products", &sum_products_g1_gas, &sum_products_g1},
    Precompile{precompile_address(0x0d), "bls12-381 g2 add", &always<g2_add_gas>, &add_g2},
    Precompile{precompile_address(0x0e), "bls12-381 g2 sum of products", &sum_products_g2_gas, &sum_products_g2},
    Precompile{precompile_address(0x0f), "bls12-381 pairing", &bls12_381_pairing_gas, &check_pairing_bls12_381},
    Precompile{precompile_address(0x10), "bls12-381 map to g1", &always<map_to_g1_gas>, &map_to_g1},
    Precompile{precompile_address(0x11), "bls12-381 map to g2", &always<map_to_g2_gas>, &map_to_g2},
};

}  // namespace

std::span<const Precompile> precompiles() noexcept {
    return table;
}

const Precompile* find_precompile(std::span<const Precompile> precompiles, const Address& address) noexcept {
    for (const Precompile& precompile : precompiles) {
        if (precompile.address == address) return &precompile;
    }
    return nullptr;
}

}  // namespace enshrine::chain
