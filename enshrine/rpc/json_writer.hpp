// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/u256.hpp>

#include <string>
#include <string_view>

namespace enshrine::rpc {

/// Appends JSON text from left to right and sets the commas. Inside an object every value follows its key, most shortly
/// with the two-argument forms: `json.begin_object().quantity("nonce", 5).end_object()`.
class JsonWriter {
public:
    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_array();
    JsonWriter& end_array();
    JsonWriter& key(std::string_view name);

    JsonWriter& null();
    JsonWriter& boolean(bool value);
    JsonWriter& integer(std::int64_t value);
    JsonWriter& number(double value);           ///< finite; shortest text that reads back the same
    JsonWriter& string(std::string_view text);  ///< escaped; bytes that are not UTF-8 become U+FFFD
    JsonWriter& hex(BytesView bytes);           ///< "0x…"
    JsonWriter& quantity(std::uint64_t value);  ///< "0x…" without leading zeros
    JsonWriter& quantity(const U256& value);
    JsonWriter& raw(std::string_view json);  ///< JSON text of one value

    JsonWriter& null(std::string_view name) { return key(name).null(); }
    JsonWriter& boolean(std::string_view name, bool value) { return key(name).boolean(value); }
    JsonWriter& integer(std::string_view name, std::int64_t value) { return key(name).integer(value); }
    JsonWriter& string(std::string_view name, std::string_view text) { return key(name).string(text); }
    JsonWriter& hex(std::string_view name, BytesView bytes) { return key(name).hex(bytes); }
    JsonWriter& quantity(std::string_view name, std::uint64_t value) { return key(name).quantity(value); }
    JsonWriter& quantity(std::string_view name, const U256& value) { return key(name).quantity(value); }
    JsonWriter& raw(std::string_view name, std::string_view json) { return key(name).raw(json); }

    [[nodiscard]] std::size_t size() const noexcept { return out_.size(); }
    [[nodiscard]] std::string take() noexcept { return std::move(out_); }

private:
    void separate();

    std::string out_;
};

}  // namespace enshrine::rpc
