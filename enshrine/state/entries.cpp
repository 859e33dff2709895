// SPDX-License-Identifier: Apache-2.0
#include <enshrine/state/entries.hpp>

#include <enshrine/codec/binary.hpp>

namespace enshrine::state {

const ErrorDomain& error_domain(EntriesError) noexcept {
    static constexpr ErrorDomain domain{
        "state_entries", [](std::uint16_t code) noexcept -> std::string_view {
            switch (EntriesError{code}) {
                case EntriesError::key_size: return "a key has 1 to 96 bytes";
                case EntriesError::keys_not_ascending: return "keys are not strictly ascending";
                case EntriesError::value_too_large: return "a value has more than 4096 bytes";
                case EntriesError::value_empty: return "a value is empty";
            }
            return "unknown state entries error";
        }};
    return domain;
}

Bytes encode_entries(const std::map<Key, Bytes>& entries) {
    codec::BinaryWriter out;
    out.u32(narrow<std::uint32_t>(entries.size()));
    for (const auto& [key, value] : entries) out.variable(key.bytes()).variable(value);
    return out.take();
}

Result<std::map<Key, Bytes>> decode_entries(BytesView bytes) {
    codec::BinaryReader in{bytes};
    ENSHRINE_TRY(const auto count, in.u32());
    std::map<Key, Bytes> entries;
    for (std::uint32_t i = 0; i < count; ++i) {
        ENSHRINE_TRY(const auto key_bytes, in.variable(bytes.size()));
        ENSHRINE_TRY(const auto value, in.variable(bytes.size()));
        if (key_bytes.empty() || key_bytes.size() > key_bytes_max) return fail(EntriesError::key_size);
        if (value.empty()) return fail(EntriesError::value_empty);
        if (value.size() > entry_value_bytes_max) return fail(EntriesError::value_too_large);
        const Key key = Key::from_bytes(key_bytes);
        if (!entries.empty() && !(entries.rbegin()->first < key)) return fail(EntriesError::keys_not_ascending);
        entries.emplace_hint(entries.end(), key, to_bytes(value));
    }
    ENSHRINE_CHECK(in.finish());
    return entries;
}

}  // namespace enshrine::state
