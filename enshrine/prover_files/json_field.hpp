// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/prover_files/file_error.hpp>

#include <nlohmann/json.hpp>

namespace enshrine::prover_files {

/// A value of a JSON file and the path to it, which every error names. Borrows from the parsed document.
class JsonField {
public:
    JsonField(const nlohmann::json& value, std::string path) : value_{&value}, path_{std::move(path)} {}

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] bool has(const char* name) const { return value_->is_object() && value_->contains(name); }
    [[nodiscard]] bool is_array() const noexcept { return value_->is_array(); }
    [[nodiscard]] bool is_text() const noexcept { return value_->is_string(); }
    [[nodiscard]] FileResult<JsonField> member(const char* name) const;
    /// The elements of an array; exactly `count` of them.
    [[nodiscard]] FileResult<std::vector<JsonField>> elements(std::size_t count) const;
    [[nodiscard]] FileResult<std::vector<JsonField>> elements_up_to(std::size_t count_max) const;
    [[nodiscard]] FileResult<std::string> text() const;
    [[nodiscard]] FileResult<std::uint64_t> integer() const;
    /// A number, written as a string or as a non-negative integer, as `width` bytes, big-endian.
    [[nodiscard]] FileResult<Bytes> number(std::size_t width) const;
    /// Bytes, written as hex digits with or without 0x.
    [[nodiscard]] FileResult<Bytes> hex() const;
    /// "path: expected …, got …".
    [[nodiscard]] std::unexpected<FileError> expected(std::string_view what) const;

private:
    const nlohmann::json* value_;
    std::string path_;
};

/// Nothing when the bytes are no JSON.
[[nodiscard]] std::optional<nlohmann::json> parse_json(BytesView content);

}  // namespace enshrine::prover_files
