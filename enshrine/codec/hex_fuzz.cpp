// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/hex.hpp>

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_digits(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    using namespace enshrine::codec;
    const std::string_view text = as_text(BytesView{data, size});
    const std::string prefixed = text.starts_with("0x") ? std::string{text} : "0x" + std::string{text};
    if (const auto bytes = parse_hex(text)) ENSHRINE_ASSERT(same_digits(format_hex(*bytes), prefixed));
    if (const auto value = parse_quantity(text)) ENSHRINE_ASSERT(same_digits(format_quantity(*value), text));
    if (const auto value = parse_quantity_u64(text)) ENSHRINE_ASSERT(same_digits(format_quantity(*value), text));
    if (const auto value = parse_decimal(text)) ENSHRINE_ASSERT(format_decimal(*value) == text);
    if (const auto address = parse_address(text)) {
        ENSHRINE_ASSERT(same_digits(format_address(*address), prefixed));
        ENSHRINE_ASSERT(parse_address(format_address(*address)) == *address);
    }
    return 0;
}
