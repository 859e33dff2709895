// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rpc/json_writer.hpp>

#include <fmt/format.h>
#include <simdjson.h>

#include <cmath>

namespace enshrine::rpc {
namespace {

constexpr std::string_view digits = "0123456789abcdef";

constexpr auto byte_pairs = [] {
    std::array<char, 512> out{};
    for (std::size_t byte = 0; byte < 256; ++byte) {
        out[2 * byte] = digits[byte >> 4];
        out[2 * byte + 1] = digits[byte & 0x0f];
    }
    return out;
}();

void append_escaped(std::string& out, char c, bool utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"') {
        out += "\\\"";
    } else if (c == '\\') {
        out += "\\\\";
    } else if (c == '\n') {
        out += "\\n";
    } else if (byte < 0x20) {
        out += "\\u00";
        out += digits[byte >> 4];
        out += digits[byte & 0x0f];
    } else if (byte >= 0x80 && !utf8) {
        out += "\\ufffd";
    } else {
        out += c;
    }
}

}  // namespace

// A value follows a comma unless it is the first of its container, or follows its key. The last character tells: text
// and values never end in one of these three.
void JsonWriter::separate() {
    if (out_.empty()) return;
    const char last = out_.back();
    if (last != '{' && last != '[' && last != ':') out_ += ',';
}

JsonWriter& JsonWriter::begin_object() {
    separate();
    out_ += '{';
    return *this;
}
JsonWriter& JsonWriter::end_object() {
    out_ += '}';
    return *this;
}
JsonWriter& JsonWriter::begin_array() {
    separate();
    out_ += '[';
    return *this;
}
JsonWriter& JsonWriter::end_array() {
    out_ += ']';
    return *this;
}
JsonWriter& JsonWriter::key(std::string_view name) {
    string(name);
    out_ += ':';
    return *this;
}

JsonWriter& JsonWriter::null() {
    return raw("null");
}
JsonWriter& JsonWriter::boolean(bool value) {
    return raw(value ? "true" : "false");
}
JsonWriter& JsonWriter::integer(std::int64_t value) {
    return raw(fmt::format("{}", value));
}
JsonWriter& JsonWriter::number(double value) {
    return raw(std::isfinite(value) ? fmt::format("{}", value) : "null");
}

JsonWriter& JsonWriter::string(std::string_view text) {
    separate();
    const bool utf8 = simdjson::validate_utf8(text);
    out_ += '"';
    for (const char c : text) append_escaped(out_, c, utf8);
    out_ += '"';
    return *this;
}

JsonWriter& JsonWriter::hex(BytesView bytes) {
    separate();
    out_ += "\"0x";
    const std::size_t start = out_.size();
    out_.resize(start + 2 * bytes.size());
    char* to = out_.data() + start;
    for (const Byte byte : bytes) {
        *to++ = byte_pairs[2 * std::size_t{byte}];
        *to++ = byte_pairs[2 * std::size_t{byte} + 1];
    }
    out_ += '"';
    return *this;
}

JsonWriter& JsonWriter::quantity(std::uint64_t value) {
    return quantity(U256{value});
}

JsonWriter& JsonWriter::quantity(const U256& value) {
    separate();
    out_ += "\"0x";
    const unsigned nibbles = std::max(1U, (value.bit_length() + 3) / 4);
    for (unsigned i = nibbles; i-- > 0;) out_ += digits[(value.limbs[i / 16] >> (4 * (i % 16))) & 0x0f];
    out_ += '"';
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

}  // namespace enshrine::rpc
