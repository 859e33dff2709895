// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/vm/witness.hpp>

namespace enshrine::vm {
namespace {

constexpr std::size_t count_bytes = 4;
constexpr std::size_t size_bytes = 2;

std::string_view message(std::uint16_t code) noexcept {
    switch (static_cast<WitnessError>(code)) {
        case WitnessError::too_large:
            return "the witness is larger than 8 MiB";
        case WitnessError::malformed:
            return "the witness is truncated or has trailing bytes";
        case WitnessError::item_too_large:
            return "a preimage is larger than 4,096 bytes";
        case WitnessError::witness_mismatch:
            return "an item is not the preimage that the program asked for";
        case WitnessError::witness_truncated:
            return "the program asked for more preimages than the witness holds";
        case WitnessError::witness_trailing:
            return "the program did not ask for all preimages";
    }
    return "unknown witness error";
}

template <std::unsigned_integral T>
void append_be(Bytes& out, T value) {
    Byte encoded[sizeof(T)];
    store_be(encoded, value);
    append(out, encoded);
}

}  // namespace

const ErrorDomain& error_domain(WitnessError) noexcept {
    static constexpr ErrorDomain domain{"vm.witness", message};
    return domain;
}

void Witness::append(BytesView preimage) {
    ENSHRINE_ASSERT(preimage.size() <= reveal_bytes_max);
    enshrine::append(content_, preimage);
    ends_.push_back(content_.size());
}

BytesView Witness::item(std::size_t i) const noexcept {
    ENSHRINE_ASSERT(i < ends_.size());
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return BytesView{content_}.subspan(begin, ends_[i] - begin);
}

Bytes Witness::encode() const {
    Bytes out;
    out.reserve(encoded_size());
    append_be(out, narrow<std::uint32_t>(size()));
    for (std::size_t i = 0; i < size(); ++i) {
        append_be(out, narrow<std::uint16_t>(item(i).size()));
        enshrine::append(out, item(i));
    }
    return out;
}

std::size_t Witness::encoded_size() const noexcept {
    return count_bytes + size_bytes * size() + content_.size();
}

Result<Witness> Witness::decode(BytesView bytes) {
    if (bytes.size() > witness_bytes_max) return fail(WitnessError::too_large);
    if (bytes.size() < count_bytes) return fail(WitnessError::malformed);
    const auto count = load_be<std::uint32_t>(bytes.data());
    BytesView rest = bytes.subspan(count_bytes);
    if (count > rest.size() / size_bytes) return fail(WitnessError::malformed);
    Witness out;
    out.ends_.reserve(count);
    out.content_.reserve(rest.size() - count * size_bytes);
    for (std::uint32_t i = 0; i < count; ++i) {
        if (rest.size() < size_bytes) return fail(WitnessError::malformed);
        const auto size = load_be<std::uint16_t>(rest.data());
        rest = rest.subspan(size_bytes);
        if (size > reveal_bytes_max) return fail(WitnessError::item_too_large);
        if (size > rest.size()) return fail(WitnessError::malformed);
        out.append(rest.first(size));
        rest = rest.subspan(size);
    }
    if (!rest.empty()) return fail(WitnessError::malformed);
    return out;
}

}  // namespace enshrine::vm
