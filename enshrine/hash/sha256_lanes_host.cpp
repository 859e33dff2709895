// SPDX-License-Identifier: Apache-2.0
// Messages cut into groups of sixteen lanes, padded, and given to the block functions of this processor.
#include <enshrine/base/integer.hpp>
#include <enshrine/hash/sha256_lane_code.hpp>

#include <algorithm>
#include <array>
#include <cstring>

namespace enshrine::hash {
namespace {

constexpr std::size_t block_bytes = 64;
using LanePointers = std::array<const Byte*, sha256_lane_count>;

/// Last blocks of sixteen messages (FIPS 180-4, 5.1.1).
struct Tails {
    std::array<std::array<Byte, 2 * block_bytes>, sha256_lane_count> blocks{};
    std::size_t block_count;

    Tails(std::size_t tail_bytes, std::uint64_t message_bytes) noexcept
        : block_count{tail_bytes + 1 + sizeof message_bytes <= block_bytes ? std::size_t{1} : std::size_t{2}} {
        for (auto& lane : blocks) {
            lane[tail_bytes] = 0x80;
            store_be(lane.data() + block_count * block_bytes - sizeof message_bytes, 8 * message_bytes);
        }
    }
    [[nodiscard]] LanePointers pointers() const noexcept {
        LanePointers out;
        for (std::size_t lane = 0; lane < out.size(); ++lane) out[lane] = blocks[lane].data();
        return out;
    }
};

/// Digests of prefix ‖ row for at most sixteen rows.
void hash_group(const Sha256LaneCode& code, Byte prefix, std::span<const Byte* const> rows, std::size_t row_bytes,
                Hash32* out) noexcept {
    const std::size_t whole_blocks = row_bytes / block_bytes;
    const std::size_t rest = row_bytes % block_bytes;
    Sha256LaneStates states;
    code.start(states, prefix);
    if (whole_blocks != 0) code.absorb_shifted(states, rows.data(), whole_blocks, rows.size());
    if (rest == 0) {
        code.absorb_carry(states, row_bytes + 1, rows.size());
    } else {
        Tails tails{rest + 1, row_bytes + 1};
        for (std::size_t lane = 0; lane < rows.size(); ++lane) {
            const Byte* tail = rows[lane] + whole_blocks * block_bytes;
            tails.blocks[lane][0] = whole_blocks == 0 ? prefix : *(tail - 1);
            std::memcpy(tails.blocks[lane].data() + 1, tail, rest);
        }
        code.absorb(states, tails.pointers().data(), tails.block_count, rows.size());
    }
    code.digests(states, out, rows.size());
}

const Sha256LaneCode& code_for(const Sha256LaneCode& code, std::size_t lanes) noexcept {
    return lanes < code.lanes_min && code.few->supported() ? *code.few : code;
}

constexpr auto codes = std::to_array<const Sha256LaneCode*>({
#if defined(__x86_64__)
    &sha256_lanes_avx512, &sha256_lanes_sha_ni, &sha256_lanes_avx2,
#endif
    &sha256_lanes_portable});

}  // namespace

void Sha256LaneCode::rows(Byte prefix, std::span<const Byte* const> rows, std::size_t row_bytes,
                          Hash32* out) const noexcept {
    for (std::size_t i = 0; i < rows.size(); i += sha256_lane_count) {
        const auto group = rows.subspan(i, std::min(sha256_lane_count, rows.size() - i));
        hash_group(code_for(*this, group.size()), prefix, group, row_bytes, out + i);
    }
}

void Sha256LaneCode::pairs(Byte prefix, const Hash32* in, std::size_t pair_count, Hash32* out) const noexcept {
    LanePointers rows;
    for (std::size_t i = 0; i < pair_count; i += sha256_lane_count) {
        const std::size_t lanes = std::min(sha256_lane_count, pair_count - i);
        for (std::size_t lane = 0; lane < lanes; ++lane) rows[lane] = in[2 * (i + lane)].data();
        // A group is read whole before its digests are written, and they lie before what is read next.
        hash_group(code_for(*this, lanes), prefix, {rows.data(), lanes}, 2 * Hash32::size_bytes, out + i);
    }
}

void Sha256LaneCode::seed_index(const Hash32& seed, std::uint32_t first, std::size_t count,
                                Hash32* out) const noexcept {
    constexpr std::size_t message_bytes = Hash32::size_bytes + sizeof first;
    Tails tails{message_bytes, message_bytes};
    for (auto& lane : tails.blocks) std::memcpy(lane.data(), seed.data(), seed.size());
    const LanePointers pointers = tails.pointers();
    Sha256LaneStates states;
    for (std::size_t i = 0; i < count; i += sha256_lane_count) {
        const std::size_t lanes = std::min(sha256_lane_count, count - i);
        const Sha256LaneCode& code = code_for(*this, lanes);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            store_le(tails.blocks[lane].data() + seed.size(), first + static_cast<std::uint32_t>(i + lane));
        }
        code.start(states, 0);
        code.absorb(states, pointers.data(), 1, lanes);
        code.digests(states, out + i, lanes);
    }
}

std::span<const Sha256LaneCode* const> sha256_lane_codes() noexcept {
    return codes;
}

const Sha256LaneCode& sha256_lane_code() noexcept {
    static const Sha256LaneCode& chosen =
        **std::ranges::find_if(codes, [](const Sha256LaneCode* code) { return code->supported(); });
    return chosen;
}

void sha256_rows(Byte prefix, std::span<const Byte* const> rows, std::size_t row_bytes, Hash32* out) noexcept {
    sha256_lane_code().rows(prefix, rows, row_bytes, out);
}

void sha256_pairs(Byte prefix, const Hash32* in, std::size_t pair_count, Hash32* out) noexcept {
    sha256_lane_code().pairs(prefix, in, pair_count, out);
}

void sha256_seed_index(const Hash32& seed, std::uint32_t first, std::size_t count, Hash32* out) noexcept {
    sha256_lane_code().seed_index(seed, first, count, out);
}

void Sha256Lanes::start(Byte prefix) noexcept {
    sha256_lane_code().start(states_, prefix);
}

void Sha256Lanes::push(const Byte* const* stripes, std::size_t block_count) noexcept {
    sha256_lane_code().absorb_shifted(states_, stripes, block_count, sha256_lane_count);
}

void Sha256Lanes::finish(std::uint64_t row_bytes, Hash32* out) noexcept {
    const Sha256LaneCode& code = sha256_lane_code();
    code.absorb_carry(states_, row_bytes + 1, sha256_lane_count);
    code.digests(states_, out, sha256_lane_count);
}

}  // namespace enshrine::hash
