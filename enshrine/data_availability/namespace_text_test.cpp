// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/namespace_text.hpp>

#include <gtest/gtest.h>

namespace enshrine::data_availability {
namespace {

TEST(NamespaceText, ShortOnesGetZerosBehind) {
    Hash32 expected;
    expected[0] = 0xbe;
    expected[1] = 0xef;
    EXPECT_EQ(parse_namespace("0xbeef"), expected);
    EXPECT_EQ(parse_namespace("0xbeef" + std::string(60, '0')), expected);
}

TEST(NamespaceText, EverythingElseIsRefused) {
    for (const std::string& text : {std::string{}, std::string{"0x"}, std::string{"beef"}, std::string{"0xbee"},
                                    std::string{"0xzz"}, "0x" + std::string(66, '1')}) {
        EXPECT_FALSE(parse_namespace(text).has_value()) << text;
    }
}

}  // namespace
}  // namespace enshrine::data_availability
