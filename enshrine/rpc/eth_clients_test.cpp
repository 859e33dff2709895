// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rpc/backend_for_test.hpp>
#include <enshrine/rpc/eth.hpp>
#include <enshrine/rpc/http_server.hpp>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

/// cast and viem, as npm installs them, against the test chain. A missing tool fails in CI and is skipped elsewhere.
namespace enshrine::rpc {
namespace {

namespace fs = std::filesystem;

const fs::path tools = fs::path{ENSHRINE_SOURCE_DIR} / "node_modules/.bin";

class EthClientsSlow : public ::testing::Test {
protected:
    void SetUp() override {
        if (!fs::exists(tools / "cast") || !fs::exists(tools / "node")) {
            const char* ci = std::getenv("CI");
            if (ci != nullptr && std::string_view{ci} == "true") FAIL() << tools << " has no cast or node";
            GTEST_SKIP() << tools << " has no cast or node";
        }
        static constexpr std::array declarations{testing::test_error};
        auto endpoint = std::make_shared<Endpoint>();
        add_eth_methods(*endpoint, backend_, {.error_declarations = declarations});
        auto server = HttpServer::start({});
        ASSERT_TRUE(server.has_value()) << server.error();
        server_ = std::move(*server);
        server_->mount("/", endpoint);
        url_ = fmt::format("http://127.0.0.1:{}", server_->port());
    }

    /// Exit status and everything the command prints.
    static std::pair<int, std::string> run(const std::string& command) {
        std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
        std::string out;
        std::array<char, 4096> buffer{};
        while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe))
            out.append(buffer.data(), size);
        return {::pclose(pipe), out};
    }
    std::string cast(const std::string& arguments) const {
        const auto [status, out] = run(fmt::format("'{}' {} --rpc-url {}", (tools / "cast").string(), arguments, url_));
        EXPECT_EQ(status, 0) << arguments << '\n' << out;
        return out.substr(0, out.find_last_not_of('\n') + 1);
    }

    testing::TestBackend backend_;
    std::unique_ptr<HttpServer> server_;
    std::string url_;
};

TEST_F(EthClientsSlow, Cast) {
    EXPECT_EQ(cast("chain-id"), "900");
    EXPECT_EQ(cast("block-number"), "1");
    EXPECT_EQ(cast("balance 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"), "1000000000000000000");
    EXPECT_EQ(cast("nonce 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"), "4");
    EXPECT_EQ(cast("gas-price"), "1500000000");
    EXPECT_EQ(cast("base-fee"), "1000000000");
    EXPECT_EQ(cast("code 0x2222222222222222222222222222222222222222"), "0xfe");
    EXPECT_NE(cast("block latest").find("transactions:"), std::string::npos);
    EXPECT_EQ(nlohmann::json::parse(cast("block 1 --full --json")).at("transactions").size(), 4U);
    EXPECT_EQ(nlohmann::json::parse(cast("logs --from-block 0 --to-block latest --json")).size(), 1U);
    EXPECT_EQ(cast("call 0x2222222222222222222222222222222222222222 --data 0x1234"), "0x1234");
    for (const TxnView& txn : backend_.block_1().txns) {
        const std::string hash = codec::format_hex(txn.hash.view());
        EXPECT_EQ(nlohmann::json::parse(cast("tx " + hash + " --json")).at("hash"), hash);
        EXPECT_EQ(nlohmann::json::parse(cast("receipt " + hash + " --json")).at("transactionHash"), hash);
    }
    const auto [status, out] =
        run(fmt::format("'{}' call 0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee --data 0x12 --rpc-url {}",
                        (tools / "cast").string(), url_));
    EXPECT_NE(status, 0);
    EXPECT_NE(out.find("BondTooSmall(rollup: 901, required: 5"), std::string::npos) << out;
}

TEST_F(EthClientsSlow, Viem) {
    const fs::path script = fs::path{ENSHRINE_SOURCE_DIR} / "enshrine/rpc/testdata/viem_client.mjs";
    std::string hashes;
    for (const TxnView& txn : backend_.block_1().txns) hashes += ' ' + codec::format_hex(txn.hash.view());
    const auto [status, out] =
        run(fmt::format("'{}' '{}' {}{}", (tools / "node").string(), script.string(), url_, hashes));
    EXPECT_EQ(status, 0) << out;
    EXPECT_NE(out.find("viem: all as expected"), std::string::npos) << out;
}

}  // namespace
}  // namespace enshrine::rpc
