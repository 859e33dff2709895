// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rollup_registry/policy.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace enshrine::rollup_registry {
namespace {

constexpr std::uint8_t native_code = 0;
constexpr std::uint8_t validity_code = 1;
constexpr std::uint8_t joint_bit = 0x80;
constexpr std::uint8_t methods_mask = 0x0f;
constexpr unsigned threshold_shift = 4;
constexpr std::uint8_t threshold_mask = 0x07;

struct Named {
    std::uint8_t code;
    std::string_view name;
};
/// Every policy without a reserved method [POLICY.1].
constexpr std::array policies{
    Named{native_code, "native"},
    Named{validity_code, "validity"},
    Named{0x93, "1-of-2(native, validity)"},
    Named{0xa3, "2-of-2(native, validity)"},
};

const Named* find(std::uint64_t code) noexcept {
    const auto found = std::ranges::find(policies, code, &Named::code);
    return found == policies.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_text(Method method) noexcept {
    switch (method) {
        case Method::native:
            return "native";
        case Method::validity:
            return "validity";
    }
    return {};
}

std::optional<SettlementPolicy> SettlementPolicy::from_code(std::uint64_t code) noexcept {
    const Named* const found = find(code);
    if (found == nullptr) return std::nullopt;
    return SettlementPolicy{found->code};
}

bool SettlementPolicy::joint() const noexcept {
    return (code_ & joint_bit) != 0;
}

std::uint8_t SettlementPolicy::methods() const noexcept {
    if (joint()) return code_ & methods_mask;
    return std::to_underlying(code_ == native_code ? Method::native : Method::validity);
}

bool SettlementPolicy::names(Method method) const noexcept {
    return (methods() & std::to_underlying(method)) != 0;
}

unsigned SettlementPolicy::threshold() const noexcept {
    return joint() ? (code_ >> threshold_shift) & threshold_mask : 1U;
}

std::string_view to_text(SettlementPolicy policy) noexcept {
    return find(policy.code())->name;
}

}  // namespace enshrine::rollup_registry
