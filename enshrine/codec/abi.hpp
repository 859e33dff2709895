// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/base/u256.hpp>

#include <array>
#include <cstdint>
#include <string_view>

/// Solidity contract ABI (strict): 4-byte selector, then head/tail words. Static types bool, uintN, address, bytesN;
/// dynamic types bytes, string, and one-dimensional arrays of static word types (`bytes32[]`, `uint64[]`, …).
/// Declarations are Solidity text, e.g. "deposit(uint64 rollup, address receiver)"; their names serve error messages.
/// Decoding accepts the one tight encoding that Solidity's own encoder writes: offsets in order and without gaps.
namespace enshrine::codec::abi {

enum class AbiError : std::uint16_t {
    truncated = 1,
    trailing_bytes,
    value_out_of_range,   ///< a uintN, address, bool or bytesN word with bits outside its type
    offset_out_of_range,  ///< a dynamic offset that is not the canonical (tight, in-order) one
    length_over_bound,    ///< a dynamic length of 2^32 or more
    bad_padding,          ///< non-zero padding behind dynamic bytes
    bad_declaration,      ///< not a declaration of the types above
};
const ErrorDomain& error_domain(AbiError) noexcept;

inline constexpr std::size_t parameters_max = 16;

enum class TypeKind : std::uint8_t { boolean, uint, address, fixed_bytes, bytes, string, array };
struct Type {
    TypeKind kind = TypeKind::uint;
    std::uint16_t size = 256;           ///< uintN: bits; bytesN: bytes
    TypeKind element = TypeKind::uint;  ///< arrays: kind of the (static) element
    std::uint16_t element_size = 256;
    [[nodiscard]] constexpr bool dynamic() const noexcept {
        return kind == TypeKind::bytes || kind == TypeKind::string || kind == TypeKind::array;
    }
};
struct Parameter {
    Type type;
    std::string_view name;
    std::string_view type_text;  ///< "uint64", "bytes32[]", …
    bool indexed = false;        ///< events only
};
/// Parsed "name(type name, …)"; the parameter names may be left out, and so may `name` (a list of return values).
/// Integer types are written with their width: `uint256`, not `uint`. Views borrow from the declaration.
struct Signature {
    std::string_view name;
    std::array<Parameter, parameters_max> parameters{};
    std::size_t parameter_count = 0;
};
[[nodiscard]] constexpr Result<Signature> parse_signature(std::string_view declaration) noexcept;
/// The same for the list between the parentheses; `name` is empty.
[[nodiscard]] constexpr Result<Signature> parse_parameters(std::string_view list) noexcept;
/// keccak256 of the canonical form "name(type,type)"; the selector is its first four bytes. The declaration is ours and
/// has to be good: in a constant expression a bad one does not compile, elsewhere it fails an assertion.
[[nodiscard]] constexpr Hash32 signature_hash(std::string_view declaration) noexcept;
[[nodiscard]] constexpr std::uint32_t selector(std::string_view declaration) noexcept;  ///< big-endian value

/// Arguments that satisfy a signature; made by decode() alone, so accessors never fail. Asking for a parameter that
/// does not exist or has another type is a mistake of the caller and fails an assertion. Borrows from the decoded
/// bytes.
class Arguments {
public:
    [[nodiscard]] std::size_t size() const noexcept { return count_; }
    [[nodiscard]] bool boolean(std::size_t i) const noexcept;
    [[nodiscard]] std::uint64_t u64(std::size_t i) const noexcept;  ///< the parameter's type is at most uint64
    [[nodiscard]] U256 u256(std::size_t i) const noexcept;
    [[nodiscard]] Address address(std::size_t i) const noexcept;
    [[nodiscard]] Hash32 bytes32(std::size_t i) const noexcept;   ///< any bytesN, left-aligned
    [[nodiscard]] BytesView bytes(std::size_t i) const noexcept;  ///< bytes or string; borrows
    [[nodiscard]] std::size_t array_size(std::size_t i) const noexcept;
    [[nodiscard]] Hash32 array_word(std::size_t i, std::size_t k) const noexcept;  ///< raw word of element k

private:
    friend Result<Arguments> decode(const Signature& signature, BytesView data) noexcept;
    [[nodiscard]] BytesView value(std::size_t i, TypeKind kind) const noexcept;

    std::array<BytesView, parameters_max> values_{};  ///< static: the word; dynamic: content
    std::array<Type, parameters_max> types_{};
    std::size_t count_ = 0;
};
/// Decodes the bytes behind the selector; failing_parameter() of the same arguments tells where it fails.
[[nodiscard]] Result<Arguments> decode(const Signature& signature, BytesView data) noexcept;
/// Index of the parameter at which decode(signature, data) fails; parameter_count when it fails behind the last one.
[[nodiscard]] std::size_t failing_parameter(const Signature& signature, BytesView data) noexcept;

/// Builds head/tail encodings in declaration order: `Encoder{n}` for n values (one head word each). finish() asserts
/// that exactly n values were given.
class Encoder {
public:
    explicit Encoder(std::size_t value_count) : head_words_{value_count} {}
    Encoder& u64(std::uint64_t value);
    Encoder& u256(const U256& value);
    Encoder& boolean(bool value);
    Encoder& address(const Address& value);
    Encoder& bytes32(const Hash32& value);           ///< also shorter bytesN, left-aligned by the caller
    Encoder& bytes(BytesView value);                 ///< bytes and string
    Encoder& words(std::span<const Hash32> values);  ///< arrays of static words
    [[nodiscard]] Bytes finish() const;
    /// selector ‖ encoding
    [[nodiscard]] Bytes finish_call(std::uint32_t selector_value) const;

private:
    std::size_t head_words_;
    Bytes head_;
    Bytes tail_;
};

}  // namespace enshrine::codec::abi

#include <enshrine/codec/abi_signature.hpp>
