// SPDX-License-Identifier: Apache-2.0
// verify_merkle_proof against the algorithm of RFC 9162, 2.1.3.2, on arbitrary statements and on damaged valid proofs.
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/hash/sha256.hpp>

#include <cstdint>

using namespace enshrine;
using namespace enshrine::crypto;

namespace {

bool verify_rfc9162(const MerkleStatement& statement, std::span<const Hash32> siblings) {
    if (statement.index >= statement.leaf_count) return false;
    std::uint64_t fn = statement.index;
    std::uint64_t sn = statement.leaf_count - 1;
    Hash32 reached = statement.leaf;
    for (const Hash32& sibling : siblings) {
        if (sn == 0) return false;
        if (fn % 2 == 1 || fn == sn) {
            reached = hash::sha256_tagged_pair(0x01, sibling, reached);
            while (fn % 2 == 0 && fn != 0) {
                fn /= 2;
                sn /= 2;
            }
        } else {
            reached = hash::sha256_tagged_pair(0x01, reached, sibling);
        }
        fn /= 2;
        sn /= 2;
    }
    return sn == 0 && reached == statement.root;
}

void check(const MerkleStatement& statement, std::span<const Hash32> siblings) {
    if (statement.leaf_count >> merkle_depth_max != 0) {
        ENSHRINE_ASSERT(!verify_merkle_proof(statement, siblings).has_value());
        return;
    }
    ENSHRINE_ASSERT(verify_merkle_proof(statement, siblings).has_value() == verify_rfc9162(statement, siblings));
}

/// root (32) ‖ leaf count (8) ‖ index (8) ‖ leaf (32) ‖ siblings (32 each).
void check_arbitrary(BytesView input) {
    MerkleStatement statement;
    statement.root = Hash32::from(input.first(32));
    statement.leaf_count = load_be<std::uint64_t>(input.data() + 32);
    statement.index = load_be<std::uint64_t>(input.data() + 40);
    statement.leaf = Hash32::from(input.subspan(48, 32));
    std::vector<Hash32> siblings;
    for (BytesView rest = input.subspan(80); rest.size() >= 32; rest = rest.subspan(32)) {
        siblings.push_back(Hash32::from(rest.first(32)));
    }
    check(statement, siblings);
}

/// A proof of one of up to 64 leaves, and the same with one bit turned.
void check_damaged(BytesView input) {
    std::vector<Hash32> leaves(1 + input[0] % 64U);
    for (std::size_t i = 0; i < leaves.size(); ++i) leaves[i][0] = static_cast<Byte>(i + input[1]);
    MerkleStatement statement;
    statement.root = merkle_root(leaves);
    statement.leaf_count = leaves.size();
    statement.index = input[2] % leaves.size();
    statement.leaf = leaves[static_cast<std::size_t>(statement.index)];
    auto siblings = merkle_proof(leaves, statement.index);
    ENSHRINE_ASSERT(verify_merkle_proof(statement, siblings).has_value());
    if (siblings.empty()) return;
    Hash32& damaged = siblings[input[3] % siblings.size()];
    damaged[input[4] % 32U] ^= static_cast<Byte>(1U << (input[5] % 8U));
    ENSHRINE_ASSERT(verify_merkle_proof(statement, siblings).error().is(MerkleError::root_mismatch));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input{data, size};
    if (size >= 6) check_damaged(input);
    if (size >= 80) check_arbitrary(input);
    return 0;
}
