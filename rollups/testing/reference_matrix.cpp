// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/sha256.hpp>

#include <rollups/testing/reference_matrix.hpp>

#include <algorithm>
#include <array>

namespace rollups::testing {
namespace {

using data_availability::Shape;

constexpr std::array<std::uint16_t, 16> basis{0x0001, 0xACCA, 0x3C0E, 0x163E, 0xC582, 0xED2E, 0x914C, 0x4012,
                                              0x6C98, 0x10D8, 0x6A72, 0xB900, 0xFDB8, 0xFB34, 0xFF38, 0x991E};

std::uint32_t polynomial_of(std::uint32_t label) {
    std::uint32_t out = 0;
    for (unsigned bit = 0; bit < 16; ++bit) {
        if ((label >> bit & 1U) != 0) out ^= basis[bit];
    }
    return out;
}

/// Labels by polynomial.
const std::vector<std::uint16_t>& labels() {
    static const std::vector<std::uint16_t> table = [] {
        std::vector<std::uint16_t> out(65'536);
        for (std::uint32_t label = 0; label < out.size(); ++label) {
            out[polynomial_of(label)] = static_cast<std::uint16_t>(label);
        }
        return out;
    }();
    return table;
}

/// Product of two labelled elements [DA-CODE.1].
std::uint16_t multiply(std::uint16_t a, std::uint16_t b) {
    std::uint32_t x = polynomial_of(a);
    const std::uint32_t y = polynomial_of(b);
    std::uint32_t product = 0;
    for (unsigned bit = 0; bit < 16; ++bit) {
        if ((y >> bit & 1U) != 0) product ^= x;
        x <<= 1;
        if (x >= 0x10000) x ^= 0x1002D;
    }
    return labels()[product];
}

Hash32 node_hash(const Hash32& left, const Hash32& right, std::vector<Bytes>& preimages) {
    Bytes node{0x01};
    append(node, left.view());
    append(node, right.view());
    preimages.push_back(node);
    return hash::sha256(node);
}

Hash32 root_of(std::vector<Hash32> level, std::vector<Bytes>& preimages) {
    while (level.size() > 1) {
        for (std::size_t i = 0; 2 * i < level.size(); ++i) {
            level[i] = node_hash(level[2 * i], level[2 * i + 1], preimages);
        }
        level.resize(level.size() / 2);
    }
    return level[0];
}

Bytes leaf_of(BytesView content) {
    Bytes out{0x00};
    append(out, content);
    return out;
}

}  // namespace

Bytes frame_payload(BytesView payload) {
    const Shape shape = data_availability::shape_of(payload.size()).value();
    Bytes out(shape.data_bytes());
    out[0] = shape.data_rows == 4096 ? 0 : 1;
    store_be(out.data() + 1, static_cast<std::uint32_t>(payload.size()));
    std::ranges::copy(payload, out.begin() + 5);
    return out;
}

Bytes combine_row(const Hash32& seed, BytesView row) {
    std::array<std::uint16_t, 8> sums{};
    for (std::uint32_t i = 0; i < row.size() / 2; ++i) {
        const std::size_t at = std::size_t{i} / 32 * 64 + i % 32;
        const auto symbol = static_cast<std::uint16_t>(row[at] | row[at + 32] << 8);
        std::array<Byte, 4> number{};
        store_le(number.data(), i);
        const Hash32 digest = hash::sha256(seed.view(), number);
        for (std::size_t limb = 0; limb < sums.size(); ++limb) {
            const auto coefficient = static_cast<std::uint16_t>(load_le<std::uint16_t>(digest.data() + 2 * limb) ^
                                                                load_le<std::uint16_t>(digest.data() + 16 + 2 * limb));
            sums[limb] ^= multiply(symbol, coefficient);
        }
    }
    Bytes out(16);
    for (std::size_t limb = 0; limb < sums.size(); ++limb) store_le(out.data() + 2 * limb, sums[limb]);
    return out;
}

ReferenceMatrix commit_rows(const Shape& shape, BytesView committed, BytesView codeword) {
    ReferenceMatrix out;
    std::vector<Hash32> leaves;
    for (std::size_t at = 0; at < committed.size(); at += committed.size() / shape.data_rows) {
        const Bytes leaf = leaf_of(committed.subspan(at, committed.size() / shape.data_rows));
        leaves.push_back(hash::sha256(leaf));
        out.preimages.push_back(leaf);
    }
    Hash32 row_root = root_of(leaves, out.preimages);
    for (std::uint32_t rows = shape.data_rows; rows < shape.total_rows(); rows *= 2) {
        row_root = node_hash(row_root, hash::sha256(row_root.view()), out.preimages);
    }
    std::array<Byte, 12> numbers{};
    store_le(numbers.data(), shape.data_rows);
    store_le(numbers.data() + 4, shape.parity_rows);
    store_le(numbers.data() + 8, shape.row_bytes);
    const Hash32 seed = hash::sha256(row_root.view(), numbers);
    std::vector<Hash32> combinations;
    for (std::size_t at = 0; at < codeword.size(); at += shape.row_bytes) {
        combinations.push_back(hash::sha256(leaf_of(combine_row(seed, codeword.subspan(at, shape.row_bytes)))));
    }
    std::vector<Bytes> unseen;
    Bytes roots = to_bytes(row_root.view());
    append(roots, root_of(combinations, unseen).view());
    out.commitment = hash::sha256(roots);
    out.preimages.push_back(std::move(roots));
    return out;
}

}  // namespace rollups::testing
