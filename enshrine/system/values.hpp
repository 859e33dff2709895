// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/context.hpp>
#include <enshrine/system/method_table.hpp>

#include <concepts>

/// Answers, events and custom errors from C++ values, checked against their declarations by the compiler:
///     return refuse<errors::wrong_sequence>(expected, got);
///     emit<events::deposited>(context, rollup, receiver, value);
namespace enshrine::system {
namespace detail {

template <class T>
struct ValueKind;
template <>
struct ValueKind<bool> {
    static constexpr codec::abi::TypeKind kind = codec::abi::TypeKind::boolean;
    static constexpr std::uint16_t bits_min = 0;
};
template <std::unsigned_integral T>
    requires(!std::same_as<T, bool>)
struct ValueKind<T> {
    static constexpr codec::abi::TypeKind kind = codec::abi::TypeKind::uint;
    static constexpr std::uint16_t bits_min = 8 * sizeof(T);
};
template <>
struct ValueKind<U256> {
    static constexpr codec::abi::TypeKind kind = codec::abi::TypeKind::uint;
    static constexpr std::uint16_t bits_min = 256;
};
template <>
struct ValueKind<Amount> : ValueKind<U256> {};
template <>
struct ValueKind<Address> {
    static constexpr codec::abi::TypeKind kind = codec::abi::TypeKind::address;
    static constexpr std::uint16_t bits_min = 0;
};
template <class Tag>
struct ValueKind<FixedBytes<32, Tag>> {
    static constexpr codec::abi::TypeKind kind = codec::abi::TypeKind::fixed_bytes;
    static constexpr std::uint16_t bits_min = 0;
};
template <>
struct ValueKind<BytesView> {
    static constexpr codec::abi::TypeKind kind = codec::abi::TypeKind::bytes;
    static constexpr std::uint16_t bits_min = 0;
};
template <>
struct ValueKind<Bytes> : ValueKind<BytesView> {};
template <>
struct ValueKind<std::string_view> {
    static constexpr codec::abi::TypeKind kind = codec::abi::TypeKind::string;
    static constexpr std::uint16_t bits_min = 0;
};
template <>
struct ValueKind<std::vector<Hash32>> {
    static constexpr codec::abi::TypeKind kind = codec::abi::TypeKind::array;
    static constexpr std::uint16_t bits_min = 0;
};

inline void put(codec::abi::Encoder& out, bool value) { out.boolean(value); }
template <std::unsigned_integral T>
    requires(!std::same_as<T, bool>)
void put(codec::abi::Encoder& out, T value) {
    out.u64(value);
}
inline void put(codec::abi::Encoder& out, const U256& value) { out.u256(value); }
inline void put(codec::abi::Encoder& out, const Amount& value) { out.u256(value.wei()); }
inline void put(codec::abi::Encoder& out, const Address& value) { out.address(value); }
template <class Tag>
void put(codec::abi::Encoder& out, const FixedBytes<32, Tag>& value) {
    out.bytes32(Hash32::from(value.view()));
}
inline void put(codec::abi::Encoder& out, BytesView value) { out.bytes(value); }
inline void put(codec::abi::Encoder& out, const Bytes& value) { out.bytes(value); }
inline void put(codec::abi::Encoder& out, std::string_view value) { out.bytes(as_bytes(value)); }
inline void put(codec::abi::Encoder& out, const std::vector<Hash32>& value) { out.words(value); }

/// Whether a value of type T may stand for the parameter.
template <class T>
[[nodiscard]] constexpr bool fits(const codec::abi::Parameter& parameter) noexcept {
    using Kind = ValueKind<std::remove_cvref_t<T>>;
    if (parameter.indexed && parameter.type.dynamic()) return false;
    if (parameter.type.kind != Kind::kind) return false;
    if (Kind::kind == codec::abi::TypeKind::fixed_bytes) return parameter.type.size == 32;
    return parameter.type.size >= Kind::bits_min || Kind::kind != codec::abi::TypeKind::uint;
}

template <class... Values>
[[nodiscard]] constexpr bool all_fit(std::string_view declaration) noexcept {
    const auto signature = codec::abi::parse_signature(declaration);
    if (!signature.has_value() || signature->parameter_count != sizeof...(Values)) return false;
    std::size_t i = 0;
    bool out = true;
    ((out = fits<Values>(signature->parameters[i]) && out, ++i), ...);
    return out;
}

}  // namespace detail

/// The values, in order, as return values of a method.
template <class... Values>
[[nodiscard]] Bytes answer(const Values&... values) {
    codec::abi::Encoder out{sizeof...(Values)};
    (detail::put(out, values), ...);
    return out.finish();
}

template <const ErrorDeclaration& error, class... Values>
[[nodiscard]] std::unexpected<Revert> refuse(const Values&... values) {
    static_assert(detail::all_fit<Values...>(error.declaration), "the values are not those of the declaration");
    codec::abi::Encoder out{sizeof...(Values)};
    (detail::put(out, values), ...);
    return revert(error.declaration, out);
}

/// Values in declaration order, indexed ones included.
template <const EventDeclaration& event, class... Values>
void emit(CallContext& context, const Values&... values) {
    static_assert(detail::all_fit<Values...>(event.declaration), "the values are not those of the declaration");
    static constexpr auto signature = codec::abi::parse_signature(event.declaration);
    std::vector<Hash32> topics;
    std::size_t data_words = 0;
    for (std::size_t i = 0; i < signature->parameter_count; ++i) {
        if (!signature->parameters[i].indexed) ++data_words;
    }
    codec::abi::Encoder data{data_words};
    std::size_t i = 0;
    const auto place = [&](const auto& value) {
        if (!signature->parameters[i++].indexed) return detail::put(data, value);
        codec::abi::Encoder word{1};
        detail::put(word, value);
        topics.push_back(Hash32::from(word.finish()));
    };
    (place(values), ...);
    emit_event(context, event.declaration, topics, data);
}

}  // namespace enshrine::system
