// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>

#include <cstdio>
#include <cstdlib>

namespace enshrine {

void assertion_failed(const char* expression, const char* file, int line) noexcept {
    std::fprintf(stderr, "enshrine: assertion failed: %s (%s:%d)\n", expression, file, line);
    std::abort();
}

}  // namespace enshrine
