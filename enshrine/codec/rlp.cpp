// SPDX-License-Identifier: Apache-2.0
#include <enshrine/codec/rlp.hpp>

#include <array>

namespace enshrine::codec::rlp {
namespace {

constexpr Byte string_offset = 0x80;
constexpr Byte list_offset = 0xc0;
/// Payloads up to this size have their length in the first byte; longer ones name the width of their length there.
constexpr std::size_t short_payload_max = 55;

struct Item {
    bool is_list = false;
    std::size_t header_size = 0;
    std::size_t payload_size = 0;
    [[nodiscard]] std::size_t size() const noexcept { return header_size + payload_size; }
};

/// Big-endian without leading zeros.
BytesView minimal_be(std::uint64_t value, std::array<Byte, 8>& storage) noexcept {
    store_be(storage.data(), value);
    std::size_t skip = 0;
    while (skip < storage.size() && storage[skip] == 0) ++skip;
    return BytesView{storage}.subspan(skip);
}

void append_header(Bytes& out, Byte offset, std::size_t payload_size) {
    if (payload_size <= short_payload_max) {
        out.push_back(static_cast<Byte>(offset + payload_size));
        return;
    }
    std::array<Byte, 8> storage{};
    const BytesView length = minimal_be(payload_size, storage);
    out.push_back(static_cast<Byte>(offset + short_payload_max + length.size()));
    append(out, length);
}

Result<Item> long_item(BytesView input, Byte offset) noexcept {
    const std::size_t width = static_cast<std::size_t>(input[0]) - offset - short_payload_max;
    if (input.size() - 1 < width) return fail(RlpError::truncated);
    if (input[1] == 0) return fail(RlpError::non_minimal_length);
    std::uint64_t length = 0;
    for (const Byte byte : input.subspan(1, width)) length = (length << 8) | byte;
    if (length <= short_payload_max) return fail(RlpError::non_minimal_length);
    if (length > input.size() - 1 - width) return fail(RlpError::truncated);
    return Item{offset == list_offset, 1 + width, length};
}

Result<Item> short_item(BytesView input, Byte offset) noexcept {
    const std::size_t length = static_cast<std::size_t>(input[0]) - offset;
    if (length > input.size() - 1) return fail(RlpError::truncated);
    const bool is_list = offset == list_offset;
    if (!is_list && length == 1 && input[1] < string_offset) return fail(RlpError::non_minimal_length);
    return Item{is_list, 1, length};
}

Result<Item> first_item(BytesView input) noexcept {
    if (input.empty()) return fail(RlpError::truncated);
    const Byte tag = input[0];
    if (tag < string_offset) return Item{false, 0, 1};
    const Byte offset = tag < list_offset ? string_offset : list_offset;
    return tag - offset <= static_cast<int>(short_payload_max) ? short_item(input, offset) : long_item(input, offset);
}

}  // namespace

const ErrorDomain& error_domain(RlpError) noexcept {
    static constexpr ErrorDomain domain{"rlp", [](std::uint16_t code) noexcept -> std::string_view {
                                            switch (RlpError{code}) {
                                                case RlpError::truncated:
                                                    return "an RLP item reaches past the end of its input";
                                                case RlpError::trailing_bytes:
                                                    return "bytes after the last RLP item";
                                                case RlpError::non_minimal_length:
                                                    return "an RLP item is written in a longer form than needed";
                                                case RlpError::expected_string:
                                                    return "an RLP list where a byte string is expected";
                                                case RlpError::expected_list:
                                                    return "an RLP byte string where a list is expected";
                                                case RlpError::wrong_size:
                                                    return "an RLP byte string of the wrong size";
                                                case RlpError::integer_too_large:
                                                    return "an RLP integer is too large for its field";
                                                case RlpError::integer_leading_zero:
                                                    return "an RLP integer starts with a zero byte";
                                                case RlpError::list_too_long:
                                                    return "an RLP list has too many items";
                                            }
                                            return "unknown RLP error";
                                        }};
    return domain;
}

Writer& Writer::string(BytesView bytes) {
    if (bytes.size() != 1 || bytes[0] >= string_offset) append_header(out_, string_offset, bytes.size());
    return raw(bytes);
}

Writer& Writer::integer(std::uint64_t value) {
    std::array<Byte, 8> storage{};
    return string(minimal_be(value, storage));
}

Writer& Writer::integer(const U256& value) {
    const std::size_t size = (value.bit_length() + 7) / 8;
    return string(value.to_be().view().last(size));
}

Writer& Writer::list(BytesView payload) {
    append_header(out_, list_offset, payload.size());
    return raw(payload);
}

Writer& Writer::raw(BytesView encoded) {
    append(out_, encoded);
    return *this;
}

Result<BytesView> Reader::string() noexcept {
    ENSHRINE_TRY(const auto item, first_item(rest_));
    if (item.is_list) return fail(RlpError::expected_string);
    const BytesView payload = rest_.subspan(item.header_size, item.payload_size);
    rest_ = rest_.subspan(item.size());
    return payload;
}

Result<std::uint64_t> Reader::u64() noexcept {
    ENSHRINE_TRY(const auto value, u256());
    if (!value.fits_u64()) return fail(RlpError::integer_too_large);
    return value.low_u64();
}

Result<U256> Reader::u256() noexcept {
    ENSHRINE_TRY(const auto bytes, string());
    if (!bytes.empty() && bytes[0] == 0) return fail(RlpError::integer_leading_zero);
    if (bytes.size() > 32) return fail(RlpError::integer_too_large);
    return U256::from_be(bytes);
}

Result<Reader> Reader::list() noexcept {
    ENSHRINE_TRY(const auto item, first_item(rest_));
    if (!item.is_list) return fail(RlpError::expected_list);
    const Reader inner{rest_.subspan(item.header_size, item.payload_size)};
    rest_ = rest_.subspan(item.size());
    return inner;
}

Result<BytesView> Reader::raw_item() noexcept {
    ENSHRINE_TRY(const auto item, first_item(rest_));
    const BytesView encoded = rest_.first(item.size());
    rest_ = rest_.subspan(item.size());
    return encoded;
}

Result<std::size_t> Reader::item_count(std::size_t items_max) const noexcept {
    Reader reader{rest_};
    std::size_t count = 0;
    while (!reader.done()) {
        if (count == items_max) return fail(RlpError::list_too_long);
        ENSHRINE_CHECK(reader.raw_item());
        ++count;
    }
    return count;
}

Result<void> Reader::finish() const noexcept {
    if (!rest_.empty()) return fail(RlpError::trailing_bytes);
    return {};
}

}  // namespace enshrine::codec::rlp
