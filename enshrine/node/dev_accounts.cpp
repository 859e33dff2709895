// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/node/dev_accounts.hpp>

namespace enshrine::node {
namespace {

struct Entry {
    std::string_view alias;
    std::string_view key;
};
constexpr std::array<Entry, dev_accounts_count> entries{{
    {"alice", "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"},
    {"bob", "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d"},
    {"carol", "5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a"},
    {"account_3", "7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6"},
    {"account_4", "47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a"},
    {"account_5", "8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba"},
    {"publisher", "92db14e403b83dfe3df233f83dfa3a0d7096f21ca9b0d6d6b8d88b2b4ec1564e"},
    {"sequencer_901", "4bbbf85ce3377467afe5d46f804f221813b2bb87f24d81f60f1fcdbf7cbf4356"},
    {"sequencer_902", "dbda1821b80551c9d65939329250298aa3472ba22feea921c0cf5d620ea67b97"},
    {"proposer", "2a871d0798f97d79848a013d4936a73bf4cc922c825d33c1cf7073dff6d409c6"},
}};

std::array<DevAccount, dev_accounts_count> make_accounts() {
    std::array<DevAccount, dev_accounts_count> out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto key = codec::parse_hex(entries[i].key);
        ENSHRINE_ASSERT(key.has_value());
        out[i].alias = entries[i].alias;
        out[i].key = crypto::SecretKey::from(*key);
        const auto address = crypto::address_of(out[i].key);
        ENSHRINE_ASSERT(address.has_value());
        out[i].address = *address;
    }
    return out;
}

}  // namespace

const std::array<DevAccount, dev_accounts_count>& dev_accounts() {
    static const auto accounts = make_accounts();
    return accounts;
}

std::optional<DevAccount> find_dev_account(std::string_view name) {
    if (name.empty()) return std::nullopt;
    const auto& accounts = dev_accounts();
    for (const DevAccount& account : accounts) {
        if (account.alias == name) return account;
    }
    if (name.size() == 1 && name[0] >= '0' && name[0] <= '9') return accounts[static_cast<std::size_t>(name[0] - '0')];
    return std::nullopt;
}

Amount dev_balance() noexcept {
    const U256 coin{1'000'000'000'000'000'000U};
    return Amount{coin * U256{dev_balance_coins}};
}

}  // namespace enshrine::node
