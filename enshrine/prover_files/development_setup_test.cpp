// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// Constraint systems and development keys. That snarkjs proves with such keys and that the proofs hold is shown by
// test/functional/payments_zk_circuit.test.ts.
#include <enshrine/prover_files/development_setup.hpp>
#include <enshrine/prover_files/fixed_base.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace enshrine::prover_files {
namespace {

using algebra::bn254::Fr;
using algebra::bn254::g1_generator;
using testing::HasSubstr;

class FileWriter {
public:
    FileWriter& number(std::uint64_t value, std::size_t width) {
        for (std::size_t i = 0; i < width; ++i) bytes_.push_back(static_cast<Byte>(value >> (8 * i)));
        return *this;
    }
    FileWriter& u32(std::uint64_t value) { return number(value, 4); }
    FileWriter& text(std::string_view text) {
        append(bytes_, as_bytes(text));
        return *this;
    }
    FileWriter& modulus() {
        for (const std::uint64_t limb : Fr::modulus) number(limb, 8);
        return *this;
    }
    FileWriter& factor(std::uint64_t value) { return number(value, 8).number(0, 8).number(0, 8).number(0, 8); }
    FileWriter& section(std::uint32_t type, const FileWriter& content) {
        u32(type).number(content.bytes_.size(), 8);
        append(bytes_, content.bytes_);
        return *this;
    }
    [[nodiscard]] const Bytes& bytes() const { return bytes_; }

private:
    Bytes bytes_;
};

FileWriter header(std::uint64_t wires = 4, std::uint64_t constraints = 1) {
    return FileWriter{}.u32(32).modulus().u32(wires).u32(1).u32(0).u32(2).number(4, 8).u32(constraints);
}
/// wire 2 · wire 3 = wire 1, which is public.
FileWriter product(std::uint64_t wire = 2) {
    return FileWriter{}.u32(1).u32(wire).factor(1).u32(1).u32(3).factor(1).u32(1).u32(1).factor(1);
}
Bytes file(const FileWriter& head = header(), const FileWriter& constraints = product()) {
    return FileWriter{}.text("r1cs").u32(1).u32(2).section(2, constraints).section(1, head).bytes();
}
std::string refusal(const Bytes& content) {
    const auto read = read_r1cs(content);
    return read ? std::string{} : read.error().message;
}

TEST(R1csFile, ReadsWhatCircomWrites) {
    const auto system = read_r1cs(file());
    ASSERT_TRUE(system.has_value()) << system.error().message;
    EXPECT_EQ(system->wires, 4U);
    EXPECT_EQ(system->public_wires, 1U);
    ASSERT_EQ(system->constraints.size(), 1U);
    EXPECT_EQ(system->constraints[0][1].at(0).wire, 3U);
    EXPECT_EQ(system->constraints[0][1].at(0).factor, Fr::one());
}

TEST(R1csFile, NamesWhatIsWrong) {
    EXPECT_THAT(refusal(file(header(), product(4))), HasSubstr("wire 4 of 4"));
    EXPECT_THAT(refusal(file(header(1))), HasSubstr("more public wires"));
    EXPECT_THAT(refusal(file(header(4, 2))), HasSubstr("end early"));
    EXPECT_THAT(refusal(file(header(), FileWriter{product()}.u32(0))), HasSubstr("behind the last"));
    EXPECT_THAT(refusal(file(FileWriter{}.u32(32).factor(7))), HasSubstr("another field"));
    const FileWriter unreduced = FileWriter{}.u32(1).u32(2).modulus().u32(0).u32(0);
    EXPECT_THAT(refusal(file(header(), unreduced)), HasSubstr("not below"));
    EXPECT_THAT(refusal(FileWriter{}.text("zkey").u32(1).u32(0).bytes()), HasSubstr("not a constraint system"));
    EXPECT_THAT(refusal(FileWriter{}.text("r1cs").u32(1).u32(0).bytes()), HasSubstr("missing"));
    EXPECT_THAT(refusal(file(header(), FileWriter{}.u32(0xffffffff))), HasSubstr("end early"));
}

TEST(R1csFile, EveryPrefixIsRefused) {
    const Bytes whole = file();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_NE(refusal({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)}), "") << size;
    }
}

TEST(FixedBase, AgreesWithMultiplication) {
    const FixedBase base{g1_generator};
    Fr scalar = Fr::from(3);
    for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(base.times(scalar).same_point(algebra::bn254::multiply(g1_generator, scalar)));
        scalar = scalar.square() - Fr::from(5);
    }
    EXPECT_TRUE(base.times(Fr::zero()).is_infinity());
    EXPECT_TRUE(base.times(-Fr::one()).same_point(-algebra::bn254::G1{g1_generator}));
}

/// Sections of a .zkey by their numbers.
std::map<std::uint64_t, BytesView> sections_of(const Bytes& zkey) {
    const auto number = [&](std::size_t at, std::size_t width) {
        std::uint64_t out = 0;
        for (std::size_t i = width; i-- > 0;) out = (out << 8) | zkey.at(at + i);
        return out;
    };
    std::map<std::uint64_t, BytesView> out;
    for (std::size_t at = 12; at < zkey.size();) {
        const std::uint64_t size = number(at + 4, 8);
        out[number(at, 4)] = BytesView{zkey}.subspan(at + 12, size);
        at += 12 + size;
    }
    return out;
}

TEST(DevelopmentSetup, WritesEverySectionOnce) {
    const auto system = read_r1cs(file());
    ASSERT_TRUE(system.has_value());
    const Bytes zkey = make_zkey(*system, development_secrets(file()));
    const auto sections = sections_of(zkey);
    ASSERT_EQ(sections.size(), 10U);
    constexpr std::size_t g1 = 64;
    constexpr std::size_t g2 = 128;
    constexpr std::size_t domain = 4;  // a constraint, wire 0 and the public wire, rounded up
    EXPECT_EQ(sections.at(2).size(), 2 * 36 + 12 + 3 * g1 + 3 * g2);
    EXPECT_EQ(sections.at(3).size(), 2 * g1);
    EXPECT_EQ(sections.at(4).size(), 4 + 4 * 44U);
    EXPECT_EQ(sections.at(5).size(), 4 * g1);
    EXPECT_EQ(sections.at(7).size(), 4 * g2);
    EXPECT_EQ(sections.at(8).size(), 2 * g1);
    EXPECT_EQ(sections.at(9).size(), domain * g1);
}

TEST(DevelopmentSetup, FollowsFromTheCircuitAlone) {
    const auto system = read_r1cs(file());
    ASSERT_TRUE(system.has_value());
    EXPECT_EQ(make_zkey(*system, development_secrets(file())), make_zkey(*system, development_secrets(file())));
    const SetupSecrets one = development_secrets(file());
    const SetupSecrets other = development_secrets(file(header(5)));
    EXPECT_NE(one.tau, other.tau);
    EXPECT_NE(one.tau, one.delta);
    EXPECT_NE(one.delta, Fr::one());
}

}  // namespace
}  // namespace enshrine::prover_files
