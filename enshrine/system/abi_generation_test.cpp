// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/system/abi_generation.hpp>
#include <enshrine/system/addresses.hpp>
#include <enshrine/system/well_formed.hpp>

#include <gtest/gtest.h>

namespace enshrine::system {
namespace {

struct NoContext {};
CallResult nothing(NoContext&, const codec::abi::Arguments&) {
    return Bytes{};
}
constexpr Method<NoContext> methods[] = {
    {"store(uint64 rollup, bytes data, bytes32[] roots)", "uint64 index, bytes32[] all", Mutability::payable, 100,
     &nothing, "Stores data.\nOn two lines."},
    {"size()", "uint256", Mutability::view, 7, &nothing, "Number of entries."},
    {"reset()", "", Mutability::nonpayable, 9, &nothing, ""},
};
constexpr EventDeclaration events[] = {{"Stored(uint64 indexed rollup, bytes data)", "Something was stored."}};
constexpr ErrorDeclaration errors[] = {{"Full(uint64 size)", "No room."}};
constexpr Interface<NoContext> table{"IStore", "A store.", inbox_address, methods, events, errors};
static_assert(well_formed(table));

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TEST(AbiGeneration, SolidityHasEveryDeclaration) {
    const std::string text = solidity_interface(describe(table));
    EXPECT_TRUE(contains(text, "interface IStore {"));
    EXPECT_TRUE(
        contains(text,
                 "    function store(uint64 rollup, bytes calldata data, bytes32[] calldata roots) external payable "
                 "returns (uint64 index, bytes32[] memory all);\n"));
    EXPECT_TRUE(contains(text, "    function size() external view returns (uint256);\n"));
    EXPECT_TRUE(contains(text, "    function reset() external;\n"));
    EXPECT_TRUE(contains(text, "    event Stored(uint64 indexed rollup, bytes data);\n"));
    EXPECT_TRUE(contains(text, "    error Full(uint64 size);\n"));
    EXPECT_TRUE(contains(text, "    /// @notice Stores data.\n    /// On two lines.\n"));
    for (const ErrorDeclaration& error : dispatch_errors) {
        EXPECT_TRUE(contains(text, "    error " + std::string{error.declaration} + ";\n")) << error.declaration;
    }
}

TEST(AbiGeneration, JsonHasEveryEntry) {
    const std::string text = abi_json(describe(table));
    EXPECT_TRUE(text.starts_with(
        "[\n  {\"type\": \"error\", \"name\": \"UnknownSelector\", \"inputs\": [{\"name\": \"selector\", "
        "\"type\": \"bytes4\"}]},\n"));
    EXPECT_TRUE(text.ends_with("}\n]\n"));
    EXPECT_TRUE(
        contains(text, R"({"type": "event", "name": "Stored", "inputs": [{"indexed": true, "name": "rollup", "type": )"
                       R"("uint64"}, {"indexed": false, "name": "data", "type": "bytes"}], "anonymous": false})"));
    EXPECT_TRUE(contains(
        text, R"({"type": "function", "name": "size", "inputs": [], "outputs": [{"name": "", "type": "uint256"}], )"
              R"("stateMutability": "view"})"));
}

TEST(AbiGeneration, IsDeterministic) {
    EXPECT_EQ(solidity_interface(describe(table)), solidity_interface(describe(table)));
    EXPECT_EQ(abi_json(describe(table)), abi_json(describe(table)));
}

}  // namespace
}  // namespace enshrine::system
