// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/proofs/snark/ultrahonk_mask.hpp>

namespace enshrine::proofs::ultrahonk {
namespace {

constexpr Fr one = Fr::one();
constexpr Fr mask_generator_inverse =
    Fr::from(algebra::bn254::limbs(0x204bd3277422fad3, 0x64751ad938e2b5e6, 0xa54cf8c68712848a, 0x692c553d0329f5d6));
static_assert(mask_generator * mask_generator_inverse == one);

Fr power_of_two(Fr a, unsigned log) noexcept {
    for (unsigned i = 0; i < log; ++i) a = a.square();
    return a;
}
constexpr unsigned mask_subgroup_log = 8;
static_assert(mask_subgroup == std::size_t{1} << mask_subgroup_log);

/// By what the values of the masks' polynomial are multiplied: 1, then for each round the powers of its challenge.
std::vector<Fr> challenge_values(std::span<const Fr> point) {
    std::vector<Fr> out{one};
    for (const Fr& u : point) {
        Fr power = one;
        for (std::size_t i = 0; i < round_values_masked; ++i) {
            out.push_back(power);
            power = power * u;
        }
    }
    ENSHRINE_ASSERT(out.size() <= mask_subgroup);
    return out;
}

/// 1/(g^-i r - 1) for i up to count, then for the last element of the subgroup.
std::vector<Fr> inverse_distances(const Fr& r, std::size_t count) {
    std::vector<Fr> out;
    Fr turned = r;
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back(turned - one);
        turned = turned * mask_generator_inverse;
    }
    out.push_back(mask_generator * r - one);
    algebra::bn254::invert_all<Fr>(out);
    return out;
}

}  // namespace

Result<void> check_mask(const Mask& mask, std::span<const Fr> point, const Fr& r) {
    const Fr vanishing = power_of_two(r, mask_subgroup_log) - one;
    if (vanishing.is_zero()) return fail(HonkError::pole_hit);  // also of every distance below
    const auto values = challenge_values(point);
    const auto inverses = inverse_distances(r, values.size());
    const Fr scale = vanishing * Fr::from(mask_subgroup).inverse();
    Fr challenges;
    for (std::size_t i = 0; i < values.size(); ++i) challenges = challenges + values[i] * inverses[i];
    challenges = challenges * scale;
    const Fr first = inverses.front() * scale;
    const Fr last = inverses.back() * scale;

    const auto& [masks, next_sum, sum, quotient] = mask.claims;
    const Fr starts_at_zero = first * sum;
    const Fr adds_products = (r - mask_generator_inverse) * (next_sum - sum - masks * challenges);
    const Fr ends_at_evaluation = last * (sum - mask.evaluation);
    if (starts_at_zero + adds_products + ends_at_evaluation != vanishing * quotient) {
        return fail(HonkError::masking_fails);
    }
    return {};
}

}  // namespace enshrine::proofs::ultrahonk
