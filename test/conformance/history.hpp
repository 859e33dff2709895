// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <test/conformance/ledger.hpp>

#include <random>

namespace enshrine::conformance {

/// Plays one random history. Whatever it does, the ledger audits every block.
class History {
public:
    explicit History(std::uint64_t seed);

    /// Random steps with every errand somewhere between them; at the end everything that is on its way arrives.
    void play(std::size_t steps);
    [[nodiscard]] const std::vector<std::string>& problems() const { return ledger_.problems(); }
    [[nodiscard]] std::string log() const;
    /// How often what happened: a history in which nothing succeeds shows nothing.
    [[nodiscard]] const std::map<std::string, std::size_t>& counts() const { return counts_; }

private:
    // Draws.
    std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
    Actor actor() { return below(5) == 0 ? token_owner() : make_actor(below(3)); }
    Site& any_site() { return below(2) == 0 ? *payments_ : *exchange_; }
    U256 amount();
    std::uint64_t destination();

    // Random steps: most are refused for one reason or another.
    void step();
    void step_deposit();
    void step_payments();
    void step_exchange();
    void step_forced();
    void step_deposit_and_call();
    void step_deposit_token();
    void step_batch(Site& site);
    void step_bad_payload(Site& site);
    void step_false_batch(Site& site);
    void step_claim(Site& site);
    void step_false_claim(Site& site);
    void step_consume(Site& site);
    void finish();

    // Errands: each reaches what it is named for in any state of the network, whatever is drawn.
    using Errand = void (History::*)();
    [[nodiscard]] std::multimap<std::size_t, Errand> plan(std::size_t steps);
    void errand_token_on_the_l1();
    void errand_messages();
    void errand_outcomes();
    void errand_false_claim();
    void errand_from_the_l1();
    void errand_false_batches();
    void prepare(Site& site, const Actor& from);
    void settle(Site& site);
    void consume_last(Site& site);
    void refuse_again(Site& site, const Ledger::Emitted& sent);

    void call(Site& site, const Actor& from, std::string_view declaration, const codec::abi::Encoder& arguments,
              const U256& value);
    void note(const std::string& what, bool succeeded);
    void expect(bool holds, const std::string& what) {
        if (!holds) ledger_.report(what);
    }

    std::mt19937_64 random_;
    Ledger ledger_;
    Site* payments_ = nullptr;
    Site* exchange_ = nullptr;
    std::vector<std::string> log_;
    std::map<std::string, std::size_t> counts_;
};

}  // namespace enshrine::conformance
