// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/integer.hpp>

namespace enshrine {

const ErrorDomain& error_domain(IntegerError) noexcept {
    static constexpr ErrorDomain domain{"integer", [](std::uint16_t code) noexcept -> std::string_view {
                                            switch (IntegerError{code}) {
                                                case IntegerError::overflow: return "integer overflow";
                                                case IntegerError::underflow: return "integer underflow";
                                                case IntegerError::out_of_range: return "integer out of range";
                                            }
                                            return "unknown integer error";
                                        }};
    return domain;
}

}  // namespace enshrine
