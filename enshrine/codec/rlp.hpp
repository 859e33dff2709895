// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/base/u256.hpp>

/// Recursive Length Prefix (Ethereum Yellow Paper, appendix B), strict: only the one canonical encoding decodes.
namespace enshrine::codec::rlp {

enum class RlpError : std::uint16_t {
    truncated = 1,       ///< an item reaches past the end of its input
    trailing_bytes,      ///< bytes after the last item
    non_minimal_length,  ///< a length, or a single byte below 0x80, in a longer form than needed
    expected_string,
    expected_list,
    wrong_size,  ///< a fixed-size string of another size
    integer_too_large,
    integer_leading_zero,
    list_too_long,
};
const ErrorDomain& error_domain(RlpError) noexcept;

/// Appends items to a byte string. Lists are written by encoding the payload first: `list(payload)`.
class Writer {
public:
    Writer& string(BytesView bytes);
    Writer& integer(std::uint64_t value);
    Writer& integer(const U256& value);
    Writer& list(BytesView payload);  ///< payload = concatenated encodings of the items
    Writer& raw(BytesView encoded);   ///< an already encoded item
    [[nodiscard]] const Bytes& bytes() const noexcept { return out_; }
    [[nodiscard]] Bytes take() noexcept { return std::move(out_); }

private:
    Bytes out_;
};

/// Reads consecutive items of one payload. Returned spans borrow from the input.
class Reader {
public:
    explicit Reader(BytesView payload) noexcept : rest_{payload} {}

    [[nodiscard]] bool done() const noexcept { return rest_.empty(); }
    [[nodiscard]] BytesView rest() const noexcept { return rest_; }
    [[nodiscard]] bool next_is_list() const noexcept { return !rest_.empty() && rest_[0] >= 0xc0; }

    [[nodiscard]] Result<BytesView> string() noexcept;
    [[nodiscard]] Result<std::uint64_t> u64() noexcept;
    [[nodiscard]] Result<U256> u256() noexcept;
    /// A string of exactly N bytes.
    template <std::size_t N>
    [[nodiscard]] Result<FixedBytes<N>> fixed() noexcept {
        ENSHRINE_TRY(const auto bytes, string());
        if (bytes.size() != N) return fail(RlpError::wrong_size);
        return FixedBytes<N>::from(bytes);
    }
    [[nodiscard]] Result<Reader> list() noexcept;
    /// The next item, header included, string or list.
    [[nodiscard]] Result<BytesView> raw_item() noexcept;
    /// Number of items that are left; list_too_long when there are more than `items_max`. Reads nothing.
    [[nodiscard]] Result<std::size_t> item_count(std::size_t items_max) const noexcept;
    /// Ok when nothing is left; call it after the last field of every list.
    [[nodiscard]] Result<void> finish() const noexcept;

private:
    BytesView rest_;
};

}  // namespace enshrine::codec::rlp
