// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <expected>
#include <string_view>
#include <utility>

namespace enshrine {

/// Names a family of errors and turns its codes into text.
struct ErrorDomain {
    std::string_view name;
    std::string_view (*message)(std::uint16_t) noexcept;
};

template <class E>
concept ErrorEnum = requires(E e) {
    { error_domain(e) } -> std::same_as<const ErrorDomain&>;
};

/// Which rule failed. Diagnostic only: never part of consensus. 16 bytes, no allocation.
class [[nodiscard]] Error {
public:
    template <ErrorEnum E>
    constexpr Error(E e) noexcept : domain_{&error_domain(e)}, code_{std::to_underlying(e)} {}

    [[nodiscard]] constexpr std::string_view domain() const noexcept { return domain_->name; }
    [[nodiscard]] constexpr std::uint16_t code() const noexcept { return code_; }
    [[nodiscard]] constexpr std::string_view message() const noexcept { return domain_->message(code_); }

    template <ErrorEnum E>
    [[nodiscard]] constexpr bool is(E e) const noexcept {
        return domain_ == &error_domain(e) && code_ == std::to_underlying(e);
    }

private:
    const ErrorDomain* domain_;
    std::uint16_t code_;
};

template <class T>
using Result = std::expected<T, Error>;

template <ErrorEnum E>
[[nodiscard]] constexpr std::unexpected<Error> fail(E e) noexcept {
    return std::unexpected<Error>{Error{e}};
}

}  // namespace enshrine

#define ENSHRINE_CONCAT_INNER(a, b) a##b
#define ENSHRINE_CONCAT(a, b) ENSHRINE_CONCAT_INNER(a, b)
#define ENSHRINE_TRY_NAMED(tmp, decl, ...)                                          \
    auto tmp = (__VA_ARGS__);                                                       \
    if (!tmp) [[unlikely]]                                                          \
        return std::unexpected{std::move(tmp).error()};                             \
    decl = *std::move(tmp)
#define ENSHRINE_CHECK_NAMED(tmp, ...)                                              \
    if (auto tmp = (__VA_ARGS__); !tmp) [[unlikely]]                                \
    return std::unexpected{std::move(tmp).error()}

/// ENSHRINE_TRY(const auto x, f()): binds the value of a Result, or returns its error from the enclosing function.
#define ENSHRINE_TRY(decl, ...) ENSHRINE_TRY_NAMED(ENSHRINE_CONCAT(enshrine_try_, __COUNTER__), decl, __VA_ARGS__)
/// ENSHRINE_CHECK(f()): the same for Result<void>.
#define ENSHRINE_CHECK(...) ENSHRINE_CHECK_NAMED(ENSHRINE_CONCAT(enshrine_check_, __COUNTER__), __VA_ARGS__)
