// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/proofs/snark/curves.hpp>
#include <enshrine/prover_files/file_bytes.hpp>
#include <enshrine/prover_files/json_field.hpp>
#include <enshrine/prover_files/solidity_constants.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace enshrine::prover_files {

using proofs::Bn254;

namespace {

constexpr std::string_view spaces = " \t\r\n\f\v";

bool is_word_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           c == '.';
}

/// The words and signs of Solidity's source, without comments.
class SolidityTokens {
public:
    explicit SolidityTokens(std::string_view source) noexcept : rest_{source} {}

    /// Empty at the end.
    [[nodiscard]] std::string_view next() noexcept {
        skip_what_says_nothing();
        if (rest_.empty()) return {};
        if (rest_[0] == '"' || rest_[0] == '\'') return take(literal_size());
        std::size_t size = 0;
        while (size < rest_.size() && is_word_character(rest_[size])) ++size;
        return take(std::max<std::size_t>(size, 1));
    }

private:
    std::string_view take(std::size_t size) noexcept {
        const auto out = rest_.substr(0, size);
        rest_.remove_prefix(out.size());
        return out;
    }
    void skip_what_says_nothing() noexcept {
        while (!rest_.empty()) {
            if (spaces.contains(rest_[0])) {
                take(1);
            } else if (rest_.starts_with("//")) {
                take(std::min(rest_.find('\n'), rest_.size()));
            } else if (rest_.starts_with("/*")) {
                const auto end = rest_.find("*/", 2);
                take(end == std::string_view::npos ? rest_.size() : end + 2);
            } else {
                return;
            }
        }
    }
    /// With its quotes; to the end of the line when the second one is missing.
    [[nodiscard]] std::size_t literal_size() const noexcept {
        for (std::size_t i = 1; i < rest_.size(); ++i) {
            if (rest_[i] == '\\') {
                ++i;
            } else if (rest_[i] == rest_[0]) {
                return i + 1;
            } else if (rest_[i] == '\n') {
                return i;
            }
        }
        return rest_.size();
    }

    std::string_view rest_;
};

struct Constant {
    std::string_view name;
    std::string value;
};

/// A number may have its digits in groups: 1_000. Anything else is shown in the error about it as it is.
std::string without_separators(std::string_view value) {
    std::string out{value};
    if (!value.empty() && value[0] >= '0' && value[0] <= '9') std::erase(out, '_');
    return out;
}

/// Of a statement `uint256 [private] constant NAME = VALUE`, whose last word may be a whole expression.
std::optional<Constant> constant_of(const std::vector<std::string_view>& statement) {
    if (statement.empty() || !(statement[0] == "uint256" || statement[0] == "uint")) return std::nullopt;
    bool is_constant = false;
    for (std::size_t i = 1; i + 2 < statement.size(); ++i) {
        const std::string_view word = statement[i];
        if (word == "constant") {
            is_constant = true;
        } else if (word != "private" && word != "internal" && word != "public") {
            if (!is_constant || statement[i + 1] != "=") return std::nullopt;
            Constant out{word, without_separators(statement[i + 2])};
            for (std::size_t k = i + 3; k < statement.size(); ++k) out.value += " " + std::string{statement[k]};
            return out;
        }
    }
    return std::nullopt;
}

template <class Point>
FileResult<Bytes> point(const std::string& name, Bytes bytes, const Result<Point>& decoded) {
    if (!decoded) return refused(name + ": " + std::string{decoded.error().message()});
    return bytes;
}

}  // namespace

bool looks_like_solidity(BytesView content) noexcept {
    if (looks_like_json(content)) return false;
    const std::string_view text = as_text(content);
    if (std::ranges::any_of(text, [](char c) { return c >= 0 && c < ' ' && !spaces.contains(c); })) return false;
    return text.contains("uint256") && text.contains("constant");
}

FileResult<SolidityConstants> SolidityConstants::parse(BytesView source) {
    // Names, a sign and a value; what is longer is another statement, or an expression that is no number.
    constexpr std::size_t words_max = 16;
    SolidityTokens tokens{as_text(source)};
    auto members = nlohmann::json::object();
    std::vector<std::string_view> statement;
    for (std::string_view token = tokens.next(); !token.empty(); token = tokens.next()) {
        if (token != ";" && token != "{" && token != "}") {
            if (statement.size() < words_max) statement.push_back(token);
            continue;
        }
        const auto constant = token == ";" ? constant_of(statement) : std::nullopt;
        statement.clear();
        if (!constant) continue;
        const auto [at, is_new] = members.emplace(constant->name, constant->value);
        if (!is_new && *at != constant->value) {
            return unusable(std::string{constant->name} + ": expected one value, got " + at->get<std::string>() +
                            " and " + constant->value + ": has the file more than one verifier?");
        }
    }
    return SolidityConstants{std::move(members)};
}

SolidityConstants SolidityConstants::of_json(nlohmann::json object) noexcept {
    return SolidityConstants{std::move(object)};
}

bool SolidityConstants::has(std::string_view name) const {
    return members_.is_object() && members_.contains(name);
}

FileResult<Bytes> SolidityConstants::word(const std::string& name) const {
    ENSHRINE_TRY(const auto field, (JsonField{members_, ""}.member(name.c_str())));
    return field.number(Hash32::size_bytes);
}

FileResult<std::uint64_t> SolidityConstants::number(const std::string& name, std::uint64_t most) const {
    ENSHRINE_TRY(const auto bytes, word(name));
    const U256 value = U256::from_be(bytes);
    if (U256{most} < value) {
        return refused(name + ": expected at most " + std::to_string(most) + ", got " + codec::format_decimal(value));
    }
    return value.low_u64();
}

FileResult<void> SolidityConstants::check(const std::string& name, const U256& expected) const {
    ENSHRINE_TRY(const auto bytes, word(name));
    if (const U256 value = U256::from_be(bytes); value != expected) {
        return refused(name + ": expected " + codec::format_decimal(expected) + ", got " +
                       codec::format_decimal(value));
    }
    return {};
}

FileResult<void> SolidityConstants::check_curve(const std::string& modulus, const std::string& order) const {
    using algebra::bn254::Fp;
    ENSHRINE_CHECK(check(modulus, {Fp::modulus[3], Fp::modulus[2], Fp::modulus[1], Fp::modulus[0]}));
    return check(order, Bn254::group_order);
}

FileResult<Bytes> SolidityConstants::coordinates(const std::string& name, std::span<const char* const> endings) const {
    Bytes out;
    for (const char* ending : endings) {
        ENSHRINE_TRY(const auto coordinate, word(name + ending));
        append(out, coordinate);
    }
    return out;
}

FileResult<Bytes> SolidityConstants::g1(const std::string& name, const std::array<const char*, 2>& endings) const {
    ENSHRINE_TRY(Bytes out, coordinates(name, endings));
    const auto decoded = Bn254::decode_g1(out);
    return point(name, std::move(out), decoded);
}

FileResult<Bytes> SolidityConstants::g2(const std::string& name, const std::array<const char*, 4>& endings) const {
    ENSHRINE_TRY(Bytes out, coordinates(name, endings));
    const auto decoded = Bn254::decode_g2(out);
    return point(name, std::move(out), decoded);
}

}  // namespace enshrine::prover_files
