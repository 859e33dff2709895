// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/data_availability/committee_state.hpp>
#include <enshrine/data_availability/errors.hpp>
#include <enshrine/data_availability/events.hpp>
#include <enshrine/data_availability/handlers.hpp>
#include <enshrine/data_availability/params.hpp>
#include <enshrine/system/values.hpp>

namespace enshrine::data_availability {
namespace {

using system::CallResult;
using system::refuse;

std::expected<CommitteeStatus, system::Revert> check_administrator(const system::CallContext& context) {
    const CommitteeStatus status = load_committee_status(context.state);
    if (context.caller != status.administrator) {
        return refuse<errors::not_administrator>(status.administrator, context.caller);
    }
    return status;
}

/// At most one line more than there can be members, so that a text of nothing but line feeds costs nothing.
std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty() && out.size() <= committee_size_max) {
        const std::size_t end = text.find('\n');
        out.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return out;
}

Address address_of_word(const Hash32& word) noexcept {
    return Address::from(word.view().last(Address::size_bytes));
}

std::expected<std::vector<CommitteeMember>, system::Revert> read_members(const codec::abi::Arguments& arguments) {
    const std::uint64_t count = arguments.array_size(0);
    if (count > committee_size_max) {
        return refuse<errors::bad_committee>(Error{CommitteeError::too_many_members}.message());
    }
    const auto endpoints = lines_of(as_text(arguments.bytes(3)));
    struct Length {
        std::string_view argument;
        std::uint64_t got;
    };
    for (const Length& length :
         {Length{"stakes", arguments.array_size(1)}, Length{"tlsKeyHashes", arguments.array_size(2)},
          Length{"endpoints", endpoints.size()}}) {
        if (length.got != count) return refuse<errors::wrong_length>(length.argument, count, length.got);
    }
    std::vector<CommitteeMember> out;
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back({.address = address_of_word(arguments.array_word(0, i)),
                       .stake = U256::from_be(arguments.array_word(1, i).view()).low_u64(),
                       .endpoint = std::string{endpoints[i]},
                       .tls_key_hash = arguments.array_word(2, i)});
    }
    return out;
}

}  // namespace

CallResult apply_set_committee(system::CallContext& context, const codec::abi::Arguments& arguments) {
    ENSHRINE_TRY(CommitteeStatus status, check_administrator(context));
    ENSHRINE_TRY(const auto members, read_members(arguments));
    if (const auto valid = validate_committee(members); !valid) {  // [DA-CERT.1]
        return refuse<errors::bad_committee>(valid.error().message());
    }
    const std::uint64_t gas = members.size() * committee_member_gas;
    if (!context.charge(gas)) return system::out_of_gas(context.gas_limit(), gas);
    status.epoch += 1;
    status.since = context.block.height;
    store_committee(context.state, status.epoch, members);
    store_committee_status(context.state, status);
    system::emit<events::committee_replaced>(context, status.epoch, std::uint64_t{members.size()});
    return system::answer(status.epoch);
}

CallResult apply_set_administrator(system::CallContext& context, const codec::abi::Arguments& arguments) {
    ENSHRINE_TRY(CommitteeStatus status, check_administrator(context));
    const Address previous = std::exchange(status.administrator, arguments.address(0));
    store_committee_status(context.state, status);
    system::emit<events::administrator_changed>(context, previous, status.administrator);
    return Bytes{};
}

}  // namespace enshrine::data_availability
