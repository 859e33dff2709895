// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/amount.hpp>
#include <enshrine/base/bytes.hpp>
#include <enshrine/codec/abi.hpp>

#include <cstdint>
#include <expected>
#include <span>
#include <string_view>

/// What an interface with a Solidity ABI is declared from. One table yields dispatch, argument decoding, the Solidity
/// interface, the ABI JSON and the reference. Used by the L1's system contracts and by rollup programs alike.
namespace enshrine::system {

enum class Mutability : std::uint8_t { view, nonpayable, payable };

/// A refused call: what Ethereum calls revert data (selector of a custom error ‖ its arguments).
struct Revert {
    Bytes data;
};
/// ABI-encoded return values, or the revert.
using CallResult = std::expected<Bytes, Revert>;

template <class Context>
struct Method {
    std::string_view declaration;  ///< "deposit(uint64 rollup, address receiver)"
    std::string_view returns;      ///< "uint64 index" or ""; comma-separated
    Mutability mutability;
    std::uint64_t gas;  ///< charged before the handler runs; handlers charge what depends on input
    CallResult (*handler)(Context& context, const codec::abi::Arguments& arguments);
    std::string_view documentation;
    std::uint32_t selector_value = codec::abi::selector(declaration);  ///< computed with the table; left out in it

    [[nodiscard]] constexpr std::uint32_t selector() const noexcept { return selector_value; }
};
struct EventDeclaration {
    std::string_view declaration;  ///< "Deposited(uint64 indexed rollup, address indexed receiver, uint256 value)"
    std::string_view documentation;
    std::uint32_t selector_value = codec::abi::selector(declaration);  ///< first four bytes of topic 0
};
struct ErrorDeclaration {
    std::string_view declaration;  ///< "EscrowExceeded(uint64 rollup, uint256 available, uint256 requested)"
    std::string_view documentation;
    std::uint32_t selector_value = codec::abi::selector(declaration);
};
template <class Context>
struct Interface {
    std::string_view name;  ///< "IInbox"
    std::string_view documentation;
    Address address;
    std::span<const Method<Context>> methods;
    std::span<const EventDeclaration> events;
    std::span<const ErrorDeclaration> errors;
};

/// Errors that dispatch itself can raise; every interface has them.
inline constexpr ErrorDeclaration dispatch_errors[] = {
    {"UnknownSelector(bytes4 selector)", "the interface has no such method"},
    {"BadArgument(uint256 index, string name, string expected)", "an argument does not decode as its declared type"},
    {"NotPayable(uint256 value)", "value was sent to a method that takes none"},
    {"OutOfGas(uint256 limit, uint256 needed)", "the gas limit does not cover the method"},
    {"ReadOnlyCall(bytes4 selector)", "a state-changing method was called through eth_call semantics"},
};

/// Revert with a custom error: encode its arguments with `Encoder{n}` in declaration order.
[[nodiscard]] inline std::unexpected<Revert> revert(std::string_view error_declaration,
                                                    const codec::abi::Encoder& arguments) {
    return std::unexpected{Revert{arguments.finish_call(codec::abi::selector(error_declaration))}};
}

/// The refusal of a handler whose own charge failed: `needed` is what it tried to charge.
[[nodiscard]] inline std::unexpected<Revert> out_of_gas(std::uint64_t limit, std::uint64_t needed);

/// Finds the method by selector, checks payability and read-only mode, charges its gas, decodes arguments, runs it.
/// Calldata shorter than a selector is refused as UnknownSelector, its missing bytes read as zero.
/// `Context` has: `const Amount& value`, `bool read_only`, `bool charge(std::uint64_t gas)` and `gas_limit()`.
template <class Context>
[[nodiscard]] CallResult dispatch(const Interface<Context>& interface, Context& context, BytesView calldata);

}  // namespace enshrine::system

#include <enshrine/system/method_table_dispatch.hpp>
