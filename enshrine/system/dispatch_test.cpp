// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/system/method_table.hpp>
#include <enshrine/system/well_formed.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace enshrine::system {
namespace {

struct TestContext {
    Amount value;
    bool read_only = false;
    std::uint64_t gas_left = 1000;
    std::uint64_t gas_total = 1000;
    int calls = 0;

    [[nodiscard]] bool charge(std::uint64_t gas) noexcept {
        if (gas > gas_left) {
            gas_left = 0;
            return false;
        }
        gas_left -= gas;
        return true;
    }
    [[nodiscard]] std::uint64_t gas_limit() const noexcept { return gas_total; }
};

CallResult add(TestContext& context, const codec::abi::Arguments& arguments) {
    ++context.calls;
    const U256 sum = arguments.u256(0) + U256{arguments.u64(1)};
    codec::abi::Encoder out{1};
    out.u256(sum);
    return out.finish();
}
CallResult touch(TestContext& context, const codec::abi::Arguments&) {
    ++context.calls;
    return Bytes{};
}
CallResult refuse(TestContext&, const codec::abi::Arguments& arguments) {
    codec::abi::Encoder out{1};
    out.bytes(arguments.bytes(0));
    return revert("Refused(bytes reason)", out);
}
CallResult greedy(TestContext& context, const codec::abi::Arguments&) {
    if (!context.charge(5000)) return out_of_gas(context.gas_limit(), 5000);
    return Bytes{};
}

constexpr Method<TestContext> methods[] = {
    {"add(uint256 a, uint64 b)", "uint256 sum", Mutability::view, 100, &add, "adds"},
    {"touch()", "", Mutability::nonpayable, 200, &touch, "touches"},
    {"pay(address receiver)", "", Mutability::payable, 300, &touch, "pays"},
    {"refuse(bytes reason)", "", Mutability::nonpayable, 10, &refuse, "refuses"},
    {"greedy()", "", Mutability::nonpayable, 10, &greedy, "charges too much"},
};
constexpr EventDeclaration events[] = {{"Touched(address indexed who)", "somebody touched"}};
constexpr ErrorDeclaration errors[] = {{"Refused(bytes reason)", "refused on purpose"}};
constexpr Interface<TestContext> test_interface{"ITest", "for tests", Address{}, methods, events, errors};
static_assert(well_formed(test_interface));

Bytes call(std::string_view declaration, const codec::abi::Encoder& arguments) {
    return arguments.finish_call(codec::abi::selector(declaration));
}
Bytes call(std::string_view declaration) {
    return call(declaration, codec::abi::Encoder{0});
}

codec::abi::Arguments decode_revert(const CallResult& result, std::string_view declaration) {
    EXPECT_FALSE(result.has_value());
    const BytesView data = result.error().data;
    EXPECT_GE(data.size(), 4U);
    EXPECT_EQ(load_be<std::uint32_t>(data.data()), codec::abi::selector(declaration)) << declaration;
    const auto signature = codec::abi::parse_signature(declaration);
    const auto arguments = codec::abi::decode(*signature, data.subspan(4));
    EXPECT_TRUE(arguments.has_value());
    return *arguments;
}

TEST(Dispatch, RunsTheMethodWithItsArguments) {
    TestContext context;
    codec::abi::Encoder arguments{2};
    arguments.u256(U256{40});
    arguments.u64(2);
    const auto result = dispatch(test_interface, context, call(methods[0].declaration, arguments));
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(U256::from_be(*result), U256{42});
    EXPECT_EQ(context.calls, 1);
    EXPECT_EQ(context.gas_left, 900U);
}

TEST(Dispatch, UnknownSelectorIsNamed) {
    TestContext context;
    const Bytes calldata{0xde, 0xad, 0xbe, 0xef, 0x01};
    const auto result = dispatch(test_interface, context, calldata);
    const auto arguments = decode_revert(result, "UnknownSelector(bytes4 selector)");
    EXPECT_TRUE(equal(arguments.bytes32(0).view().first(4), BytesView{calldata}.first(4)));
    EXPECT_EQ(context.gas_left, 1000U);
}

TEST(Dispatch, CalldataShorterThanASelectorIsUnknown) {
    TestContext context;
    context.value = Amount{std::uint64_t{1}};
    const auto empty = dispatch(test_interface, context, {});
    EXPECT_TRUE(decode_revert(empty, "UnknownSelector(bytes4 selector)").bytes32(0).is_zero());
    const Bytes two{0xab, 0xcd};
    const auto partial = dispatch(test_interface, context, two);
    const Hash32 word = decode_revert(partial, "UnknownSelector(bytes4 selector)").bytes32(0);
    EXPECT_EQ(word[0], 0xab);
    EXPECT_EQ(word[1], 0xcd);
    EXPECT_EQ(word[2], 0x00);
}

TEST(Dispatch, ValueIsRefusedWhereNoneIsTaken) {
    TestContext context;
    context.value = Amount{std::uint64_t{7}};
    const auto result = dispatch(test_interface, context, call("touch()"));
    EXPECT_EQ(decode_revert(result, "NotPayable(uint256 value)").u256(0), U256{7});
    EXPECT_EQ(context.calls, 0);
    codec::abi::Encoder arguments{1};
    arguments.address(Address{});
    EXPECT_TRUE(dispatch(test_interface, context, call("pay(address receiver)", arguments)).has_value());
}

TEST(Dispatch, ReadOnlyCallsReachViewsAlone) {
    TestContext context;
    context.read_only = true;
    const auto refused = dispatch(test_interface, context, call("touch()"));
    const Hash32 word = decode_revert(refused, "ReadOnlyCall(bytes4 selector)").bytes32(0);
    EXPECT_EQ(load_be<std::uint32_t>(word.data()), methods[1].selector());
    codec::abi::Encoder arguments{2};
    arguments.u256(U256{1});
    arguments.u64(1);
    EXPECT_TRUE(dispatch(test_interface, context, call(methods[0].declaration, arguments)).has_value());
}

TEST(Dispatch, GasIsChargedBeforeTheHandler) {
    TestContext context;
    context.gas_left = context.gas_total = 199;
    const auto result = dispatch(test_interface, context, call("touch()"));
    const auto arguments = decode_revert(result, "OutOfGas(uint256 limit, uint256 needed)");
    EXPECT_EQ(arguments.u256(0), U256{199});
    EXPECT_EQ(arguments.u256(1), U256{200});
    EXPECT_EQ(context.calls, 0);
    TestContext exact;
    exact.gas_left = exact.gas_total = 200;
    EXPECT_TRUE(dispatch(test_interface, exact, call("touch()")).has_value());
}

TEST(Dispatch, HandlersReportTheirOwnChargesTheSameWay) {
    TestContext context;
    const auto result = dispatch(test_interface, context, call("greedy()"));
    EXPECT_EQ(decode_revert(result, "OutOfGas(uint256 limit, uint256 needed)").u256(1), U256{5000});
}

TEST(Dispatch, BadArgumentNamesTheParameter) {
    TestContext context;
    codec::abi::Encoder arguments{2};
    arguments.u256(U256{1});
    arguments.u256(U256{1, 0, 0, 0});
    const auto result = dispatch(test_interface, context, call(methods[0].declaration, arguments));
    const auto refusal = decode_revert(result, "BadArgument(uint256 index, string name, string expected)");
    EXPECT_EQ(refusal.u256(0), U256{1});
    EXPECT_EQ(as_text(refusal.bytes(1)), "b");
    EXPECT_EQ(as_text(refusal.bytes(2)), "uint64");
    EXPECT_EQ(context.calls, 0);
}

TEST(Dispatch, MissingAndTrailingBytesAreBadArguments) {
    TestContext context;
    const auto missing = dispatch(test_interface, context, call(methods[0].declaration));
    EXPECT_EQ(decode_revert(missing, dispatch_errors[1].declaration).u256(0), U256{0});
    Bytes trailing = call("touch()");
    trailing.push_back(0);
    const auto result = dispatch(test_interface, context, trailing);
    const auto refusal = decode_revert(result, dispatch_errors[1].declaration);
    EXPECT_EQ(refusal.u256(0), U256{0});
    EXPECT_EQ(as_text(refusal.bytes(2)), "end of calldata");
}

TEST(Dispatch, CustomErrorsPassThrough) {
    TestContext context;
    codec::abi::Encoder arguments{1};
    arguments.bytes(as_bytes(std::string_view{"because"}));
    const auto result = dispatch(test_interface, context, call("refuse(bytes reason)", arguments));
    EXPECT_EQ(as_text(decode_revert(result, "Refused(bytes reason)").bytes(0)), "because");
}

RC_GTEST_PROP(DispatchProperty, ArbitraryCalldataNeverEndsTheProcess, ()) {
    auto calldata = *rc::gen::arbitrary<Bytes>();
    const auto index = *rc::gen::inRange<std::size_t>(0, std::size(methods) + 1);
    if (index < std::size(methods)) {
        Bytes prefix(4);
        store_be(prefix.data(), methods[index].selector());
        calldata.insert(calldata.begin(), prefix.begin(), prefix.end());
    }
    TestContext context;
    const auto result = dispatch(test_interface, context, calldata);
    // Outside the macro, which evaluates both sides of a disjunction.
    const bool answered_or_named = result.has_value() || result.error().data.size() >= 4;
    RC_ASSERT(answered_or_named);
}

constexpr Method<TestContext> twice[] = {
    {"same(uint64 a)", "", Mutability::view, 1, &touch, ""},
    {"same(uint64 b)", "", Mutability::view, 1, &touch, ""},
};
constexpr Method<TestContext> headless[] = {{"alone()", "", Mutability::view, 1, nullptr, ""}};
constexpr Method<TestContext> bad_returns[] = {{"alone()", "uint7", Mutability::view, 1, &touch, ""}};
constexpr EventDeclaration four_indexed[] = {
    {"E(uint64 indexed a, uint64 indexed b, uint64 indexed c, uint64 indexed d)", ""}};
constexpr ErrorDeclaration taken[] = {{"NotPayable(uint256 other)", ""}};

TEST(WellFormed, RefusesEachMistake) {
    using Table = Interface<TestContext>;
    EXPECT_FALSE(well_formed(Table{"I", "", Address{}, twice, {}, {}}));
    EXPECT_FALSE(well_formed(Table{"I", "", Address{}, headless, {}, {}}));
    EXPECT_FALSE(well_formed(Table{"I", "", Address{}, bad_returns, {}, {}}));
    EXPECT_FALSE(well_formed(Table{"I", "", Address{}, {}, four_indexed, {}}));
    EXPECT_FALSE(well_formed(Table{"I", "", Address{}, {}, {}, taken}));
    EXPECT_FALSE(well_formed(Table{"", "", Address{}, methods, {}, {}}));
    EXPECT_TRUE(well_formed(Table{"I", "", Address{}, methods, events, errors}));
}

}  // namespace
}  // namespace enshrine::system
