// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/codec/hex.hpp>

#include <cmd/enshrine/session.hpp>
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

namespace enshrine::cli {

/// Reads the members of an object in an input file. A failure names the file, the field, what was expected and what
/// came, and has the status of unusable input.
class JsonFields {
public:
    /// `path` is empty for the whole document.
    JsonFields(const Json& object, std::string file, std::string path = {})
        : object_{object}, file_{std::move(file)}, path_{std::move(path)} {}

    [[nodiscard]] bool has(std::string_view name) const { return object_.contains(name); }
    [[nodiscard]] CliResult<std::string> text(std::string_view name) const;
    [[nodiscard]] CliResult<std::uint64_t> u64(std::string_view name) const;  ///< a JSON integer or a quantity
    [[nodiscard]] CliResult<std::uint32_t> u32(std::string_view name) const;
    [[nodiscard]] CliResult<Bytes> bytes(std::string_view name) const;
    [[nodiscard]] CliResult<Hash32> hash(std::string_view name) const { return fixed<Hash32>(name); }
    template <class Fixed>
    [[nodiscard]] CliResult<Fixed> fixed(std::string_view name) const {
        ENSHRINE_TRY(const auto value, bytes(name));
        if (value.size() != Fixed::size_bytes) {
            return wrong(name, fmt::format("{} bytes", Fixed::size_bytes), fmt::format("{} bytes", value.size()));
        }
        return Fixed::from(value);
    }
    [[nodiscard]] CliResult<std::vector<Hash32>> hashes(std::string_view name) const;
    [[nodiscard]] CliResult<JsonFields> object(std::string_view name) const;
    [[nodiscard]] CliResult<std::vector<JsonFields>> objects(std::string_view name) const;

    [[nodiscard]] std::unexpected<Failure> wrong(std::string_view name, std::string_view expected,
                                                 std::string_view got) const;

private:
    [[nodiscard]] const Json* find(std::string_view name) const;
    [[nodiscard]] std::string path_of(std::string_view name) const;
    [[nodiscard]] std::unexpected<Failure> wrong_type(std::string_view name, std::string_view expected) const;

    const Json& object_;
    std::string file_;
    std::string path_;
};

[[nodiscard]] CliResult<Json> read_json(const std::string& path, std::size_t bytes_max);

}  // namespace enshrine::cli
