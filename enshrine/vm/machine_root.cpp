// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/binary.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/vm/machine_root.hpp>

#include <array>
#include <string_view>
#include <vector>

namespace enshrine::vm {
namespace {

constexpr std::string_view root_tag = "enshrine.machine.v1";

using ZeroSubtrees = std::array<Hash32, memory_tree_depth + 1>;

ZeroSubtrees make_zero_subtrees() noexcept {
    constexpr std::array<Byte, page_bytes> zero_page{};
    ZeroSubtrees out;
    out[0] = hash::sha256(zero_page);
    for (std::size_t k = 1; k < out.size(); ++k) out[k] = hash::sha256(out[k - 1].view(), out[k - 1].view());
    return out;
}

struct Node {
    std::uint32_t index = 0;  ///< position within its level
    Hash32 hash;
};

/// Replaces the nodes of one level, ascending and distinct, by their parents; absent siblings are zero subtrees.
void climb(std::vector<Node>& level, std::size_t height) noexcept {
    std::size_t parents = 0;
    for (std::size_t k = 0; k < level.size();) {
        const std::uint32_t parent = level[k].index / 2;
        Hash32 left = zero_subtree(height);
        Hash32 right = zero_subtree(height);
        for (; k < level.size() && level[k].index / 2 == parent; ++k) {
            (level[k].index % 2 == 0 ? left : right) = level[k].hash;
        }
        level[parents] = Node{parent, hash::sha256(left.view(), right.view())};
        ++parents;
    }
    level.resize(parents);
}

}  // namespace

const Hash32& zero_subtree(std::size_t height) noexcept {
    static const ZeroSubtrees subtrees = make_zero_subtrees();
    return subtrees[height];
}

Bytes cpu_leaf(const Cpu& cpu, const Hash32& program_id) {
    codec::BinaryWriter out;
    for (std::size_t k = 1; k <= 31; ++k) out.u64(cpu.x[k]);
    out.u64(cpu.pc);
    out.u64(cpu.steps);
    out.u64(cpu.weight());
    out.u8(static_cast<std::uint8_t>(cpu.status));
    out.u8(static_cast<std::uint8_t>(cpu.trap));
    out.u64(cpu.exit_code);
    out.u64(cpu.record_bytes);
    out.boolean(cpu.state_root.has_value());
    out.fixed(cpu.state_root.value_or(Hash32{}).view());
    for (const auto& accumulator : cpu.accumulators) {
        out.u64(accumulator.count);
        out.fixed(accumulator.root().view());
    }
    out.fixed(program_id.view());
    return out.take();
}

Hash32 memory_root(const MachineMemory& memory) {
    std::vector<Node> level;
    for (const std::uint32_t page : memory.touched_pages()) {
        level.push_back(Node{page, hash::sha256(memory.view(std::uint64_t{page} * page_bytes, page_bytes))});
    }
    if (level.empty()) return zero_subtree(memory_tree_depth);
    for (std::size_t height = 0; height < memory_tree_depth; ++height) climb(level, height);
    return level.front().hash;
}

Hash32 machine_root(const Cpu& cpu, const MachineMemory& memory, const Hash32& program_id) {
    const Hash32 cpu_hash = hash::sha256(cpu_leaf(cpu, program_id));
    const Hash32 memory_hash = memory_root(memory);
    hash::Sha256 root;
    root.update(as_bytes(root_tag)).update(cpu_hash.view()).update(memory_hash.view());
    return root.finish();
}

}  // namespace enshrine::vm
