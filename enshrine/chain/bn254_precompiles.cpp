// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/encoding.hpp>
#include <enshrine/algebra/bn254/groups.hpp>
#include <enshrine/algebra/bn254/pairing.hpp>
#include <enshrine/chain/bn254_precompiles.hpp>
#include <enshrine/chain/precompile_words.hpp>

namespace enshrine::chain {

namespace bn254 = algebra::bn254;

namespace {

constexpr std::size_t pair_bytes = bn254::g1_bytes + bn254::g2_bytes;

}  // namespace

std::optional<Bytes> add_bn254(BytesView input) {
    const Bytes arguments = padded(input, 2 * bn254::g1_bytes);
    const auto a = bn254::decode_g1(BytesView{arguments}.first(bn254::g1_bytes));
    const auto b = bn254::decode_g1(BytesView{arguments}.subspan(bn254::g1_bytes));
    if (!a || !b) return std::nullopt;
    return to_bytes(bn254::encode((bn254::G1{*a} + *b).affine()).view());
}

std::optional<Bytes> multiply_bn254(BytesView input) {
    const Bytes arguments = padded(input, bn254::g1_bytes + word_bytes);
    const auto p = bn254::decode_g1(BytesView{arguments}.first(bn254::g1_bytes));
    if (!p) return std::nullopt;
    const U256 scalar = U256::from_be(BytesView{arguments}.subspan(bn254::g1_bytes));
    return to_bytes(bn254::encode(bn254::multiply(*p, scalar.limbs).affine()).view());
}

std::optional<Bytes> check_pairing_bn254(BytesView input) {
    if (input.size() % pair_bytes != 0) return std::nullopt;
    std::vector<bn254::Pair> pairs;
    pairs.reserve(input.size() / pair_bytes);
    for (; !input.empty(); input = input.subspan(pair_bytes)) {
        const auto p = bn254::decode_g1(input.first(bn254::g1_bytes));
        if (!p) return std::nullopt;
        const auto q = bn254::decode_g2_on_twist(input.subspan(bn254::g1_bytes, bn254::g2_bytes));
        if (!q) return std::nullopt;
        pairs.push_back({*p, *q});
    }
    const auto loop = bn254::miller_loop_on_twist(pairs);
    if (!loop) return std::nullopt;
    return truth_word(bn254::final_exponentiation(*loop) == bn254::Fp12::one());
}

std::uint64_t bn254_pairing_gas(BytesView input) noexcept {
    return 45'000 + 34'000 * (input.size() / pair_bytes);
}

}  // namespace enshrine::chain
