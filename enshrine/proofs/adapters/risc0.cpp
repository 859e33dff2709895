// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/adapters/risc0.hpp>
#include <enshrine/proofs/adapters/risc0_keys.hpp>
#include <enshrine/proofs/adapters/risc0_set.hpp>
#include <enshrine/proofs/key_id.hpp>

#include <algorithm>

namespace enshrine::proofs::risc0 {
namespace {

/// A program that has ended leaves no memory behind: SHA-256 of sha256("risc0.SystemState") ‖ 0^32 ‖ 0^4 ‖ 01 00.
constexpr std::string_view ended_state = "a3acc27117418996340b84e5a90f3ef4c49d22c79e44aad822ec9c313e1eb8e2";

template <class Version>
const Version* find(std::span<const Version> versions, const Selector& selector) noexcept {
    const auto has_selector = [&](const Version& v) noexcept {
        const auto parsed = codec::parse_hex_fixed<Selector::size_bytes>(v.selector);
        ENSHRINE_ASSERT(parsed.has_value());
        return *parsed == selector;
    };
    const auto found = std::ranges::find_if(versions, has_selector);
    return found == versions.end() ? nullptr : &*found;
}

/// [RISC0.2] [RISC0.4]
Result<const Groth16Version*> find_groth16(const Selector& selector) noexcept {
    const auto* found = find(groth16_versions(), selector);
    if (found == nullptr) return fail(AdapterError::unknown_selector);
    if (found->frozen) return fail(*found->frozen);
    return found;
}

/// The table is ours: that its key is one is an invariant, which a test checks.
groth16::VerifyingKey decode_inner() {
    const auto bytes = codec::parse_hex(published_key());
    ENSHRINE_ASSERT(bytes.has_value());
    auto key = groth16::VerifyingKey::decode(*bytes);
    ENSHRINE_ASSERT(key.has_value());
    return *std::move(key);
}

/// First and second half, each read little-endian [RISC0.8].
std::array<U256, 2> halves(Hash32 digest) noexcept {
    std::ranges::reverse(digest);
    const U256 number = U256::from_be(digest.view());
    return {U256{0, 0, number.limbs[1], number.limbs[0]}, U256{0, 0, number.limbs[3], number.limbs[2]}};
}

std::vector<U256> inputs_of(const Groth16Version& used, const Hash32& claim) {
    const auto [root_first, root_second] = halves(digest_of_hex(used.control_root));
    const auto [claim_first, claim_second] = halves(claim);
    return {root_first, root_second, claim_first, claim_second, U256::from_be(digest_of_hex(used.control_id).view())};
}

}  // namespace

Bytes encode(const Program& program) {
    return codec::BinaryWriter{}
        .u8(kind)
        .u8(version)
        .fixed(program.selector.view())
        .fixed(program.image_id.view())
        .take();
}

Hash32 claim_digest(const Hash32& image_id, const Hash32& journal_digest) {
    Bytes output = to_bytes(hash::sha256(as_bytes("risc0.Output")).view());
    append(output, journal_digest.view());
    append(output, Hash32{}.view());  // no assumptions
    append(output, Bytes{2, 0});
    Bytes claim = to_bytes(hash::sha256(as_bytes("risc0.ReceiptClaim")).view());
    append(claim, Hash32{}.view());  // no input
    append(claim, image_id.view());
    append(claim, digest_of_hex(ended_state).view());
    append(claim, hash::sha256(output).view());
    append(claim, Bytes(8));  // halted, exit code 0
    append(claim, Bytes{4, 0});
    return hash::sha256(claim);
}

VerifyingKey::VerifyingKey(const Program& program, groth16::VerifyingKey inner)
    : program_{program}, inner_{std::move(inner)}, bytes_{encode(program)}, id_{key_id(bytes_)} {}

Result<VerifyingKey> VerifyingKey::decode(BytesView bytes) {
    codec::BinaryReader reader{bytes};
    if (bytes.size() != key_bytes) return fail(AdapterError::wrong_size);
    ENSHRINE_TRY(const auto read_kind, reader.u8());
    ENSHRINE_TRY(const auto read_version, reader.u8());
    if (read_kind != kind || read_version != version) return fail(AdapterError::wrong_kind);
    Program program;
    ENSHRINE_TRY(program.selector, reader.fixed<Selector::size_bytes>());
    ENSHRINE_TRY(program.image_id, reader.fixed<Hash32::size_bytes>());
    const SetVersion* set = find(set_versions(), program.selector);
    const Groth16Version* own = nullptr;
    if (set == nullptr) {
        ENSHRINE_TRY(own, find_groth16(program.selector));
    } else if (set->frozen) {
        return fail(*set->frozen);
    }
    VerifyingKey out{program, decode_inner()};
    out.set_ = set;
    out.own_ = own;
    return out;
}

Result<Unwrapped> VerifyingKey::unwrap(const Hash32& digest, BytesView seal) const {
    if (seal.size() < Selector::size_bytes) return fail(AdapterError::wrong_size);
    const auto selector = Selector::from(seal.first(Selector::size_bytes));
    if (selector != program_.selector) {  // [RISC0.6]; that of a version which is frozen says so
        const auto* other_set = find(set_versions(), selector);
        if (other_set != nullptr && other_set->frozen) return fail(*other_set->frozen);
        if (other_set == nullptr) ENSHRINE_CHECK(find_groth16(selector));
        return fail(AdapterError::other_selector);
    }
    Hash32 claim = claim_digest(program_.image_id, digest);
    const Groth16Version* used = own_;
    BytesView inner_seal = seal;
    if (set_ != nullptr) {
        ENSHRINE_TRY(const auto inclusion, decode_set_seal(seal.subspan(Selector::size_bytes)));
        claim = root_claim(*set_, set_root(claim, inclusion.path));
        inner_seal = inclusion.root_seal;
        ENSHRINE_TRY(used, find_groth16(Selector::from(inner_seal.first(Selector::size_bytes))));
    }
    if (inner_seal.size() != groth16_seal_bytes) return fail(AdapterError::wrong_size);
    return Unwrapped{inputs_of(*used, claim), inner_seal.subspan(Selector::size_bytes)};
}

Result<void> VerifyingKey::verify(BytesView journal, BytesView seal) const {
    return verify_digest(hash::sha256(journal), seal);
}

Result<void> VerifyingKey::verify_digest(const Hash32& digest, BytesView seal) const {
    ENSHRINE_TRY(const auto unwrapped, unwrap(digest, seal));
    return inner_.verify(unwrapped.inputs, unwrapped.proof);
}

}  // namespace enshrine::proofs::risc0
