// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/system/accounts.hpp>

namespace enshrine::system {
namespace {

std::string_view message(AccountError error) noexcept {
    switch (error) {
        case AccountError::insufficient_balance:
            return "the balance does not cover the amount";
        case AccountError::balance_overflow:
            return "the balance would not fit 256 bits";
    }
    return "unknown account error";
}

Result<types::Account> credited(types::Account account, const Amount& amount) noexcept {
    const auto balance = checked_add(account.balance, amount);
    if (!balance) return fail(AccountError::balance_overflow);
    account.balance = *balance;
    return account;
}

Result<types::Account> debited(types::Account account, const Amount& amount) noexcept {
    const auto balance = checked_sub(account.balance, amount);
    if (!balance) return fail(AccountError::insufficient_balance);
    account.balance = *balance;
    return account;
}

}  // namespace

const ErrorDomain& error_domain(AccountError) noexcept {
    static constexpr ErrorDomain domain{"account",
                                        [](std::uint16_t code) noexcept { return message(AccountError{code}); }};
    return domain;
}

state::Key account_key(const Address& address) noexcept {
    return state::Key{state::Module::account}.fixed(address.view());
}

types::Account load_account(const state::StateView& state, const Address& address) {
    const auto bytes = state.get(account_key(address));
    if (!bytes) return {};
    const auto account = types::decode_account(*bytes);
    ENSHRINE_ASSERT(account.has_value());  // only store_account writes these keys
    return *account;
}

void store_account(state::Overlay& state, const Address& address, const types::Account& account) {
    if (account == types::Account{}) {
        state.erase(account_key(address));
    } else {
        state.put(account_key(address), types::encode_account(account));
    }
}

Result<void> credit(state::Overlay& state, const Address& address, const Amount& amount) {
    ENSHRINE_TRY(const auto account, credited(load_account(state, address), amount));
    store_account(state, address, account);
    return {};
}

Result<void> debit(state::Overlay& state, const Address& address, const Amount& amount) {
    ENSHRINE_TRY(const auto account, debited(load_account(state, address), amount));
    store_account(state, address, account);
    return {};
}

Result<void> transfer(state::Overlay& state, const Address& from, const Address& to, const Amount& amount) {
    ENSHRINE_TRY(const auto payer, debited(load_account(state, from), amount));
    if (from == to) return {};
    ENSHRINE_TRY(const auto receiver, credited(load_account(state, to), amount));
    store_account(state, from, payer);
    store_account(state, to, receiver);
    return {};
}

}  // namespace enshrine::system
