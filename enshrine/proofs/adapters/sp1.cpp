// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/adapters/sp1.hpp>
#include <enshrine/proofs/key_id.hpp>

#include <algorithm>

namespace enshrine::proofs::sp1 {
namespace {

constexpr std::size_t word_bytes = Hash32::size_bytes;
constexpr std::size_t statement_bytes = 3 * word_bytes;  // exit code, root, nonce

struct Frozen {
    Selector selector;
    AdapterError reason;
};
constexpr Frozen frozen[] = {
    {{{0x09, 0x06, 0x90, 0x90}}, AdapterError::sp1_3_0_unsound},
    {{{0x54, 0xbd, 0xca, 0xe3}}, AdapterError::sp1_3_0_unsound},
    {{{0x0e, 0x78, 0xf4, 0xdb}}, AdapterError::sp1_6_0_unsound},
    {{{0xbb, 0x1a, 0x6f, 0x29}}, AdapterError::sp1_6_0_unsound},
};

/// VK_ROOT of SP1Verifier{Groth16,Plonk}.sol in succinctlabs/sp1-contracts, commit d3629729, contracts/src/v6.1.0.
constexpr std::string_view recursion_root_6_1 = "002f850ee998974d6cc00e50cd0814b098c05bfade466d28573240d057f25352";

std::optional<Hash32> recursion_root(const PublishedKey& published) noexcept {
    if (published.version != "6.1.0") return std::nullopt;
    const auto root = codec::parse_hex_fixed<word_bytes>(recursion_root_6_1);
    ENSHRINE_ASSERT(root.has_value());
    return *root;
}

/// [SP1.2] [SP1.3]
Result<const PublishedKey*> find_published(const Selector& selector) noexcept {
    const auto* stopped = std::ranges::find(frozen, selector, &Frozen::selector);
    if (stopped != std::end(frozen)) return fail(stopped->reason);
    for (const PublishedKey& key : published_keys()) {
        if (selector_of(key) == selector) return &key;
    }
    return fail(AdapterError::unknown_selector);
}

/// The table is ours: that its keys are keys is an invariant, which a test checks for every row.
VerifyingKey::Inner decode_inner(const PublishedKey& published) {
    const auto bytes = codec::parse_hex(published.key);
    ENSHRINE_ASSERT(bytes.has_value());
    if (published.system == System::groth16) {
        auto key = groth16::VerifyingKey::decode(*bytes);
        ENSHRINE_ASSERT(key.has_value());
        return *std::move(key);
    }
    auto key = plonk_gnark::VerifyingKey::decode(*bytes);
    ENSHRINE_ASSERT(key.has_value());
    return *std::move(key);
}

std::size_t inner_proof_bytes(const VerifyingKey::Inner& inner) noexcept {
    if (const auto* key = std::get_if<groth16::VerifyingKey>(&inner)) return groth16::proof_bytes(key->header());
    return plonk_gnark::proof_bytes(std::get<plonk_gnark::VerifyingKey>(inner).header());
}

}  // namespace

Bytes encode(const Program& program) {
    return codec::BinaryWriter{}.u8(kind).u8(version).fixed(program.selector.view()).fixed(program.vkey.view()).take();
}

U256 low_bits(Hash32 digest) noexcept {
    digest[0] &= 0x1f;
    return U256::from_be(digest.view());
}

Selector selector_of(const PublishedKey& key) noexcept {
    const auto selector = codec::parse_hex_fixed<4>(key.file_sha256.substr(0, 8));
    ENSHRINE_ASSERT(selector.has_value());
    return *selector;
}

VerifyingKey::VerifyingKey(const Program& program, const PublishedKey& published, Inner inner)
    : program_{program},
      published_{&published},
      recursion_root_{recursion_root(published)},
      inner_{std::move(inner)},
      bytes_{encode(program)},
      id_{key_id(bytes_)} {}

Result<VerifyingKey> VerifyingKey::decode(BytesView bytes) {
    codec::BinaryReader reader{bytes};
    if (bytes.size() != key_bytes) return fail(AdapterError::wrong_size);
    ENSHRINE_TRY(const auto read_kind, reader.u8());
    ENSHRINE_TRY(const auto read_version, reader.u8());
    if (read_kind != kind || read_version != version) return fail(AdapterError::wrong_kind);
    Program program;
    ENSHRINE_TRY(program.selector, reader.fixed<4>());
    ENSHRINE_TRY(program.vkey, reader.fixed<word_bytes>());
    if (!(U256::from_be(program.vkey.view()) < Bn254::group_order)) return fail(AdapterError::vkey_not_below_order);
    ENSHRINE_TRY(const auto* published, find_published(program.selector));
    return VerifyingKey{program, *published, decode_inner(*published)};
}

std::size_t VerifyingKey::proof_bytes() const noexcept {
    return Selector::size_bytes + (recursion_root_ ? statement_bytes : 0) + inner_proof_bytes(inner_);
}

Result<Unwrapped> VerifyingKey::unwrap(const Hash32& digest, BytesView proof) const {
    if (proof.size() < Selector::size_bytes) return fail(AdapterError::wrong_size);
    const auto selector = Selector::from(proof.first(Selector::size_bytes));
    if (selector != program_.selector) {  // [SP1.6]; that of a version which is frozen says so
        ENSHRINE_TRY([[maybe_unused]] const auto* other, find_published(selector));
        return fail(AdapterError::other_selector);
    }
    if (proof.size() != proof_bytes()) return fail(AdapterError::wrong_size);
    proof = proof.subspan(Selector::size_bytes);
    Unwrapped out;
    out.inputs = {U256::from_be(program_.vkey.view()), low_bits(digest)};
    if (recursion_root_) {
        const U256 exit_code = U256::from_be(proof.first(word_bytes));
        const Hash32 root = Hash32::from(proof.subspan(word_bytes, word_bytes));
        const U256 nonce = U256::from_be(proof.subspan(2 * word_bytes, word_bytes));
        if (!exit_code.is_zero()) return fail(AdapterError::program_failed);            // [SP1.7]
        if (root != *recursion_root_) return fail(AdapterError::other_recursion_keys);  // [SP1.7]
        out.inputs.push_back(exit_code);
        out.inputs.push_back(U256::from_be(root.view()));
        out.inputs.push_back(nonce);
        proof = proof.subspan(statement_bytes);
    }
    out.proof = proof;
    return out;
}

Result<void> VerifyingKey::verify(BytesView public_values, BytesView proof) const {
    return verify_digest(hash::sha256(public_values), proof);
}

Result<void> VerifyingKey::verify_digest(const Hash32& digest, BytesView proof) const {
    ENSHRINE_TRY(const auto unwrapped, unwrap(digest, proof));
    return std::visit([&](const auto& key) { return key.verify(unwrapped.inputs, unwrapped.proof); }, inner_);
}

}  // namespace enshrine::proofs::sp1
