// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/network/host_port.hpp>

#include <gtest/gtest.h>

namespace enshrine::network {
namespace {

TEST(HostPort, NamesAndAddresses) {
    const auto name = parse_host_port("storage.example:9545");
    ASSERT_TRUE(name.has_value());
    EXPECT_EQ(name->host, "storage.example");
    EXPECT_EQ(name->port, 9545);
    const auto address = parse_host_port("[::1]:65535");
    ASSERT_TRUE(address.has_value());
    EXPECT_EQ(address->host, "::1");
    EXPECT_EQ(address->port, 65535);
    EXPECT_EQ(parse_host_port("127.0.0.1:0").value().port, 0);
}

TEST(HostPort, EverythingElseIsRefused) {
    for (const char* text :
         {"", ":", "host", "host:", ":9545", "[]:9545", "host:65536", "host:-1", "host:95x", "host: 1"}) {
        EXPECT_FALSE(parse_host_port(text).has_value()) << text;
    }
}

}  // namespace
}  // namespace enshrine::network
