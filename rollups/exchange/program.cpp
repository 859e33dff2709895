// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// A rollup with one market: the native coin against the rollup's own token, by the constant-product rule.
#include <rollups/exchange/market.hpp>
#include <sdk/guest/program.hpp>

namespace rollups::exchange {
namespace {

using namespace enshrine;
using codec::abi::Arguments;
using codec::abi::Encoder;
using guest::CallResult;
using guest::Context;
using guest::program_address;
using messaging::native_asset;

constexpr guest::EventDeclaration events[] = {
    {"LiquidityAdded(address indexed provider, uint256 nativeAmount, uint256 tokenAmount, uint256 shares)",
     "a provider put both assets into the market"},
    {"LiquidityRemoved(address indexed provider, uint256 nativeAmount, uint256 tokenAmount, uint256 shares)",
     "a provider took both assets out of the market"},
    {"Swapped(address indexed trader, bool nativeIn, uint256 amountIn, uint256 amountOut)",
     "a trader exchanged one asset for the other"},
};
constexpr Hash32 added_topic = codec::abi::signature_hash(events[0].declaration);
constexpr Hash32 removed_topic = codec::abi::signature_hash(events[1].declaration);
constexpr Hash32 swapped_topic = codec::abi::signature_hash(events[2].declaration);

constexpr guest::ErrorDeclaration errors[] = {
    guest::insufficient_balance_error,
    guest::record_too_large_error,
    guest::invalid_receiver_error,
    guest::own_destination_error,
    guest::invalid_destination_error,
    guest::value_without_call_error,
    {"ZeroAmount()", "an amount of zero moves nothing"},
    {"NoLiquidity()", "the market is empty"},
    {"AmountTooLarge()", "the amount exceeds what 256-bit reserves can hold"},
    {"WrongValue(uint256 sent, uint256 expected)", "a native swap is sent amountIn, a token swap nothing"},
    {"TooLittleOut(uint256 amountOut, uint256 amountOutMin)", "the price moved past the trader's limit"},
    {"TooManyShares(uint256 shares, uint256 owned)", "the provider owns fewer shares"},
};
constexpr const guest::ErrorDeclaration& wrong_value = errors[9];
constexpr const guest::ErrorDeclaration& too_little_out = errors[10];
constexpr const guest::ErrorDeclaration& too_many_shares = errors[11];

CallResult refuse_market(MarketError error) {
    switch (error) {
        case MarketError::zero_amount:
            return guest::refuse(errors[6], Encoder{0});
        case MarketError::no_liquidity:
            return guest::refuse(errors[7], Encoder{0});
        case MarketError::amount_too_large:
            break;
    }
    return guest::refuse(errors[8], Encoder{0});
}

CallResult nothing() {
    return Bytes{};
}

// Storage: the market, then one entry of shares per provider.
constexpr std::uint8_t native_reserve_entry = 0;
constexpr std::uint8_t token_reserve_entry = 1;
constexpr std::uint8_t total_shares_entry = 2;
constexpr std::uint8_t shares_entry = 3;

state::Key entry(std::uint8_t number) noexcept {
    return state::Key{state::Module::rollup_program}.u8(number);
}

state::Key shares_key(const Address& provider) noexcept {
    return entry(shares_entry).fixed(provider.view());
}

Market load_market(const Context& context) {
    Market out;
    out.native_reserve = context.load(entry(native_reserve_entry));
    out.token_reserve = context.load(entry(token_reserve_entry));
    out.total_shares = context.load(entry(total_shares_entry));
    return out;
}

void store_market(Context& context, const Market& market) {
    context.store(entry(native_reserve_entry), market.native_reserve);
    context.store(entry(token_reserve_entry), market.token_reserve);
    context.store(entry(total_shares_entry), market.total_shares);
}

/// Three amounts of one provider, as both liquidity events have them.
void emit_liquidity(Context& context, const Hash32& topic, const Liquidity& change) {
    const Hash32 provider[] = {guest::topic_of(context.sender())};
    Encoder data{3};
    data.u256(change.native_amount).u256(change.token_amount).u256(change.shares);
    context.emit_event(topic, provider, data);
}

CallResult add_liquidity(Context& context, const Arguments& arguments) {
    const U256 token_amount = arguments.u256(0);
    Market market = load_market(context);
    const auto added = add(market, context.value.wei(), token_amount);
    if (!added) return refuse_market(added.error());
    const Amount tokens{added->token_amount};
    if (!context.transfer(context.sender(), program_address, context.own_asset(), tokens)) {
        return guest::refuse_balance(context, context.sender(), context.own_asset(), tokens);
    }
    // What does not fit the ratio goes back.
    const Amount surplus{context.value.wei() - added->native_amount};
    if (!context.transfer(program_address, context.sender(), native_asset, surplus)) {
        return guest::refuse_balance(context, program_address, native_asset, surplus);
    }
    store_market(context, market);
    const state::Key key = shares_key(context.sender());
    context.store(key, context.load(key) + added->shares);  // at most total_shares, which add() has checked
    emit_liquidity(context, added_topic, *added);
    return Encoder{1}.u256(added->shares).finish();
}

CallResult remove_liquidity(Context& context, const Arguments& arguments) {
    const U256 shares = arguments.u256(0);
    const state::Key key = shares_key(context.sender());
    const U256 owned = context.load(key);
    if (shares > owned) return guest::refuse(too_many_shares, Encoder{2}.u256(shares).u256(owned));
    Market market = load_market(context);
    const auto removed = remove(market, shares);
    if (!removed) return refuse_market(removed.error());
    store_market(context, market);
    context.store(key, owned - shares);
    const Amount coins{removed->native_amount};
    const Amount tokens{removed->token_amount};
    if (!context.transfer(program_address, context.sender(), native_asset, coins)) {
        return guest::refuse_balance(context, program_address, native_asset, coins);
    }
    if (!context.transfer(program_address, context.sender(), context.own_asset(), tokens)) {
        return guest::refuse_balance(context, program_address, context.own_asset(), tokens);
    }
    emit_liquidity(context, removed_topic, *removed);
    return Encoder{2}.u256(removed->native_amount).u256(removed->token_amount).finish();
}

CallResult swap_exact_in(Context& context, const Arguments& arguments) {
    const bool native_in = arguments.boolean(0);
    const U256 amount_in = arguments.u256(1);
    const U256 amount_out_min = arguments.u256(2);
    const U256 expected = native_in ? amount_in : U256{};
    if (context.value.wei() != expected) {
        return guest::refuse(wrong_value, Encoder{2}.u256(context.value.wei()).u256(expected));
    }
    Market market = load_market(context);
    const auto amount_out = swap(market, native_in, amount_in);
    if (!amount_out) return refuse_market(amount_out.error());
    if (*amount_out < amount_out_min) {
        return guest::refuse(too_little_out, Encoder{2}.u256(*amount_out).u256(amount_out_min));
    }
    if (!native_in && !context.transfer(context.sender(), program_address, context.own_asset(), Amount{amount_in})) {
        return guest::refuse_balance(context, context.sender(), context.own_asset(), Amount{amount_in});
    }
    const messaging::AssetId asset_out = native_in ? context.own_asset() : native_asset;
    if (!context.transfer(program_address, context.sender(), asset_out, Amount{*amount_out})) {
        return guest::refuse_balance(context, program_address, asset_out, Amount{*amount_out});
    }
    store_market(context, market);
    const Hash32 trader[] = {guest::topic_of(context.sender())};
    context.emit_event(swapped_topic, trader, Encoder{3}.boolean(native_in).u256(amount_in).u256(*amount_out));
    return Encoder{1}.u256(*amount_out).finish();
}

CallResult send(Context& context, std::uint64_t destination, const Address& receiver, const messaging::AssetId& asset,
                const Amount& amount) {
    if (asset != native_asset && !context.transfer(context.sender(), program_address, asset, amount)) {
        return guest::refuse_balance(context, context.sender(), asset, amount);
    }
    ENSHRINE_CHECK(
        context.send({.destination = destination, .receiver = receiver, .asset = asset, .value = amount, .data = {}}));
    return nothing();
}

CallResult withdraw(Context& context, const Arguments& arguments) {
    return send(context, context.l1_chain_id(), arguments.address(0), native_asset, context.value);
}

CallResult withdraw_token(Context& context, const Arguments& arguments) {
    const Amount amount{arguments.u256(1)};
    return send(context, context.l1_chain_id(), arguments.address(0), context.own_asset(), amount);
}

CallResult bridge(Context& context, const Arguments& arguments) {
    return send(context, arguments.u64(0), arguments.address(1), native_asset, context.value);
}

CallResult bridge_token(Context& context, const Arguments& arguments) {
    const Amount amount{arguments.u256(2)};
    return send(context, arguments.u64(0), arguments.address(1), context.own_asset(), amount);
}

CallResult transfer_token(Context& context, const Arguments& arguments) {
    const Amount amount{arguments.u256(1)};
    const Address to = arguments.address(0);
    if (!guest::can_own(to)) return guest::refuse_receiver(to);
    if (!context.transfer(context.sender(), to, context.own_asset(), amount)) {
        return guest::refuse_balance(context, context.sender(), context.own_asset(), amount);
    }
    return nothing();
}

CallResult token_balance_of(Context& context, const Arguments& arguments) {
    return Encoder{1}.u256(context.balance(arguments.address(0), context.own_asset()).wei()).finish();
}

CallResult shares_of(Context& context, const Arguments& arguments) {
    return Encoder{1}.u256(context.load(shares_key(arguments.address(0)))).finish();
}

CallResult reserves(Context& context, const Arguments&) {
    const Market market = load_market(context);
    return Encoder{3}.u256(market.native_reserve).u256(market.token_reserve).u256(market.total_shares).finish();
}

CallResult quote(Context& context, const Arguments& arguments) {
    Market market = load_market(context);
    const auto amount_out = swap(market, arguments.boolean(0), arguments.u256(1));
    if (!amount_out) return refuse_market(amount_out.error());
    return Encoder{1}.u256(*amount_out).finish();
}

using enum guest::Mutability;
constexpr guest::Method methods[] = {
    {"addLiquidity(uint256 tokenAmount)", "uint256 shares", payable, 60'000, add_liquidity,
     "Puts the value and up to tokenAmount into the market at its ratio; what does not fit comes back."},
    {"removeLiquidity(uint256 shares)", "uint256 nativeAmount, uint256 tokenAmount", nonpayable, 60'000,
     remove_liquidity, "Takes a share of both reserves out of the market."},
    {"swapExactIn(bool nativeIn, uint256 amountIn, uint256 amountOutMin)", "uint256 amountOut", payable, 60'000,
     swap_exact_in, "Exchanges amountIn of one asset for at least amountOutMin of the other; the fee is 0.3 %."},
    {"transferToken(address to, uint256 amount)", "", nonpayable, 20'000, transfer_token,
     "Gives tokens to another account."},
    {"withdraw(address receiver)", "", payable, 30'000, withdraw, "Sends the value to `receiver` on the L1."},
    {"withdrawToken(address receiver, uint256 amount)", "", nonpayable, 40'000, withdraw_token,
     "Sends tokens to `receiver` on the L1."},
    {"bridge(uint64 destination, address receiver)", "", payable, 30'000, bridge,
     "Sends the value to `receiver` on another rollup."},
    {"bridgeToken(uint64 destination, address receiver, uint256 amount)", "", nonpayable, 40'000, bridge_token,
     "Sends tokens to `receiver` on another rollup."},
    {"tokenBalanceOf(address owner)", "uint256 balance", view, 1'000, token_balance_of, "Tokens of an account."},
    {"sharesOf(address provider)", "uint256 shares", view, 1'000, shares_of, "Shares of a liquidity provider."},
    {"reserves()", "uint256 nativeReserve, uint256 tokenReserve, uint256 totalShares", view, 1'000, reserves,
     "What the market holds."},
    {"quote(bool nativeIn, uint256 amountIn)", "uint256 amountOut", view, 2'000, quote,
     "What swapExactIn would give now."},
};

/// Owner of the whole supply at genesis: account 5 of the devnet's mnemonic.
constexpr Address first_owner{{0x99, 0x65, 0x50, 0x7d, 0x1a, 0x55, 0xbc, 0xc2, 0x69, 0x5c,
                               0x58, 0xba, 0x16, 0xfb, 0x37, 0xd8, 0x19, 0xb0, 0xa4, 0xdc}};
/// 10^6 tokens of 10^18 units.
constexpr U256 token_supply{0, 0, 0xd3c2, 0x1bcecceda1000000};

struct Exchange {
    static constexpr guest::Interface interface{
        .name = "IExchange",
        .documentation = "A constant-product market of the native coin and this rollup's token.",
        .address = program_address,
        .methods = methods,
        .events = events,
        .errors = errors,
    };
    static void genesis(guest::Genesis& genesis) { genesis.mint(first_owner, Amount{token_supply}); }
};

}  // namespace

ENSHRINE_ROLLUP_MAIN(Exchange)

}  // namespace rollups::exchange
