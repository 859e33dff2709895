// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// A proof that decodes has one encoding; against the root of a block it proves what is true of the block, whatever it
// says itself.
#include <enshrine/base/assert.hpp>
#include <enshrine/data_availability/root_proof.hpp>

#include <algorithm>

using namespace enshrine;
using namespace enshrine::data_availability;

namespace {

constexpr std::size_t leaf_count = 5;

/// Namespaces 0, 2, 2, 4, 4 with commitments 1, 2, 3, 4, 5.
std::vector<RootLeaf> block() {
    std::vector<RootLeaf> out(leaf_count);
    for (std::size_t i = 0; i < leaf_count; ++i) {
        out[i].name_space[31] = static_cast<Byte>((i + 1) / 2 * 2);
        out[i].commitment[31] = static_cast<Byte>(i + 1);
        out[i].scheme = i == 0 ? Scheme::kzg : Scheme::native;
        out[i].size = 1000 + i;
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<RootLeaf> leaves = block();
    static const Hash32 root = root_of_leaves(leaves);
    const BytesView input{data, size};
    const auto proof = decode_root_proof(input);
    if (!proof) return 0;
    ENSHRINE_ASSERT(equal(encode_root_proof(*proof), input));
    if (const auto* inclusion = std::get_if<InclusionProof>(&*proof)) {
        if (!verify_inclusion(root, *inclusion)) return 0;
        ENSHRINE_ASSERT(inclusion->leaf_count == leaf_count && inclusion->entry.position < leaf_count);
        ENSHRINE_ASSERT(inclusion->entry.leaf == leaves[static_cast<std::size_t>(inclusion->entry.position)]);
        return 0;
    }
    for (Byte name = 0; name <= 6; ++name) {
        AbsentItem item;
        item.name_space[31] = name;
        if (!verify_absence(root, item, *std::get_if<AbsenceProof>(&*proof))) continue;
        ENSHRINE_ASSERT(!find_item(leaves, item).has_value());
    }
    return 0;
}
