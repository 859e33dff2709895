// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/binary.hpp>

#include <array>
#include <limits>

namespace enshrine::codec {
namespace {

template <std::unsigned_integral T>
void append_be(Bytes& out, T value) {
    std::array<Byte, sizeof(T)> word{};
    store_be(word.data(), value);
    append(out, word);
}

template <std::unsigned_integral T>
Result<T> read_be(BinaryReader& reader) noexcept {
    ENSHRINE_TRY(const auto view, reader.take(sizeof(T)));
    return load_be<T>(view.data());
}

}  // namespace

const ErrorDomain& error_domain(BinaryError) noexcept {
    static constexpr ErrorDomain domain{"binary", [](std::uint16_t code) noexcept -> std::string_view {
                                            switch (BinaryError{code}) {
                                                case BinaryError::truncated:
                                                    return "the record ends early";
                                                case BinaryError::trailing_bytes:
                                                    return "bytes after the end of the record";
                                                case BinaryError::length_over_bound:
                                                    return "a length is over its bound";
                                                case BinaryError::bad_boolean:
                                                    return "a boolean is neither 0 nor 1";
                                            }
                                            return "unknown binary error";
                                        }};
    return domain;
}

BinaryWriter& BinaryWriter::u8(std::uint8_t value) {
    out_.push_back(value);
    return *this;
}

BinaryWriter& BinaryWriter::u16(std::uint16_t value) {
    append_be(out_, value);
    return *this;
}

BinaryWriter& BinaryWriter::u32(std::uint32_t value) {
    append_be(out_, value);
    return *this;
}

BinaryWriter& BinaryWriter::u64(std::uint64_t value) {
    append_be(out_, value);
    return *this;
}

BinaryWriter& BinaryWriter::u256(const U256& value) {
    return fixed(value.to_be().view());
}

BinaryWriter& BinaryWriter::boolean(bool value) {
    return u8(value ? 1 : 0);
}

BinaryWriter& BinaryWriter::fixed(BytesView bytes) {
    append(out_, bytes);
    return *this;
}

BinaryWriter& BinaryWriter::variable(BytesView bytes) {
    ENSHRINE_ASSERT(bytes.size() <= std::numeric_limits<std::uint32_t>::max());
    u32(static_cast<std::uint32_t>(bytes.size()));
    return fixed(bytes);
}

Result<std::uint8_t> BinaryReader::u8() noexcept {
    return read_be<std::uint8_t>(*this);
}
Result<std::uint16_t> BinaryReader::u16() noexcept {
    return read_be<std::uint16_t>(*this);
}
Result<std::uint32_t> BinaryReader::u32() noexcept {
    return read_be<std::uint32_t>(*this);
}
Result<std::uint64_t> BinaryReader::u64() noexcept {
    return read_be<std::uint64_t>(*this);
}

Result<U256> BinaryReader::u256() noexcept {
    ENSHRINE_TRY(const auto view, take(32));
    return U256::from_be(view);
}

Result<bool> BinaryReader::boolean() noexcept {
    ENSHRINE_TRY(const auto value, u8());
    if (value > 1) return fail(BinaryError::bad_boolean);
    return value == 1;
}

Result<BytesView> BinaryReader::variable(std::size_t size_max) noexcept {
    ENSHRINE_TRY(const auto size, u32());
    if (size > size_max) return fail(BinaryError::length_over_bound);
    return take(size);
}

Result<BytesView> BinaryReader::take(std::size_t size) noexcept {
    if (size > rest_.size()) return fail(BinaryError::truncated);
    const BytesView taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
}

Result<void> BinaryReader::finish() const noexcept {
    if (!rest_.empty()) return fail(BinaryError::trailing_bytes);
    return {};
}

}  // namespace enshrine::codec
