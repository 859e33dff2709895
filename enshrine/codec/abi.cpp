// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/abi.hpp>

namespace enshrine::codec::abi {
namespace {

constexpr std::size_t word_bytes = 32;

bool all_zero(BytesView bytes) noexcept {
    return std::ranges::all_of(bytes, [](Byte b) { return b == 0; });
}

constexpr std::size_t padded(std::size_t size) noexcept {
    return (size + word_bytes - 1) / word_bytes * word_bytes;
}

/// Whether the word has no bit outside its (static) type.
bool word_in_range(TypeKind kind, std::uint16_t size, BytesView word) noexcept {
    switch (kind) {
        case TypeKind::boolean:
            return all_zero(word.first(word_bytes - 1)) && word[word_bytes - 1] <= 1;
        case TypeKind::uint:
            return all_zero(word.first(word_bytes - size / 8U));
        case TypeKind::address:
            return all_zero(word.first(word_bytes - Address::size_bytes));
        case TypeKind::fixed_bytes:
            return all_zero(word.subspan(size));
        case TypeKind::bytes:
        case TypeKind::string:
        case TypeKind::array:
            break;
    }
    return false;
}

/// One pass over head and tail. `parameter` is the one at work, so after a failure it names the culprit.
class Decoder {
public:
    Decoder(const Signature& signature, BytesView data) noexcept
        : signature_{signature}, data_{data}, tail_{signature.parameter_count * word_bytes} {}

    [[nodiscard]] Result<void> run(std::array<BytesView, parameters_max>& values) noexcept {
        for (parameter_ = 0; parameter_ < signature_.parameter_count; ++parameter_) {
            ENSHRINE_TRY(values[parameter_], value(signature_.parameters[parameter_].type));
        }
        if (data_.size() != tail_) return fail(AbiError::trailing_bytes);
        return {};
    }
    [[nodiscard]] std::size_t parameter() const noexcept { return parameter_; }

private:
    [[nodiscard]] Result<BytesView> slice(std::size_t offset, std::size_t size) const noexcept {
        if (offset > data_.size() || size > data_.size() - offset) return fail(AbiError::truncated);
        return data_.subspan(offset, size);
    }

    [[nodiscard]] Result<BytesView> value(const Type& type) noexcept {
        ENSHRINE_TRY(const auto word, slice(parameter_ * word_bytes, word_bytes));
        if (type.dynamic()) return content(type, word);
        if (!word_in_range(type.kind, type.size, word)) return fail(AbiError::value_out_of_range);
        return word;
    }

    [[nodiscard]] Result<BytesView> content(const Type& type, BytesView offset_word) noexcept {
        if (U256::from_be(offset_word) != U256{tail_}) return fail(AbiError::offset_out_of_range);
        ENSHRINE_TRY(const auto length_word, slice(tail_, word_bytes));
        const U256 length = U256::from_be(length_word);
        if (length.bit_length() > 32) return fail(AbiError::length_over_bound);
        const bool is_array = type.kind == TypeKind::array;
        const std::size_t size = length.low_u64() * (is_array ? word_bytes : 1);
        ENSHRINE_TRY(const auto area, slice(tail_ + word_bytes, padded(size)));
        if (!all_zero(area.subspan(size))) return fail(AbiError::bad_padding);
        if (is_array) ENSHRINE_CHECK(check_elements(type, area));
        tail_ += word_bytes + area.size();
        return area.first(size);
    }

    [[nodiscard]] static Result<void> check_elements(const Type& type, BytesView area) noexcept {
        for (std::size_t at = 0; at < area.size(); at += word_bytes) {
            const bool in_range = word_in_range(type.element, type.element_size, area.subspan(at, word_bytes));
            if (!in_range) return fail(AbiError::value_out_of_range);
        }
        return {};
    }

    const Signature& signature_;
    BytesView data_;
    std::size_t tail_;  ///< where the next dynamic content has to start
    std::size_t parameter_ = 0;
};

}  // namespace

const ErrorDomain& error_domain(AbiError) noexcept {
    static constexpr ErrorDomain domain{"abi", [](std::uint16_t code) noexcept -> std::string_view {
                                            switch (AbiError{code}) {
                                                case AbiError::truncated:
                                                    return "the call data ends early";
                                                case AbiError::trailing_bytes:
                                                    return "bytes after the last argument";
                                                case AbiError::value_out_of_range:
                                                    return "an argument is outside the range of its type";
                                                case AbiError::offset_out_of_range:
                                                    return "a dynamic argument is not where it belongs";
                                                case AbiError::length_over_bound:
                                                    return "a dynamic argument is too long";
                                                case AbiError::bad_padding:
                                                    return "the padding of a dynamic argument is not zero";
                                                case AbiError::bad_declaration:
                                                    return "not a declaration of supported types";
                                            }
                                            return "unknown ABI error";
                                        }};
    return domain;
}

BytesView Arguments::value(std::size_t i, TypeKind kind) const noexcept {
    ENSHRINE_ASSERT(i < count_);
    ENSHRINE_ASSERT(types_[i].kind == kind);
    return values_[i];
}

bool Arguments::boolean(std::size_t i) const noexcept {
    return value(i, TypeKind::boolean)[word_bytes - 1] == 1;
}

std::uint64_t Arguments::u64(std::size_t i) const noexcept {
    const BytesView word = value(i, TypeKind::uint);
    ENSHRINE_ASSERT(types_[i].size <= 64);
    return load_be<std::uint64_t>(word.last(8).data());
}

U256 Arguments::u256(std::size_t i) const noexcept {
    return U256::from_be(value(i, TypeKind::uint));
}

Address Arguments::address(std::size_t i) const noexcept {
    return Address::from(value(i, TypeKind::address).last(Address::size_bytes));
}

Hash32 Arguments::bytes32(std::size_t i) const noexcept {
    return Hash32::from(value(i, TypeKind::fixed_bytes));
}

BytesView Arguments::bytes(std::size_t i) const noexcept {
    ENSHRINE_ASSERT(i < count_);
    return value(i, types_[i].kind == TypeKind::string ? TypeKind::string : TypeKind::bytes);
}

std::size_t Arguments::array_size(std::size_t i) const noexcept {
    return value(i, TypeKind::array).size() / word_bytes;
}

Hash32 Arguments::array_word(std::size_t i, std::size_t k) const noexcept {
    ENSHRINE_ASSERT(k < array_size(i));
    return Hash32::from(value(i, TypeKind::array).subspan(k * word_bytes, word_bytes));
}

Result<Arguments> decode(const Signature& signature, BytesView data) noexcept {
    Arguments out;
    Decoder decoder{signature, data};
    ENSHRINE_CHECK(decoder.run(out.values_));
    out.count_ = signature.parameter_count;
    for (std::size_t i = 0; i < out.count_; ++i) out.types_[i] = signature.parameters[i].type;
    return out;
}

std::size_t failing_parameter(const Signature& signature, BytesView data) noexcept {
    std::array<BytesView, parameters_max> values{};
    Decoder decoder{signature, data};
    static_cast<void>(decoder.run(values));
    return decoder.parameter();
}

Encoder& Encoder::u64(std::uint64_t value) {
    return u256(U256{value});
}

Encoder& Encoder::u256(const U256& value) {
    return bytes32(value.to_be());
}

Encoder& Encoder::boolean(bool value) {
    return u64(value ? 1 : 0);
}

Encoder& Encoder::address(const Address& value) {
    return u256(U256::from_be(value.view()));
}

Encoder& Encoder::bytes32(const Hash32& value) {
    append(head_, value.view());
    return *this;
}

Encoder& Encoder::bytes(BytesView value) {
    u64(head_words_ * word_bytes + tail_.size());
    append(tail_, U256{value.size()}.to_be().view());
    append(tail_, value);
    tail_.resize(padded(tail_.size()));
    return *this;
}

Encoder& Encoder::words(std::span<const Hash32> values) {
    u64(head_words_ * word_bytes + tail_.size());
    append(tail_, U256{values.size()}.to_be().view());
    for (const Hash32& value : values) append(tail_, value.view());
    return *this;
}

Bytes Encoder::finish() const {
    ENSHRINE_ASSERT(head_.size() == head_words_ * word_bytes);
    Bytes out = head_;
    append(out, tail_);
    return out;
}

Bytes Encoder::finish_call(std::uint32_t selector_value) const {
    Bytes out(4);
    store_be(out.data(), selector_value);
    append(out, finish());
    return out;
}

}  // namespace enshrine::codec::abi
