// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/messaging/outbox.hpp>
#include <enshrine/system/addresses.hpp>

#include <test/conformance/history.hpp>

/// What random steps reach seldom, reached on purpose at random moments of a random history.
namespace enshrine::conformance {
namespace {

using codec::abi::Encoder;

const U256 beyond_everybody = U256{100'000'000} * U256{coin};  // more than there are coins

}  // namespace

std::multimap<std::size_t, History::Errand> History::plan(std::size_t steps) {
    std::multimap<std::size_t, Errand> out;
    for (const Errand errand :
         {&History::errand_token_on_the_l1, &History::errand_messages, &History::errand_outcomes,
          &History::errand_false_claim, &History::errand_from_the_l1, &History::errand_false_batches}) {
        out.emplace(below(steps), errand);
    }
    return out;
}

/// Nothing of what waited is left in the way, and `from` has coins to spend on the rollup.
void History::prepare(Site& site, const Actor& from) {
    expect(ledger_.deposit(from, site.id, from.address, U256{5 * coin}).status, "a deposit was refused");
    step_batch(site);
}

void History::settle(Site& site) {
    while (site.settled < site.batches.size() && problems().empty()) step_claim(site);
}

/// Consumes what the newest batch has emitted, once.
void History::consume_last(Site& site) {
    for (const Ledger::Emitted& sent : ledger_.emitted(site, site.batches.size())) {
        const std::uint64_t destination = sent.message.destination;
        const bool to_l1 = destination == l1_chain;
        if (sent.batch != site.batches.size() || (!to_l1 && !ledger_.sites().contains(destination))) continue;
        const auto receipt =
            to_l1 ? ledger_.withdraw(make_actor(4), site, sent) : ledger_.relay(make_actor(4), site, sent);
        note(to_l1 ? "withdraw" : "relay", receipt.status);
        expect(receipt.status, "a settled message cannot be consumed");
        refuse_again(site, sent);
    }
}

// [MSG.6]
void History::refuse_again(Site& site, const Ledger::Emitted& sent) {
    const bool to_l1 = sent.message.destination == l1_chain;
    const auto again = to_l1 ? ledger_.withdraw(actor(), site, sent) : ledger_.relay(actor(), site, sent);
    note("double consumption", again.status);
    expect(!again.status && is_error(again.revert_data, "AlreadyConsumed(uint64,uint64,uint64)"),
           "a message was consumed twice");
}

// [MSG.11]: a token leaves its rollup; its holder moves one part on the L1 and deposits another part elsewhere.
void History::errand_token_on_the_l1() {
    const Actor holder = token_owner();
    prepare(*exchange_, holder);
    call(*exchange_, holder, "withdrawToken(address,uint256)", Encoder{2}.address(holder.address).u64(coin), {});
    step_batch(*exchange_);
    settle(*exchange_);
    consume_last(*exchange_);
    const Hash32 token = Hash32::from(exchange_token().view());
    const Bytes move = encode_call("transferAsset(bytes32,address,uint256)",
                                   Encoder{3}.bytes32(token).address(make_actor(below(3)).address).u64(coin / 4));
    note("token on the L1", ledger_.send(holder, {.to = system::message_hub_address, .data = move}).status);
    const Bytes deposit =
        encode_call("depositAsset(uint64,address,bytes32,uint256)",
                    Encoder{4}.u64(payments_chain).address(actor().address).bytes32(token).u64(coin / 4));
    note("token into another rollup", ledger_.send(holder, {.to = system::inbox_address, .data = deposit}).status);
}

void History::errand_messages() {
    const Actor from = make_actor(below(3));
    prepare(*payments_, from);
    const Encoder over = Encoder{2}.u64(exchange_chain).address(actor().address);
    call(*payments_, from, "bridge(uint64,address)", over, U256{coin});
    call(*payments_, from, "withdraw(address)", Encoder{1}.address(actor().address), U256{coin});
    step_batch(*payments_);
    settle(*payments_);
    consume_last(*payments_);
}

void History::errand_outcomes() {
    const Actor from = make_actor(below(3));
    prepare(*exchange_, from);
    call(*exchange_, from, "removeLiquidity(uint256)", Encoder{1}.u256(beyond_everybody), {});  // reverts
    ledger_.queue(*exchange_, from, from.address, U256{1}, {});                                 // succeeds
    ledger_.queue(*exchange_, from, from.address, beyond_everybody, {});                        // is dropped
    step_batch(*exchange_);
}

void History::errand_false_claim() {
    Site& site = any_site();
    step_batch(site);
    step_false_claim(site);
    settle(site);
}

void History::errand_from_the_l1() {
    step_forced();
    step_deposit_and_call();
}

void History::errand_false_batches() {
    step_bad_payload(any_site());
    step_false_batch(any_site());
}

}  // namespace enshrine::conformance
