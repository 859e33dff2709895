// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/rpc/endpoint.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace enshrine::rpc {
namespace {

using Json = nlohmann::json;

/// Runs `reader` on parameters given as JSON text; "ok" or the error.
Json read(const std::string& params, const std::function<RpcResult<std::string>(const Params&)>& reader) {
    Endpoint endpoint;
    endpoint.add("x", {.handler = reader, .parameters = {}, .documentation = {}});
    const Json answer =
        Json::parse(endpoint.handle(R"({"jsonrpc":"2.0","id":1,"method":"x","params":)" + params + "}"));
    return answer.contains("result") ? answer.at("result") : answer.at("error");
}

template <class T>
std::function<RpcResult<std::string>(const Params&)> accepts(RpcResult<T> (Params::*accessor)(std::size_t,
                                                                                              std::string_view) const,
                                                             const T& expected) {
    return [accessor, expected](const Params& params) -> RpcResult<std::string> {
        ENSHRINE_TRY(const T value, (params.*accessor)(0, "field"));
        return value == expected ? "true" : "false";
    };
}

TEST(Params, Addresses) {
    Address expected;
    expected[19] = 0xab;
    const auto reader = accepts(&Params::address, expected);
    EXPECT_EQ(read(R"(["0x00000000000000000000000000000000000000ab"])", reader), true);
    EXPECT_EQ(read(R"(["00000000000000000000000000000000000000AB"])", reader), true);
    EXPECT_EQ(read(R"({"field":"0x00000000000000000000000000000000000000ab"})", reader), true);
    for (const std::string bad :
         {R"(["0xab"])", R"([5])", R"([])", R"([null])", R"([{}])", R"(["0x0000000000000000000000000000000000000zab"])",
          R"(["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD1"])", R"(["0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"])"}) {
        const Json error = read(bad, reader);
        EXPECT_EQ(error.at("code"), invalid_params) << bad;
        EXPECT_EQ(error.at("data").at("field"), "field") << bad;
        EXPECT_EQ(error.at("data").at("expected"), "a 20-byte address in hex") << bad;
        EXPECT_TRUE(error.at("data").contains("got")) << bad;
    }
    EXPECT_EQ(read("[]", reader).at("message"), "field: expected a 20-byte address in hex, got nothing");
}

TEST(Params, Quantities) {
    const auto reader = accepts(&Params::u64, std::uint64_t{16});
    EXPECT_EQ(read(R"(["0x10"])", reader), true);
    EXPECT_EQ(read("[16]", reader), true);
    for (const std::string bad :
         {R"(["10"])", R"(["0x010"])", R"(["0x"])", R"(["0x10000000000000000"])", "[-1]", "[1.5]", "[true]"}) {
        EXPECT_EQ(read(bad, reader).at("code"), invalid_params) << bad;
    }
    const auto wide = accepts(&Params::u256, U256{1} << 200);
    EXPECT_EQ(read(R"(["0x1)" + std::string(50, '0') + R"("])", wide), true);
    EXPECT_EQ(read(R"(["0x1)" + std::string(64, '0') + R"("])", wide).at("code"), invalid_params);
}

TEST(Params, BytesHashesBooleansText) {
    EXPECT_EQ(read(R"(["0xABcd"])", accepts(&Params::bytes, Bytes{0xab, 0xcd})), true);
    EXPECT_EQ(read(R"(["abcd"])", accepts(&Params::bytes, Bytes{0xab, 0xcd})), true);
    EXPECT_EQ(read(R"(["0x"])", accepts(&Params::bytes, Bytes{})), true);
    EXPECT_EQ(read(R"(["0xabc"])", accepts(&Params::bytes, Bytes{})).at("code"), invalid_params);
    Hash32 hash;
    hash[31] = 1;
    EXPECT_EQ(read(R"(["0x)" + std::string(63, '0') + R"(1"])", accepts(&Params::hash, hash)), true);
    EXPECT_EQ(read(R"(["0x)" + std::string(62, '0') + R"("])", accepts(&Params::hash, hash)).at("code"),
              invalid_params);
    EXPECT_EQ(read("[true]", accepts(&Params::boolean, true)), true);
    EXPECT_EQ(read(R"(["true"])", accepts(&Params::boolean, true)).at("code"), invalid_params);
    EXPECT_EQ(read(R"(["hi"])", accepts(&Params::text, std::string_view{"hi"})), true);
    EXPECT_EQ(read("[1]", accepts(&Params::text, std::string_view{"hi"})).at("code"), invalid_params);
}

TEST(Params, BlockIds) {
    const auto is = [](const std::string& params, const BlockId& expected) {
        return read(params, accepts(&Params::block_id, expected));
    };
    EXPECT_EQ(is("[]", BlockTag::latest), true);
    EXPECT_EQ(is("[null]", BlockTag::latest), true);
    EXPECT_EQ(is(R"(["latest"])", BlockTag::latest), true);
    EXPECT_EQ(is(R"(["pending"])", BlockTag::pending), true);
    EXPECT_EQ(is(R"(["earliest"])", BlockTag::earliest), true);
    EXPECT_EQ(is(R"(["safe"])", BlockTag::safe), true);
    EXPECT_EQ(is(R"(["finalized"])", BlockTag::finalized), true);
    EXPECT_EQ(is(R"(["0x5"])", std::uint64_t{5}), true);
    EXPECT_EQ(is("[5]", std::uint64_t{5}), true);
    EXPECT_EQ(is(R"(["0x)" + std::string(64, '0') + R"("])", Hash32{}), true);
    EXPECT_EQ(is(R"([{"blockNumber":"0x5"}])", std::uint64_t{5}), true);
    EXPECT_EQ(is(R"([{"blockHash":"0x)" + std::string(64, '0') + R"(","requireCanonical":true}])", Hash32{}), true);
    for (const std::string bad : {R"(["Latest"])", R"(["0x05"])", R"([{}])", R"([[]])", R"([true])", R"([-1])",
                                  R"([{"blockNumber":"latest"}])", R"([{"blockNumber":"0x1","blockHash":"0x1"}])"}) {
        EXPECT_EQ(is(bad, BlockTag::latest).at("code"), invalid_params) << bad;
    }
    EXPECT_EQ(is(R"([{"blockNumber":"x"}])", BlockTag::latest).at("data").at("field"), "field.blockNumber");
}

TEST(Params, OptionalForms) {
    const auto missing = [](const Params& params) -> RpcResult<std::string> {
        ENSHRINE_TRY(const auto a, params.optional_u64(0, "a"));
        ENSHRINE_TRY(const auto b, params.optional_address(1, "b"));
        ENSHRINE_TRY(const auto c, params.optional_hash(2, "c"));
        ENSHRINE_TRY(const auto d, params.optional_bytes(3, "d"));
        ENSHRINE_TRY(const auto e, params.optional_boolean(4, "e"));
        ENSHRINE_TRY(const auto f, params.optional_text(5, "f"));
        ENSHRINE_TRY(const auto g, params.optional_u256(6, "g"));
        return a || b || c || d || e || f || g ? "true" : "false";
    };
    EXPECT_EQ(read("[]", missing), false);
    EXPECT_EQ(read("{}", missing), false);
    EXPECT_EQ(read("[null,null]", missing), false);
    EXPECT_EQ(read("null", missing), false);
    EXPECT_EQ(read("[0]", missing), true);
    EXPECT_EQ(read(R"([null,null,null,null,"x"])", missing).at("data").at("field"), "e");
}

TEST(Params, WordsAreFilledUp) {
    const auto word = [](const Params& params) -> RpcResult<std::string> {
        ENSHRINE_TRY(const Hash32 value, params.at(0, "slot").word());
        return '"' + codec::format_hex(value.view()) + '"';
    };
    EXPECT_EQ(read(R"(["0x1"])", word), "0x" + std::string(63, '0') + "1");
    for (const std::string bad : {R"(["0x"])", R"([1])", R"(["0xg"])"})
        EXPECT_EQ(read(bad, word).at("code"), invalid_params);
    EXPECT_EQ(read(R"(["0x)" + std::string(65, '0') + R"("])", word).at("code"), invalid_params);
}

TEST(Params, LongValuesAreShownShort) {
    const Json error = read("[\"" + std::string(100'000, 'z') + "\"]", accepts(&Params::u64, std::uint64_t{0}));
    EXPECT_LT(error.dump().size(), 1'000U);
    EXPECT_NE(error.at("data").at("got").get<std::string>().find("(100000 characters)"), std::string::npos);
}

TEST(Params, MembersAndElementsNameTheirPath) {
    const auto reader = [](const Params& params) -> RpcResult<std::string> {
        ENSHRINE_TRY(const auto list, params.at(0, "request").member("list"));
        ENSHRINE_TRY(const auto elements, list.elements());
        for (const auto& element : elements) ENSHRINE_CHECK(element.u64());
        return "true";
    };
    EXPECT_EQ(read(R"([{"list":[1,2]}])", reader), true);
    EXPECT_EQ(read(R"([{"list":[1,"x"]}])", reader).at("data").at("field"), "request.list[1]");
    EXPECT_EQ(read(R"([{}])", reader).at("data").at("field"), "request.list");
    EXPECT_EQ(read(R"([1])", reader).at("data").at("field"), "request");
}

}  // namespace
}  // namespace enshrine::rpc
