// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/chain/bls12_381_precompiles.hpp>
#include <enshrine/chain/precompile_words.hpp>
#include <enshrine/crypto/bls12_381_pairing.hpp>

#include <algorithm>
#include <vector>

namespace enshrine::chain {

namespace bls = crypto::bls12_381;

namespace {

constexpr std::size_t padding_bytes = 16;
constexpr std::size_t element_bytes = padding_bytes + bls::field_bytes;
constexpr std::size_t g1_point_bytes = 2 * element_bytes;
constexpr std::size_t g2_point_bytes = 4 * element_bytes;
constexpr std::size_t pair_bytes = g1_point_bytes + g2_point_bytes;

/// The elements without their padding; nothing when a padding is not zero.
std::optional<Bytes> without_padding(BytesView input) {
    Bytes out;
    for (; !input.empty(); input = input.subspan(element_bytes)) {
        const auto padding = input.first(padding_bytes);
        if (!std::ranges::all_of(padding, [](Byte b) { return b == 0; })) return std::nullopt;
        append(out, input.subspan(padding_bytes, bls::field_bytes));
    }
    return out;
}

Bytes with_padding(BytesView elements) {
    Bytes out;
    for (; !elements.empty(); elements = elements.subspan(bls::field_bytes)) {
        out.resize(out.size() + padding_bytes);
        append(out, elements.first(bls::field_bytes));
    }
    return out;
}

template <class Point>
Bytes encode_padded(const Point& p) {
    return with_padding(bls::encode(p).view());
}

/// What the two groups do differently.
struct InG1 {
    using Point = bls::G1;
    static constexpr std::size_t point_bytes = g1_point_bytes;
    static constexpr std::uint64_t multiply_gas = 12'000;
    static Result<Point> decode(BytesView bytes) noexcept { return bls::decode_g1(bytes); }
};
struct InG2 {
    using Point = bls::G2;
    static constexpr std::size_t point_bytes = g2_point_bytes;
    static constexpr std::uint64_t multiply_gas = 22'500;
    static Result<Point> decode(BytesView bytes) noexcept { return bls::decode_g2(bytes); }
};

template <class Group>
std::optional<typename Group::Point> decode_point(BytesView input) {
    const auto bytes = without_padding(input);
    if (!bytes) return std::nullopt;
    const auto point = Group::decode(*bytes);
    if (!point) return std::nullopt;
    return *point;
}

template <class Group>
std::optional<typename Group::Point> decode_member(BytesView input) {
    const auto point = decode_point<Group>(input);
    if (!point || !bls::in_subgroup(*point)) return std::nullopt;
    return point;
}

template <class Group>
std::optional<Bytes> add_points(BytesView input) {
    if (input.size() != 2 * Group::point_bytes) return std::nullopt;
    const auto a = decode_point<Group>(input.first(Group::point_bytes));
    const auto b = decode_point<Group>(input.subspan(Group::point_bytes));
    if (!a || !b) return std::nullopt;
    return encode_padded(bls::add(*a, *b));
}

template <class Group>
std::optional<Bytes> sum_products(BytesView input) {
    constexpr std::size_t term_bytes = Group::point_bytes + word_bytes;
    if (input.empty() || input.size() % term_bytes != 0) return std::nullopt;
    std::vector<typename Group::Point> points;
    std::vector<Hash32> factors;
    for (; !input.empty(); input = input.subspan(term_bytes)) {
        const auto point = decode_member<Group>(input.first(Group::point_bytes));
        if (!point) return std::nullopt;
        points.push_back(*point);
        factors.push_back(Hash32::from(input.subspan(Group::point_bytes, word_bytes)));
    }
    return encode_padded(bls::multi_scalar_product(points, factors));
}

// Thousandths of the price of a lone product that each of k products costs, k from 1; the last holds for all above.
constexpr std::array<std::uint16_t, 128> g1_discounts{
    1000, 949, 848, 797, 764, 750, 738, 728, 719, 712, 705, 698, 692, 687, 682, 677, 673, 669, 665, 661, 658, 654,
    651,  648, 645, 642, 640, 637, 635, 632, 630, 627, 625, 623, 621, 619, 617, 615, 613, 611, 609, 608, 606, 604,
    603,  601, 599, 598, 596, 595, 593, 592, 591, 589, 588, 586, 585, 584, 582, 581, 580, 579, 577, 576, 575, 574,
    573,  572, 570, 569, 568, 567, 566, 565, 564, 563, 562, 561, 560, 559, 558, 557, 556, 555, 554, 553, 552, 551,
    550,  549, 548, 547, 547, 546, 545, 544, 543, 542, 541, 540, 540, 539, 538, 537, 536, 536, 535, 534, 533, 532,
    532,  531, 530, 529, 528, 528, 527, 526, 525, 525, 524, 523, 522, 522, 521, 520, 520, 519};
constexpr std::array<std::uint16_t, 128> g2_discounts{
    1000, 1000, 923, 884, 855, 832, 812, 796, 782, 770, 759, 749, 740, 732, 724, 717, 711, 704, 699, 693, 688, 683,
    679,  674,  670, 666, 663, 659, 655, 652, 649, 646, 643, 640, 637, 634, 632, 629, 627, 624, 622, 620, 618, 615,
    613,  611,  609, 607, 606, 604, 602, 600, 598, 597, 595, 593, 592, 590, 589, 587, 586, 584, 583, 582, 580, 579,
    578,  576,  575, 574, 573, 571, 570, 569, 568, 567, 566, 565, 563, 562, 561, 560, 559, 558, 557, 556, 555, 554,
    553,  552,  552, 551, 550, 549, 548, 547, 546, 545, 545, 544, 543, 542, 541, 541, 540, 539, 538, 537, 537, 536,
    535,  535,  534, 533, 532, 532, 531, 530, 530, 529, 528, 528, 527, 526, 526, 525, 524, 524};

template <class Group>
std::uint64_t sum_products_gas(BytesView input, const std::array<std::uint16_t, 128>& discounts) noexcept {
    const std::uint64_t terms = input.size() / (Group::point_bytes + word_bytes);
    if (terms == 0) return 0;
    return terms * Group::multiply_gas * discounts[std::min<std::uint64_t>(terms, discounts.size()) - 1] / 1000;
}

}  // namespace

std::optional<Bytes> add_g1(BytesView input) {
    return add_points<InG1>(input);
}
std::optional<Bytes> add_g2(BytesView input) {
    return add_points<InG2>(input);
}
std::optional<Bytes> sum_products_g1(BytesView input) {
    return sum_products<InG1>(input);
}
std::optional<Bytes> sum_products_g2(BytesView input) {
    return sum_products<InG2>(input);
}
std::uint64_t sum_products_g1_gas(BytesView input) noexcept {
    return sum_products_gas<InG1>(input, g1_discounts);
}
std::uint64_t sum_products_g2_gas(BytesView input) noexcept {
    return sum_products_gas<InG2>(input, g2_discounts);
}

std::optional<Bytes> check_pairing_bls12_381(BytesView input) {
    if (input.empty() || input.size() % pair_bytes != 0) return std::nullopt;
    std::vector<bls::Pair> pairs;
    for (; !input.empty(); input = input.subspan(pair_bytes)) {
        const auto p = decode_member<InG1>(input.first(g1_point_bytes));
        if (!p) return std::nullopt;
        const auto q = decode_member<InG2>(input.subspan(g1_point_bytes, g2_point_bytes));
        if (!q) return std::nullopt;
        pairs.push_back({*p, *q});
    }
    return truth_word(bls::pairing_product_is_one(pairs));
}

std::uint64_t bls12_381_pairing_gas(BytesView input) noexcept {
    return 37'700 + 32'600 * (input.size() / pair_bytes);
}

std::optional<Bytes> map_to_g1(BytesView input) {
    if (input.size() != element_bytes) return std::nullopt;
    const auto element = without_padding(input);
    if (!element) return std::nullopt;
    const auto point = bls::map_to_g1(*element);
    if (!point) return std::nullopt;
    return encode_padded(*point);
}
std::optional<Bytes> map_to_g2(BytesView input) {
    if (input.size() != 2 * element_bytes) return std::nullopt;
    const auto element = without_padding(input);
    if (!element) return std::nullopt;
    const auto point = bls::map_to_g2(*element);
    if (!point) return std::nullopt;
    return encode_padded(*point);
}

}  // namespace enshrine::chain
