// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/hash/keccak.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/adapters/risc0_for_test.hpp>
#include <enshrine/proofs/adapters/risc0_set.hpp>

#include <gtest/gtest.h>

namespace enshrine::proofs::risc0 {
namespace {

using test::Sample;

constexpr const char* active_versions[] = {"2.2", "3.0", "5.0", "set 0.9"};

Error key_error(BytesView bytes) {
    const auto key = VerifyingKey::decode(bytes);
    EXPECT_FALSE(key.has_value());
    return key ? Error{SnarkError::does_not_hold} : key.error();
}
Error seal_error(const Sample& s, BytesView seal) {
    const auto verified = s.key().verify(s.journal, seal);
    EXPECT_FALSE(verified.has_value());
    return verified ? Error{AdapterError::wrong_kind} : verified.error();
}
Bytes flipped(Bytes bytes, std::size_t at) {
    bytes[at] ^= 1;
    return bytes;
}
Selector selector_of_hex(std::string_view hex) {
    return codec::parse_hex_fixed<4>(hex).value();
}

// [RISC0.10]
TEST(Risc0, R10RealReceipts) {
    for (const std::string version : active_versions) {
        const Sample s = Sample::of(version);
        const VerifyingKey key = s.key();
        EXPECT_EQ(key.version_name(), version);
        EXPECT_TRUE(key.verify(s.journal, s.seal).has_value()) << version;
    }
}

// [RISC0.4] Real receipts of versions whose makers have stopped them, and that the inner key still takes.
TEST(Risc0, R4VersionsThatAreFrozen) {
    const Sample active = Sample::of("3.0");
    for (const auto& [version, reason] : {std::pair{"2.0", AdapterError::risc0_2_0_stopped},
                                          {"2.1", AdapterError::risc0_2_1_unsound},
                                          {"set 0.7", AdapterError::set_0_7_unsound}}) {
        const Sample s = Sample::of(version);
        EXPECT_TRUE(key_error(encode(s.program)).is(reason)) << version;
        EXPECT_TRUE(seal_error(active, s.seal).is(reason)) << version;
    }
    for (const std::string_view selector : {"50bd1769", "c101b42b"}) {
        EXPECT_TRUE(key_error(encode({selector_of_hex(selector), Hash32{}})).is(AdapterError::risc0_retired));
    }
    // A set of an active version under a root that a frozen version has sealed.
    const Sample set = Sample::of("set 0.9");
    auto inclusion = decode_set_seal(BytesView{set.seal}.subspan(4)).value();
    const Sample frozen = Sample::of("2.1");
    inclusion.root_seal = frozen.seal;
    Bytes seal = to_bytes(set.program.selector.view());
    append(seal, encode_set_seal(inclusion));
    EXPECT_TRUE(seal_error(set, seal).is(AdapterError::risc0_2_1_unsound));
}

// [RISC0.2] [RISC0.3]
TEST(Risc0, R2SelectorsAreThoseOfTheParameters) {
    for (const Groth16Version& version : groth16_versions()) {
        EXPECT_EQ(compute_selector(version), selector_of_hex(version.selector)) << version.name;
    }
    for (const SetVersion& version : set_versions()) {
        EXPECT_EQ(compute_selector(version), selector_of_hex(version.selector)) << version.name;
    }
}

// [RISC0.1]
TEST(Risc0, R1Header) {
    const Bytes key = encode(Sample::of("3.0").program);
    EXPECT_EQ(key.size(), key_bytes);
    EXPECT_TRUE(key_error(flipped(key, 0)).is(AdapterError::wrong_kind));
    EXPECT_TRUE(key_error(flipped(key, 1)).is(AdapterError::wrong_kind));
    EXPECT_TRUE(key_error(flipped(key, 2)).is(AdapterError::unknown_selector));
    for (std::size_t size = 0; size < key.size(); ++size) {
        EXPECT_TRUE(key_error(BytesView{key}.first(size)).is(AdapterError::wrong_size));
    }
    Bytes longer = key;
    longer.push_back(0);
    EXPECT_TRUE(key_error(longer).is(AdapterError::wrong_size));
}

// [RISC0.5]
TEST(Risc0, R5IdentifierIsTheHashOfTheBytes) {
    const VerifyingKey key = Sample::of("5.0").key();
    Bytes preimage{'v', 'k'};
    append(preimage, key.bytes());
    EXPECT_EQ(key.id(), hash::keccak256(preimage));
}

// [RISC0.7] [RISC0.10]
TEST(Risc0, R7OtherProgramsAndOtherJournals) {
    for (const std::string version : active_versions) {
        Sample s = Sample::of(version);
        for (std::size_t i = 0; i < s.journal.size(); ++i) {
            EXPECT_TRUE(s.key().verify(flipped(s.journal, i), s.seal).error().is(SnarkError::does_not_hold)) << i;
        }
        EXPECT_TRUE(s.key().verify({}, s.seal).error().is(SnarkError::does_not_hold));
        s.program.image_id[0] ^= 1;
        EXPECT_TRUE(s.key().verify(s.journal, s.seal).error().is(SnarkError::does_not_hold)) << version;
    }
}

/// The claim of a run, with everything that claim_digest() fixes.
struct RunOfProgram {
    Hash32 input;
    Hash32 image_id;
    Hash32 journal_digest;
    Hash32 assumptions;
    Bytes exit_codes = Bytes(8);  ///< of the system and of the program, little-endian

    [[nodiscard]] Hash32 digest() const {
        Bytes state = to_bytes(hash::sha256(as_bytes("risc0.SystemState")).view());
        append(state, Bytes(32 + 4));
        append(state, Bytes{1, 0});
        Bytes output = to_bytes(hash::sha256(as_bytes("risc0.Output")).view());
        append(output, journal_digest.view());
        append(output, assumptions.view());
        append(output, Bytes{2, 0});
        Bytes claim = to_bytes(hash::sha256(as_bytes("risc0.ReceiptClaim")).view());
        append(claim, input.view());
        append(claim, image_id.view());
        append(claim, hash::sha256(state).view());
        append(claim, hash::sha256(output).view());
        append(claim, exit_codes);
        append(claim, Bytes{4, 0});
        return hash::sha256(claim);
    }
};

// [RISC0.7] Runs that failed, or that assume something, have other claims: their receipts are not these.
TEST(Risc0, R7ClaimsOfFailedOrConditionalRunsDiffer) {
    const Sample s = Sample::of("3.0");
    const Hash32 journal_digest = hash::sha256(s.journal);
    RunOfProgram run{.image_id = s.program.image_id, .journal_digest = journal_digest};
    const Hash32 claim = claim_digest(s.program.image_id, journal_digest);
    EXPECT_EQ(run.digest(), claim);
    EXPECT_EQ(codec::format_hex(claim.view()), "0x196cb48d86169e90c105e595a02aef4cbc6e2c9e5a9caa1a74c2ebbd29211480");
    for (std::size_t i = 0; i < run.exit_codes.size(); ++i) {
        RunOfProgram failed = run;
        failed.exit_codes[i] = 1;
        EXPECT_NE(failed.digest(), claim) << i;
    }
    RunOfProgram conditional = run;
    conditional.assumptions[31] = 1;
    EXPECT_NE(conditional.digest(), claim);
    run.input[0] = 1;
    EXPECT_NE(run.digest(), claim);
}

// [RISC0.8] The inputs of the inner proof, as the contract of RISC Zero has them.
TEST(Risc0, R8InputsOfTheInnerProof) {
    const Sample s = Sample::of("3.0");
    const auto inputs = s.key().unwrap(hash::sha256(s.journal), s.seal)->inputs;
    ASSERT_EQ(inputs.size(), 5U);
    const auto number = [](std::string_view hex) {
        return U256::from_be(codec::parse_hex_fixed<32>(hex).value().view());
    };
    EXPECT_EQ(inputs[0], number("0x0000000000000000000000000000000041af18736dc9d7921c859fc95ac84da5"));
    EXPECT_EQ(inputs[1], number("0x00000000000000000000000000000000561f8c992a424deb37ccdf4e19c0e7db"));
    EXPECT_EQ(inputs[2], number("0x000000000000000000000000000000004cef2aa095e505c1909e16868db46c19"));
    EXPECT_EQ(inputs[3], number("0x0000000000000000000000000000000080142129bdebc2741aaa9c5a9e2c6ebc"));
    EXPECT_EQ(inputs[4], number("0x04446e66d300eb7fb45c9726bb53c793dda407a62e9601618bb43c5c14657ac0"));
}

// [RISC0.6]
TEST(Risc0, R6SealsHaveTheirBytesAndSelector) {
    const Sample s = Sample::of("3.0");
    for (const std::size_t size : {0U, 3U, 4U, 19U, 34U, 259U}) {
        EXPECT_TRUE(seal_error(s, BytesView{s.seal}.first(size)).is(AdapterError::wrong_size)) << size;
    }
    Bytes longer = s.seal;
    longer.push_back(0);
    EXPECT_TRUE(seal_error(s, longer).is(AdapterError::wrong_size));
    EXPECT_TRUE(seal_error(s, flipped(s.seal, 0)).is(AdapterError::unknown_selector));
    for (const std::string version : {"2.2", "5.0", "set 0.9"}) {
        const Sample other = Sample::of(version);
        EXPECT_TRUE(seal_error(s, other.seal).is(AdapterError::other_selector)) << version;
        Bytes dressed = s.seal;
        std::ranges::copy(other.program.selector, dressed.begin());
        Sample moved = s;
        moved.program.selector = other.program.selector;
        EXPECT_FALSE(moved.key().verify(s.journal, dressed).has_value()) << version;
    }
}

// [RISC0.10]
TEST(Risc0, R10EveryFlippedByteIsRefused) {
    for (const std::string version : active_versions) {
        const Sample s = Sample::of(version);
        const VerifyingKey key = s.key();
        for (std::size_t i = 0; i < s.seal.size(); ++i) {
            EXPECT_FALSE(key.verify(s.journal, flipped(s.seal, i)).has_value()) << version << " " << i;
        }
    }
}

// [RISC0.9] One encoding: nothing is left to the reader.
TEST(Risc0, R9EncodingOfASetInclusion) {
    const Sample s = Sample::of("set 0.9");
    const BytesView encoded = BytesView{s.seal}.subspan(4);
    const auto inclusion = decode_set_seal(encoded).value();
    EXPECT_TRUE(inclusion.path.empty());
    EXPECT_TRUE(equal(encode_set_seal(inclusion), encoded));
    for (std::size_t i = 0; i < 5 * 32; ++i) {
        EXPECT_TRUE(decode_set_seal(flipped(to_bytes(encoded), i)).error().is(AdapterError::malformed_set_seal)) << i;
    }
    for (std::size_t i = encoded.size() - 28; i < encoded.size(); ++i) {
        EXPECT_TRUE(decode_set_seal(flipped(to_bytes(encoded), i)).error().is(AdapterError::malformed_set_seal)) << i;
    }
    for (std::size_t size = 0; size < encoded.size(); ++size) {
        EXPECT_TRUE(decode_set_seal(encoded.first(size)).error().is(AdapterError::malformed_set_seal)) << size;
    }
    Bytes longer = to_bytes(encoded);
    longer.push_back(0);
    EXPECT_TRUE(decode_set_seal(longer).error().is(AdapterError::malformed_set_seal));
    for (const std::size_t length : {1U, 5U, 32U, 33U}) {
        SetInclusion with_path = inclusion;
        with_path.path.resize(length);
        for (std::size_t i = 0; i < length; ++i) with_path.path[i][0] = static_cast<Byte>(i);
        const auto again = decode_set_seal(encode_set_seal(with_path));
        if (length > path_max) {
            EXPECT_TRUE(again.error().is(AdapterError::path_too_long));
        } else {
            EXPECT_EQ(again->path, with_path.path);
        }
    }
    SetInclusion unsealed = inclusion;
    unsealed.root_seal = {};
    EXPECT_TRUE(decode_set_seal(encode_set_seal(unsealed)).error().is(AdapterError::malformed_set_seal))
        << "a root that was verified earlier is not enough";
}

// [RISC0.10] Of four claims, each has its path to the root, and no other.
TEST(Risc0, R10PathsOfASet) {
    std::array<Hash32, 4> claims;
    for (std::size_t i = 0; i < claims.size(); ++i) claims[i][31] = static_cast<Byte>(i + 1);
    const auto leaf = [](const Hash32& claim) {
        Bytes preimage = to_bytes(as_bytes("LEAF_TAG"));
        append(preimage, claim.view());
        return hash::keccak256(preimage);
    };
    const auto node = [](const Hash32& a, const Hash32& b) {
        Bytes preimage = to_bytes(std::min(a, b).view());
        append(preimage, std::max(a, b).view());
        return hash::keccak256(preimage);
    };
    const std::array pairs{node(leaf(claims[0]), leaf(claims[1])), node(leaf(claims[2]), leaf(claims[3]))};
    const Hash32 root = node(pairs[0], pairs[1]);
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const std::array path{leaf(claims[i ^ 1]), pairs[(i / 2) ^ 1]};
        for (std::size_t k = 0; k < claims.size(); ++k) {
            const bool is_sibling = (k ^ 1) == i;
            if (is_sibling) continue;  // the sibling has another path to the same root
            EXPECT_EQ(set_root(claims[k], path) == root, k == i) << i << k;
        }
        EXPECT_NE(set_root(claims[i], std::span{path}.first(1)), root);
    }
    EXPECT_NE(set_root(pairs[0], std::span{pairs}.subspan(1)), root) << "a node is no claim";
}

// [RISC0.9] [RISC0.10] A path that leads to another root.
TEST(Risc0, R10APathThatIsNotTheClaims) {
    const Sample s = Sample::of("set 0.9");
    auto inclusion = decode_set_seal(BytesView{s.seal}.subspan(4)).value();
    inclusion.path.emplace_back();
    Bytes seal = to_bytes(s.program.selector.view());
    append(seal, encode_set_seal(inclusion));
    EXPECT_TRUE(seal_error(s, seal).is(SnarkError::does_not_hold));
}

}  // namespace
}  // namespace enshrine::proofs::risc0
