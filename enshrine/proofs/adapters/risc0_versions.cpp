// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/adapters/risc0_versions.hpp>

#include <algorithm>

namespace enshrine::proofs::risc0 {
namespace {

constexpr std::string_view control_id_since_1_2 = "04446e66d300eb7fb45c9726bb53c793dda407a62e9601618bb43c5c14657ac0";

/// Control roots and IDs: history of contracts/src/groth16/ControlID.sol in risc0/risc0-ethereum. Frozen: what its
/// contracts/deployment.toml, commit 6329676e, calls stopped or unroutable.
constexpr Groth16Version groth16_table[] = {
    {"1.1", "50bd1769", "8b6dcf11d463ac455361b41fb3ed053febb817491bdea00fdb340e45013b852e",
     "05a022e1db38457fb510bc347b30eb8f8cf3eda95587653d0eac19e1f10d164e", AdapterError::risc0_retired},
    {"1.2", "c101b42b", "8cdad9242664be3112aba377c5425a4df735eb1c6966472b561d2855932c0469", control_id_since_1_2,
     AdapterError::risc0_retired},
    {"2.0", "9f39696c", "539032186827b06719244873b17b2d4c122e2d02cfb1994fe958b2523b844576", control_id_since_1_2,
     AdapterError::risc0_2_0_stopped},
    {"2.1", "f536085a", "884389273e128b32475b334dec75ee619b77cb33d41c332021fe7e44c746ee60", control_id_since_1_2,
     AdapterError::risc0_2_1_unsound},
    {"2.2", "bb001d44", "ce52bf56033842021af3cf6db8a50d1b7535c125a34f1a22c6fdcf002c5a1529", control_id_since_1_2, {}},
    {"3.0", "73c457ba", "a54dc85ac99f851c92d7c96d7318af41dbe7c0194edfcc37eb4d422a998c1f56", control_id_since_1_2, {}},
    {"5.0", "c27d1bc0", "b1f64013f70bbb386a8b3a3d63552c5cb5ea4a549ec7fb1ecc2a031dbf488167", control_id_since_1_2, {}},
};

/// The same file: version, selector and set-builder-image-id of each RiscZeroSetVerifier.
constexpr SetVersion set_table[] = {
    {"set 0.7", "0f63ffd5", "a218e889a26852fd3d57a80983c76b53ff6d5fa4b469779511dd4d99329ae7aa",
     AdapterError::set_0_7_unsound},
    {"set 0.9", "242f9d5b", "70909b25db0db00f1d4b4016aeb876f53568a3e5a8e6397cb562d79947a02cc9", {}},
};

Hash32 tag(std::string_view name) noexcept {
    return hash::sha256(as_bytes(name));
}
Selector first_bytes(const Hash32& digest) noexcept {
    return Selector::from(digest.view().first(Selector::size_bytes));
}

}  // namespace

std::span<const Groth16Version> groth16_versions() noexcept {
    return groth16_table;
}
std::span<const SetVersion> set_versions() noexcept {
    return set_table;
}

Hash32 digest_of_hex(std::string_view hex) noexcept {
    const auto digest = codec::parse_hex_fixed<Hash32::size_bytes>(hex);
    ENSHRINE_ASSERT(digest.has_value());
    return *digest;
}

Selector compute_selector(const Groth16Version& version) {
    Hash32 control_id = digest_of_hex(version.control_id);
    std::ranges::reverse(control_id);
    Bytes preimage = to_bytes(tag("risc0.Groth16ReceiptVerifierParameters").view());
    append(preimage, digest_of_hex(version.control_root).view());
    append(preimage, control_id.view());
    append(preimage, digest_of_hex(verifying_key_digest).view());
    append(preimage, Bytes{3, 0});
    return first_bytes(hash::sha256(preimage));
}

Selector compute_selector(const SetVersion& version) {
    Bytes preimage = to_bytes(tag("risc0.SetInclusionReceiptVerifierParameters").view());
    append(preimage, digest_of_hex(version.builder_image_id).view());
    append(preimage, Bytes{1, 0});
    return first_bytes(hash::sha256(preimage));
}

}  // namespace enshrine::proofs::risc0
