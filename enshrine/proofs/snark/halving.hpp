// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace enshrine::proofs {

/// What is tried after the first product takes at most this part of the work of checking all members alone
/// [PROOF-BATCH.5].
inline constexpr std::size_t batch_retry_divisor = 2;
/// Groups that fail and are not larger are not halved.
inline constexpr std::size_t batch_alone_max = 3;

/// Products of groups of members, in some abelian group: of two groups, the product of theirs.
template <class P>
concept GroupProducts =
    requires(const P products, std::span<const std::size_t> members, const typename P::Value value) {
        { products.product(members) } -> std::same_as<typename P::Value>;
        { products.product_work(members) } -> std::same_as<std::size_t>;
        { P::is_one(value) } -> std::same_as<bool>;
        { P::quotient(value, value) } -> std::same_as<typename P::Value>;
    };

/// Members of groups whose product is one are set in `held`. Begins with all members and their product, and takes at
/// most `work` for other products.
template <GroupProducts P>
void hold_by_halving(const P& products, std::span<const std::size_t> members, const typename P::Value& all,
                     std::size_t work, std::vector<bool>& held) {
    struct Group {
        std::span<const std::size_t> members;
        typename P::Value product;
    };
    std::vector<Group> failing;
    const auto judge = [&](std::span<const std::size_t> group, const typename P::Value& value) {
        if (!P::is_one(value)) {
            failing.push_back({group, value});
            return;
        }
        for (const std::size_t i : group) held[i] = true;
    };
    judge(members, all);
    while (!failing.empty()) {
        const Group group = std::move(failing.back());
        failing.pop_back();
        if (group.members.size() <= batch_alone_max) continue;
        const auto left = group.members.first(group.members.size() / 2);
        const std::size_t left_work = products.product_work(left);
        if (left_work > work) continue;
        work -= left_work;
        const auto left_product = products.product(left);
        judge(left, left_product);
        judge(group.members.subspan(left.size()), P::quotient(group.product, left_product));
    }
}

}  // namespace enshrine::proofs
