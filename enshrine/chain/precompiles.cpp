// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/point_evaluation.hpp>
#include <enshrine/chain/precompiles.hpp>

#include <array>

namespace enshrine::chain {
namespace {

constexpr std::array<Precompile, 1> table{
    Precompile{.address = point_evaluation_address,
               .name = "point evaluation",
               .gas = [](BytesView) noexcept { return point_evaluation_gas; },
               .run = &evaluate_point},
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
