// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/data_availability/committee.hpp>
#include <enshrine/hash/chacha8.hpp>

#include <algorithm>
#include <numeric>

namespace enshrine::data_availability {
namespace {

/// [DA-ROWS.1] Together, members with a third of the stake keep K rows: any third that is honest can rebuild.
std::size_t row_count(const Shape& shape, std::uint64_t stake, u128 total_stake) noexcept {
    const u128 proportional = (u128{3} * shape.data_rows * stake + total_stake - 1) / total_stake;
    const u128 wanted = std::max(proportional, u128{correctness_rows_min});
    return static_cast<std::size_t>(std::min(wanted, u128{shape.data_rows}));
}

}  // namespace

std::vector<std::uint32_t> assigned_rows(const Shape& shape, const Hash32& commitment,
                                         std::span<const CommitteeMember> committee, std::size_t member) {
    ENSHRINE_ASSERT(member < committee.size());
    u128 total_stake = 0;
    for (const CommitteeMember& other : committee) total_stake += other.stake;
    ENSHRINE_ASSERT(total_stake != 0);

    std::size_t first = 0;
    for (const CommitteeMember& before : committee.first(member)) {
        first += row_count(shape, before.stake, total_stake);
    }
    std::vector<std::uint32_t> shuffled(shape.total_rows());
    std::iota(shuffled.begin(), shuffled.end(), 0U);
    hash::ChaCha8{commitment}.shuffle(std::span{shuffled});  // [DA-ROWS.2]

    std::vector<std::uint32_t> out(row_count(shape, committee[member].stake, total_stake));
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = shuffled[(first + i) % shuffled.size()];
    return out;
}

}  // namespace enshrine::data_availability
