// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/messaging/outbox.hpp>
#include <enshrine/system/addresses.hpp>

#include <sdk/guest/params.hpp>
#include <test/conformance/history.hpp>

namespace enshrine::conformance {
namespace {

using codec::abi::Encoder;

Hash32 word(const Address& address) {
    Hash32 out;
    std::copy(address.begin(), address.end(), out.begin() + 12);
    return out;
}

}  // namespace

History::History(std::uint64_t seed) : random_{seed} {
    payments_ = &ledger_.add_rollup(payments_chain, "payments");
    exchange_ = &ledger_.add_rollup(exchange_chain, "exchange");
    (void)ledger_.deposit(token_owner(), exchange_chain, token_owner().address, U256{100} * U256{coin});
    for (std::uint64_t i = 0; i < 2; ++i) {
        (void)ledger_.deposit(make_actor(i), payments_chain, make_actor(i).address, U256{50} * U256{coin});
        (void)ledger_.deposit(make_actor(i), exchange_chain, make_actor(i).address, U256{50} * U256{coin});
    }
    call(*exchange_, token_owner(), "addLiquidity(uint256)", Encoder{1}.u64(8 * coin), U256{4 * coin});
    step_batch(*exchange_);
    step_batch(*payments_);
}

void History::play(std::size_t steps) {
    const auto errands = plan(steps);
    for (std::size_t i = 0; i < steps; ++i) {
        const auto [first, last] = errands.equal_range(i);
        for (auto errand = first; errand != last && problems().empty(); ++errand) (this->*errand->second)();
        if (!problems().empty()) return;
        step();
    }
    finish();
}

std::string History::log() const {
    std::string out;
    for (const std::string& line : log_) out += line + "\n";
    for (const std::string& problem : ledger_.problems()) out += "PROBLEM " + problem + "\n";
    return out;
}

U256 History::amount() {
    switch (below(6)) {
        case 0:
            return U256{};
        case 1:
            return U256{1};
        case 2:
            return U256{1'000} * U256{coin};  // more than most have on a rollup
        default:
            return U256{below(4 * coin)};
    }
}

std::uint64_t History::destination() {
    constexpr std::uint64_t chains[] = {payments_chain, exchange_chain, payments_chain, exchange_chain, l1_chain, 77};
    return chains[below(std::size(chains))];
}

void History::note(const std::string& what, bool succeeded) {
    log_.push_back("L1 " + std::to_string(ledger_.height()) + ": " + what + (succeeded ? "" : " (refused)"));
    ++counts_[what + (succeeded ? "" : " refused")];
}

void History::call(Site& site, const Actor& from, std::string_view declaration, const Encoder& arguments,
                   const U256& value) {
    ledger_.queue(site, from, guest::program_address, value, encode_call(declaration, arguments));
    note(std::to_string(site.id) + " " + std::string{declaration}, true);
}

void History::step() {
    switch (below(24)) {
        case 0:
        case 1:
            return step_deposit();
        case 2:
        case 3:
        case 4:
            return step_payments();
        case 5:
        case 6:
        case 7:
            return step_exchange();
        case 8:
            return step_forced();
        case 9:
            return step_deposit_and_call();
        case 10:
            return step_deposit_token();
        case 11:
            return step_false_claim(any_site());
        case 12:
            return step_bad_payload(any_site());
        case 13:
            return step_false_batch(any_site());
        case 14:
        case 15:
        case 16:
            return step_claim(any_site());
        case 17:
        case 18:
        case 19:
        case 20:
            return step_consume(any_site());
        default:
            return step_batch(any_site());
    }
}

void History::step_deposit() {
    const auto receipt = ledger_.deposit(actor(), any_site().id, actor().address, amount());
    note("deposit", receipt.status);
}

void History::step_payments() {
    const Actor from = actor();
    const U256 value = amount();
    const Hash32 token = Hash32::from(exchange_token().view());
    switch (below(7)) {
        case 0: {
            ledger_.queue(*payments_, from, actor().address, value, {});
            return note("901 plain payment", true);
        }
        case 1:
            return call(*payments_, from, "pay(address,bytes32)", Encoder{2}.address(actor().address).bytes32({}),
                        value);
        case 2: {
            const Hash32 to[] = {word(actor().address), word(actor().address)};
            const Hash32 amounts[] = {value.to_be(), U256{7}.to_be()};
            const U256 total = below(4) == 0 ? value : value + U256{7};
            return call(*payments_, from, "payMany(address[],uint256[])", Encoder{2}.words(to).words(amounts), total);
        }
        case 3:
            return call(*payments_, from, "withdraw(address)", Encoder{1}.address(actor().address), value);
        case 4:
            return call(*payments_, from, "bridge(uint64,address)",
                        Encoder{2}.u64(destination()).address(actor().address), value);
        case 5:
            return call(*payments_, from, "payAsset(bytes32,address,uint256)",
                        Encoder{3}.bytes32(token).address(actor().address).u256(value), {});
        default:
            return call(*payments_, from, "bridgeAsset(bytes32,uint64,address,uint256)",
                        Encoder{4}.bytes32(token).u64(destination()).address(actor().address).u256(value), {});
    }
}

void History::step_exchange() {
    const Actor from = actor();
    const U256 value = amount();
    switch (below(9)) {
        case 0:
            return call(*exchange_, from, "addLiquidity(uint256)", Encoder{1}.u256(amount()), value);
        case 1:
            return call(*exchange_, from, "removeLiquidity(uint256)", Encoder{1}.u256(value), {});
        case 2:
        case 3: {
            const bool native_in = below(2) == 0;
            return call(*exchange_, from, "swapExactIn(bool,uint256,uint256)",
                        Encoder{3}.boolean(native_in).u256(value).u64(0), native_in ? value : U256{});
        }
        case 4:
            return call(*exchange_, from, "transferToken(address,uint256)",
                        Encoder{2}.address(actor().address).u256(value), {});
        case 5:
            return call(*exchange_, from, "withdraw(address)", Encoder{1}.address(actor().address), value);
        case 6:
            return call(*exchange_, token_owner(), "withdrawToken(address,uint256)",
                        Encoder{2}.address(actor().address).u256(value), {});
        case 7:
            return call(*exchange_, from, "bridge(uint64,address)",
                        Encoder{2}.u64(destination()).address(actor().address), value);
        default:
            return call(*exchange_, token_owner(), "bridgeToken(uint64,address,uint256)",
                        Encoder{3}.u64(destination()).address(actor().address).u256(value), {});
    }
}

// [MSG.8]
void History::step_forced() {
    Site& site = any_site();
    const Actor from = actor();
    Bytes data = encode_call("withdraw(address)", Encoder{1}.address(from.address));
    Bytes txn = ledger_.sign(site, from, guest::program_address, amount(), std::move(data));
    switch (below(4)) {
        case 0:
            txn = Bytes(1 + below(40), static_cast<Byte>(below(256)));
            break;
        case 1:
            txn = ledger_.sign(&site == payments_ ? *exchange_ : *payments_, from, from.address, U256{1}, {});
            break;
        case 2:
            txn.back() ^= 1;
            break;
        default:
            break;
    }
    note("forced transaction", ledger_.force(actor(), site.id, txn).status);
}

void History::step_deposit_and_call() {
    Site& site = any_site();
    const U256 value = amount();
    Bytes data;
    switch (below(4)) {
        case 0:
            data = encode_call("withdraw(address)", Encoder{1}.address(actor().address));
            break;
        case 1:
            data = encode_call("pay(address,bytes32)", Encoder{2}.address(actor().address).bytes32({}));
            break;
        case 2:
            data = encode_call("swapExactIn(bool,uint256,uint256)", Encoder{3}.boolean(true).u256(value).u64(0));
            break;
        default:
            data = Bytes(below(64), 0x5a);
            break;
    }
    const Address to = below(4) == 0 ? actor().address : guest::program_address;
    const auto receipt = ledger_.send(actor(), {.to = system::inbox_address,
                                                .value = value,
                                                .data = encode_call("depositAndCall(uint64,address,bytes)",
                                                                    Encoder{3}.u64(site.id).address(to).bytes(data))});
    note("depositAndCall", receipt.status);
}

// [MSG.11]
void History::step_deposit_token() {
    const Hash32 token = Hash32::from(exchange_token().view());
    const Actor from = actor();
    Bytes data = encode_call("transferAsset(bytes32,address,uint256)",
                             Encoder{3}.bytes32(token).address(actor().address).u256(amount()));
    Address to = system::message_hub_address;
    if (below(2) == 0) {
        data = encode_call("depositAsset(uint64,address,bytes32,uint256)",
                           Encoder{4}.u64(any_site().id).address(actor().address).bytes32(token).u256(amount()));
        to = system::inbox_address;
    }
    note("token on the L1", ledger_.send(from, {.to = to, .data = data}).status);
}

void History::step_batch(Site& site) {
    const auto receipt = ledger_.submit(site, ledger_.build(site));
    note("batch of " + std::to_string(site.id), receipt.status);
    expect(receipt.status, "an honest batch was refused");
    if (!receipt.status) return;
    for (const auto& record : site.batches.back().result.receipts) {
        constexpr std::string_view outcomes[] = {"reverted", "succeeded", "dropped"};
        ++counts_["outcome " + std::string{outcomes[static_cast<std::size_t>(record.outcome)]}];
    }
}

// [BATCH.3]: what does not decode counts as empty; what is not valid is dropped and changes nothing.
void History::step_bad_payload(Site& site) {
    std::vector<Bytes> txns;
    const Actor from = actor();
    Bytes foreign = ledger_.sign(&site == payments_ ? *exchange_ : *payments_, from, from.address, U256{1}, {});
    Bytes unsigned_txn = ledger_.sign(site, from, from.address, U256{1}, {});
    unsigned_txn[unsigned_txn.size() - 40] ^= 0x10;  // another signer, who owns nothing
    txns.push_back(std::move(foreign));
    txns.push_back(std::move(unsigned_txn));
    txns.push_back(Bytes{0x02, 0xc0});
    Bytes payload = sequencing::encode_payload(txns);
    if (below(3) == 0) payload = Bytes(1 + below(200), static_cast<Byte>(below(256)));
    const Hash32 root = site.root();
    const Batch batch = ledger_.build(site, payload, ledger_.height());
    if (batch.inputs.inbox_messages.empty())
        expect(batch.result.state_root == root, "dropped transactions changed the state");
    const auto receipt = ledger_.submit(site, batch);
    note("batch of nonsense", receipt.status);
    expect(receipt.status, "a batch of nonsense was refused");
}

void History::step_false_batch(Site& site) {
    Batch batch = ledger_.build(site, {}, ledger_.height());
    auto& header = batch.inputs.header;
    switch (below(5)) {
        case 0:
            header.sequence += 1;
            break;
        case 1:
            header.previous_hash[3] ^= 1;
            break;
        case 2:
            header.inbox_end += 1;
            break;
        case 3:
            header.anchor_hash[0] ^= 1;
            break;
        default:
            break;  // the certificate below is that of somebody else
    }
    const bool resign = below(2) == 0;
    batch.result.batch_hash = sequencing::batch_hash(sequencing::encode_batch_header(header));
    const auto receipt = resign ? ledger_.submit_as(site, batch, site.sequencer, Bytes(65, 1))
                                : ledger_.submit_as(site, batch, make_actor(1), {});
    note("false batch", receipt.status);
    expect(!receipt.status, "a false batch was registered");
}

void History::step_claim(Site& site) {
    if (site.settled == site.batches.size()) return;
    const auto receipt = ledger_.claim(site, actor(), honest_claim(site.batches[site.settled]));
    note("claim", receipt.status);
    expect(receipt.status, "an honest claim was refused");
}

// [CLAIM.3]
void History::step_false_claim(Site& site) {
    if (site.settled == site.batches.size()) return;
    ClaimFields fields = honest_claim(site.batches[site.settled]);
    switch (below(7)) {
        case 0:
            fields.state_root[below(32)] ^= 1;
            break;
        case 1:
            fields.outbox_root[below(32)] ^= 1;
            break;
        case 2:
            fields.receipts_root[below(32)] ^= 1;
            break;
        case 3:
            fields.steps += 1;
            break;
        case 4:
            fields.machine_root[below(32)] ^= 1;
            break;
        case 5:
            fields.witness[below(fields.witness.size())] ^= 1;
            break;
        default:
            fields.sequence += 1;
            break;
    }
    const auto receipt = ledger_.claim(site, actor(), fields);
    note("false claim", receipt.status);
    expect(!receipt.status, "a false claim has settled");
}

// [MSG.4], [MSG.6]
void History::step_consume(Site& site) {
    auto sent = ledger_.emitted(site, site.batches.size());
    if (below(4) != 0) {  // mostly something that can be consumed
        std::erase_if(sent, [&](const Ledger::Emitted& item) {
            const auto& [destination, sequence] = std::pair{item.message.destination, item.message.sequence};
            return item.batch > site.settled || messaging::is_consumed(ledger_.state(), site.id, destination, sequence);
        });
    }
    if (sent.empty()) return;
    const auto& chosen = sent[below(sent.size())];
    const messaging::Message& message = chosen.message;
    const bool settled = chosen.batch <= site.settled;
    const bool consumed = messaging::is_consumed(ledger_.state(), site.id, message.destination, message.sequence);
    const bool to_l1 = message.destination == l1_chain;
    const bool known = to_l1 || ledger_.sites().contains(message.destination);
    const bool wrong_way = below(8) == 0;
    const auto receipt =
        to_l1 != wrong_way ? ledger_.withdraw(actor(), site, chosen) : ledger_.relay(actor(), site, chosen);
    const bool expected = settled && !consumed && known && !wrong_way;
    note(to_l1 ? "withdraw" : "relay", receipt.status);
    expect(receipt.status == expected, "a message was consumed against the rules, or not although it could be");
    if (receipt.status && below(2) == 0) refuse_again(site, chosen);
}

/// Everything that is on its way arrives.
void History::finish() {
    if (!problems().empty()) return;
    step_batch(*payments_);
    step_batch(*exchange_);
    ledger_.settle_all();
    for (Site* site : {payments_, exchange_}) {
        for (const auto& sent : ledger_.emitted(*site, site->batches.size())) {
            const messaging::Message& message = sent.message;
            if (message.destination == 77 ||
                messaging::is_consumed(ledger_.state(), site->id, message.destination, message.sequence)) {
                continue;
            }
            const auto receipt = message.destination == l1_chain ? ledger_.withdraw(make_actor(4), *site, sent)
                                                                 : ledger_.relay(make_actor(4), *site, sent);
            expect(receipt.status, "a settled message cannot be consumed");
        }
    }
    step_batch(*payments_);
    step_batch(*exchange_);
    ledger_.settle_all();
    ledger_.audit_l1_root();
}

}  // namespace enshrine::conformance
