// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <test/conformance/history.hpp>

#include <iostream>
#include <sstream>

namespace enshrine::conformance {
namespace {

/// A history is drawn by its seed alone: smaller seeds are no simpler, so nothing is gained by shrinking.
void play_histories(int histories, std::size_t steps) {
    std::map<std::string, std::size_t> counts;
    rc::detail::TestParams params = rc::detail::configuration().testParams;
    params.maxSuccess = histories;
    params.disableShrinking = true;
    const auto result = rc::detail::checkTestable(
        [&] {
            const auto seed = *rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint64_t>());
            History history{seed};
            history.play(steps);
            if (!history.problems().empty()) RC_LOG() << history.log();
            RC_ASSERT(history.problems().empty());
            for (const auto& [what, count] : history.counts()) counts[what] += count;
        },
        rc::detail::TestMetadata{"conservation", "conservation"}, params);
    if (!result.is<rc::detail::SuccessResult>()) {
        std::ostringstream text;
        rc::detail::printResultMessage(result, text);
        ADD_FAILURE() << text.str();
    }
    for (const auto& [what, count] : counts) std::cout << count << ' ' << what << '\n';
    for (const std::string needed :
         {"outcome succeeded", "outcome reverted", "outcome dropped", "claim", "false claim refused", "withdraw",
          "relay", "token on the L1", "token into another rollup", "double consumption refused", "forced transaction",
          "depositAndCall", "batch of nonsense", "false batch refused"}) {
        EXPECT_GE(counts[needed], static_cast<std::size_t>(histories)) << needed;  // each history meets each
    }
}

TEST(Conservation, NothingIsMadeAndNothingIsLost) {
    play_histories(40, 120);
}

TEST(ConservationSlow, NothingIsMadeAndNothingIsLost) {
    play_histories(800, 150);
}

}  // namespace
}  // namespace enshrine::conformance
