// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/u256.hpp>
#include <enshrine/prover_files/file_error.hpp>

#include <nlohmann/json.hpp>

#include <array>
#include <span>
#include <string_view>

/// Keys as verifiers of Solidity have them: constants of a contract, `uint256 constant NAME = VALUE;`. On BN254 alone,
/// the one curve with such verifiers.
namespace enshrine::prover_files {

/// Whether a file is source of Solidity: a text that is no JSON and declares constants.
[[nodiscard]] bool looks_like_solidity(BytesView content) noexcept;

/// The numbers of a contract by their names. Each error names the constant.
class SolidityConstants {
public:
    /// Of source. Comments are skipped; a name that has two values is refused.
    [[nodiscard]] static FileResult<SolidityConstants> parse(BytesView source);
    /// Of a JSON object with the names as members. Moved, never copied: it may be nested deeply.
    [[nodiscard]] static SolidityConstants of_json(nlohmann::json object) noexcept;

    [[nodiscard]] bool has(std::string_view name) const;
    /// 32 bytes, big-endian.
    [[nodiscard]] FileResult<Bytes> word(const std::string& name) const;
    /// A number of at most `most`.
    [[nodiscard]] FileResult<std::uint64_t> number(const std::string& name, std::uint64_t most) const;
    /// A number that follows from others, and must.
    [[nodiscard]] FileResult<void> check(const std::string& name, const U256& expected) const;
    /// That these are the modulus of BN254's coordinates and the order of its groups.
    [[nodiscard]] FileResult<void> check_curve(const std::string& modulus, const std::string& order) const;
    /// A point of its group, whose coordinates have its name with these endings.
    [[nodiscard]] FileResult<Bytes> g1(const std::string& name, const std::array<const char*, 2>& endings) const;
    /// Coordinates in the order of EIP-197, that of u before the other.
    [[nodiscard]] FileResult<Bytes> g2(const std::string& name, const std::array<const char*, 4>& endings) const;
    /// An object of texts when it comes from source.
    [[nodiscard]] const nlohmann::json& members() const noexcept { return members_; }

private:
    explicit SolidityConstants(nlohmann::json members) noexcept : members_{std::move(members)} {}
    [[nodiscard]] FileResult<Bytes> coordinates(const std::string& name, std::span<const char* const> endings) const;

    nlohmann::json members_;
};

}  // namespace enshrine::prover_files
