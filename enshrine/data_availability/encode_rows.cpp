// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/commitment.hpp>
#include <enshrine/data_availability/encode_rows.hpp>

#include <algorithm>
#include <memory>

namespace enshrine::data_availability {
namespace {

using hash::sha256_lane_count;
using hash::Sha256Lanes;

/// Stripes that threads encode before they hash them: what they have written is then still in the shared cache.
constexpr std::size_t stripes_per_round = 16;
constexpr std::size_t rows_per_task = 64;

std::vector<Sha256Lanes> start_lanes(const Shape& shape) {
    std::vector<Sha256Lanes> lanes(shape.total_rows() / sha256_lane_count);
    for (Sha256Lanes& group : lanes) group.start(leaf_prefix);
    return lanes;
}

/// Pushes bytes [begin, end) of sixteen rows.
void push_rows(const RowArray& rows, std::size_t group, std::size_t begin, std::size_t end,
               Sha256Lanes& lanes) noexcept {
    std::array<const Byte*, sha256_lane_count> from;
    for (std::size_t i = 0; i < from.size(); ++i) {
        from[i] = rows.row(group * sha256_lane_count + i) + begin;
    }
    lanes.push(from.data(), (end - begin) / algebra::chunk_bytes);
}

void encode_in_one_pass(const Shape& shape, const RowArray& rows, std::span<Sha256Lanes> lanes) {
    StripeEncoder encoder{shape, rows, algebra::gf16_kernel()};
    for (std::size_t i = 0; i < StripeEncoder::stripe_count(shape); ++i) encoder.encode(i, lanes);
}

void encode_in_rounds(const Shape& shape, const RowArray& rows, const ParallelFor& parallel,
                      std::span<Sha256Lanes> lanes) {
    const std::size_t stripe_count = StripeEncoder::stripe_count(shape);
    std::vector<std::unique_ptr<StripeEncoder>> encoders(std::min(stripes_per_round, stripe_count));
    for (auto& encoder : encoders) {
        encoder = std::make_unique<StripeEncoder>(shape, rows, algebra::gf16_kernel());
    }
    const std::size_t groups_per_task = rows_per_task / sha256_lane_count;
    for (std::size_t first = 0; first < stripe_count; first += encoders.size()) {
        const std::size_t count = std::min(encoders.size(), stripe_count - first);
        for_each_task(parallel, count, [&](std::size_t i) { encoders[i]->encode(first + i, {}); });
        const std::size_t begin = first * algebra::stripe_row_bytes;
        const std::size_t end = std::min<std::size_t>(begin + count * algebra::stripe_row_bytes, shape.row_bytes);
        const std::size_t task_count = (lanes.size() + groups_per_task - 1) / groups_per_task;
        for_each_task(parallel, task_count, [&](std::size_t task) {
            const std::size_t last = std::min(lanes.size(), (task + 1) * groups_per_task);
            for (std::size_t group = task * groups_per_task; group < last; ++group) {
                push_rows(rows, group, begin, end, lanes[group]);
            }
        });
    }
}

}  // namespace

void for_each_task(const ParallelFor& parallel, std::size_t count, const std::function<void(std::size_t)>& task) {
    if (parallel) {
        parallel(count, task);
    } else {
        for (std::size_t i = 0; i < count; ++i) task(i);
    }
}

void encode_rows(const Shape& shape, const RowArray& rows, const ParallelFor& parallel, std::span<Hash32> leaves) {
    auto lanes = start_lanes(shape);
    if (parallel || shape.data_rows % sha256_lane_count != 0) {
        encode_in_rounds(shape, rows, parallel, lanes);
    } else {
        encode_in_one_pass(shape, rows, lanes);
    }
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        lanes[i].finish(shape.row_bytes, leaves.data() + i * sha256_lane_count);
    }
    if (lanes.empty()) {  // fewer rows than lanes
        std::vector<const Byte*> all(shape.total_rows());
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = rows.row(i);
        hash::sha256_rows(leaf_prefix, all, shape.row_bytes, leaves.data());
    }
}

algebra::RowCombiner row_combiner(const Shape& shape, const Hash32& row_root) {
    const std::size_t count = shape.row_bytes / 2;
    std::vector<Hash32> digests(count);
    hash::sha256_seed_index(combination_seed(shape, row_root), 0, count, digests.data());
    std::vector<algebra::Combination> coefficients(count);
    std::ranges::transform(digests, coefficients.begin(), fold_coefficient);
    return algebra::RowCombiner{coefficients, algebra::gf16_kernel()};
}

void combine_rows(const Shape& shape, const RowArray& rows, const Hash32& row_root, const ParallelFor& parallel,
                  std::span<algebra::Combination> out) {
    const algebra::RowCombiner combiner = row_combiner(shape, row_root);
    const std::size_t task_count = (out.size() + rows_per_task - 1) / rows_per_task;
    for_each_task(parallel, task_count, [&](std::size_t task) {
        const std::size_t first = task * rows_per_task;
        const std::size_t count = std::min(rows_per_task, out.size() - first);
        std::array<const Byte*, rows_per_task> from{};
        for (std::size_t i = 0; i < count; ++i) from[i] = rows.row(first + i);
        combiner.combine(std::span{from}.first(count), out.data() + first);
    });
}

}  // namespace enshrine::data_availability
