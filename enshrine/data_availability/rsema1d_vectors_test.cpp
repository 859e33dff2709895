// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
//
// What celestia-app's implementation computes (tools/rsema1d_oracle prints the files of testdata/).
#include <enshrine/data_availability/committee.hpp>
#include <enshrine/data_availability/matrix.hpp>
#include <enshrine/data_availability/matrix_for_test.hpp>
#include <enshrine/hash/sha256.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace enshrine::data_availability {
namespace {

/// Lines of a file of vectors, without comments.
std::vector<std::istringstream> vector_lines(const std::string& name) {
    std::ifstream file{std::string{ENSHRINE_SOURCE_DIR} + "/enshrine/data_availability/testdata/" + name};
    std::vector<std::istringstream> out;
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with('#')) out.emplace_back(line);
    }
    return out;
}

TEST(Rsema1dVectors, RootsAndCommitments) {
    auto lines = vector_lines("rsema1d_vectors.txt");
    ASSERT_GE(lines.size(), 200U);
    for (std::istringstream& line : lines) {
        Shape shape;
        std::uint64_t seed = 0;
        std::string row_root;
        std::string combination_root;
        std::string commitment;
        line >> shape.data_rows >> shape.parity_rows >> shape.row_bytes >> seed >> row_root >> combination_root >>
            commitment;
        ASSERT_TRUE(line) << line.str();
        const Matrix matrix = matrix_of(shape, seed);
        EXPECT_EQ(hex(matrix.row_root().view()), row_root) << line.str();
        EXPECT_EQ(hex(matrix.combination_root().view()), combination_root) << line.str();
        EXPECT_EQ(hex(matrix.commitment().view()), commitment) << line.str();
    }
}

// [DA-ROWS.1], [DA-ROWS.2]
TEST(Rsema1dVectors, RowsOfCommittees) {
    auto lines = vector_lines("row_assignment_vectors.txt");
    ASSERT_GE(lines.size(), 20U);
    for (std::istringstream& line : lines) {
        std::uint32_t data_rows = 0;
        std::uint64_t seed = 0;
        std::string stakes;
        std::string expected;
        line >> data_rows >> seed >> stakes >> expected;
        ASSERT_TRUE(line) << line.str();

        std::vector<CommitteeMember> committee;
        std::ranges::replace(stakes, ',', ' ');
        std::istringstream stake_list{stakes};
        for (CommitteeMember member; stake_list >> member.stake;) committee.push_back(member);
        std::array<Byte, 8> seed_bytes;
        store_le(seed_bytes.data(), seed);
        const Hash32 commitment = hash::sha256(seed_bytes);

        hash::Sha256 digest;
        const auto absorb = [&](std::uint32_t value) {
            std::array<Byte, 4> bytes;
            store_le(bytes.data(), value);
            digest.update(bytes);
        };
        for (std::size_t member = 0; member < committee.size(); ++member) {
            const auto rows = assigned_rows({data_rows, 3 * data_rows, 64}, commitment, committee, member);
            absorb(static_cast<std::uint32_t>(rows.size()));
            for (const std::uint32_t row : rows) absorb(row);
        }
        EXPECT_EQ(hex(digest.finish().view()), expected) << line.str();
    }
}

}  // namespace
}  // namespace enshrine::data_availability
