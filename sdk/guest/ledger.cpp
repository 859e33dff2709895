// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>

#include <sdk/guest/ledger.hpp>

namespace enshrine::guest {
namespace {

void store_balance(State& state, const Address& address, const messaging::AssetId& asset, const Amount& amount) {
    const state::Key key = asset_key(address, asset);
    if (amount.is_zero()) {
        state.erase(key);
    } else {
        state.put(key, amount.wei().to_be().view());
    }
}

}  // namespace

const ErrorDomain& error_domain(LedgerError) noexcept {
    static constexpr ErrorDomain domain{"guest.ledger", [](std::uint16_t code) noexcept -> std::string_view {
                                            switch (LedgerError{code}) {
                                                case LedgerError::insufficient_balance:
                                                    return "the account does not own that much";
                                                case LedgerError::balance_overflow:
                                                    return "the balance would exceed 256 bits";
                                            }
                                            return "unknown ledger error";
                                        }};
    return domain;
}

state::Key account_key(const Address& address) noexcept {
    return state::Key{state::Module::rollup_account}.fixed(address.view());
}

state::Key asset_key(const Address& address, const messaging::AssetId& asset) noexcept {
    return account_key(address).fixed(asset.view());
}

types::Account load_account(const State& state, const Address& address) {
    const Bytes* const value = state.find(account_key(address));
    if (value == nullptr) return {};
    const auto account = types::decode_account(*value);
    ENSHRINE_ASSERT(account.has_value());  // nothing but store_account writes there
    return *account;
}

void store_account(State& state, const Address& address, const types::Account& account) {
    if (account == types::Account{}) {
        state.erase(account_key(address));
    } else {
        state.put(account_key(address), types::encode_account(account));
    }
}

Amount balance_of(const State& state, const Address& address, const messaging::AssetId& asset) {
    if (asset == messaging::native_asset) return load_account(state, address).balance;
    const Bytes* const value = state.find(asset_key(address, asset));
    return value == nullptr ? Amount{} : Amount{U256::from_be(*value)};
}

Result<void> credit(State& state, const Address& address, const messaging::AssetId& asset, const Amount& amount) {
    if (amount.is_zero()) return {};
    if (asset == messaging::native_asset) {
        types::Account account = load_account(state, address);
        const auto sum = checked_add(account.balance, amount);
        if (!sum) return fail(LedgerError::balance_overflow);
        account.balance = *sum;
        store_account(state, address, account);
        return {};
    }
    const auto sum = checked_add(balance_of(state, address, asset), amount);
    if (!sum) return fail(LedgerError::balance_overflow);
    store_balance(state, address, asset, *sum);
    return {};
}

Result<void> debit(State& state, const Address& address, const messaging::AssetId& asset, const Amount& amount) {
    if (amount.is_zero()) return {};
    if (asset == messaging::native_asset) {
        types::Account account = load_account(state, address);
        const auto rest = checked_sub(account.balance, amount);
        if (!rest) return fail(LedgerError::insufficient_balance);
        account.balance = *rest;
        store_account(state, address, account);
        return {};
    }
    const auto rest = checked_sub(balance_of(state, address, asset), amount);
    if (!rest) return fail(LedgerError::insufficient_balance);
    store_balance(state, address, asset, *rest);
    return {};
}

}  // namespace enshrine::guest
