// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/integer.hpp>
#include <enshrine/vm/arguments.hpp>

#include <algorithm>

namespace enshrine::vm {
namespace {

constexpr std::size_t argument_page_bytes = 4096;

std::string_view message(std::uint16_t code) noexcept {
    switch (static_cast<ArgumentsError>(code)) {
        case ArgumentsError::wrong_size:
            return "an argument page has 4,096 bytes";
        case ArgumentsError::unknown_abi_version:
            return "unknown version of the program interface";
        case ArgumentsError::unknown_mode:
            return "unknown run mode";
        case ArgumentsError::padding_not_zero:
            return "bytes behind the last argument";
        case ArgumentsError::bad_payload_status:
            return "the payload status is neither 0 nor 1";
    }
    return "unknown arguments error";
}

/// Fields one behind the other, in the order of the specification's table.
class FieldWriter {
public:
    explicit FieldWriter(Byte* at) noexcept : at_{at} {}
    void u64(std::uint64_t value) noexcept {
        store_be(at_, value);
        at_ += sizeof value;
    }
    void hash(const Hash32& value) noexcept {
        std::ranges::copy(value, at_);
        at_ += Hash32::size();
    }

private:
    Byte* at_;
};

class FieldReader {
public:
    explicit FieldReader(BytesView page) noexcept : rest_{page} {}
    [[nodiscard]] std::uint64_t u64() noexcept {
        const auto value = load_be<std::uint64_t>(rest_.data());
        rest_ = rest_.subspan(sizeof value);
        return value;
    }
    [[nodiscard]] Hash32 hash() noexcept {
        const Hash32 value = Hash32::from(rest_.first(Hash32::size()));
        rest_ = rest_.subspan(Hash32::size());
        return value;
    }
    [[nodiscard]] BytesView rest() const noexcept { return rest_; }

private:
    BytesView rest_;
};

}  // namespace

const ErrorDomain& error_domain(ArgumentsError) noexcept {
    static constexpr ErrorDomain domain{"vm.arguments", message};
    return domain;
}

Bytes ProgramArguments::encode() const {
    Bytes page(argument_page_bytes);
    FieldWriter out{page.data()};
    out.u64(abi_version);
    out.u64(std::to_underlying(mode));
    out.u64(rollup_id);
    out.hash(previous_state_root);
    out.hash(inbox_start);
    out.hash(inbox_end);
    out.u64(inbox_first);
    out.u64(inbox_count);
    out.hash(batch_hash);
    out.u64(batch_sequence);
    out.u64(l1_height);
    out.u64(l1_timestamp);
    out.u64(weight_max);
    out.u64(payload_void ? 1 : 0);
    return page;
}

Result<ProgramArguments> ProgramArguments::decode(BytesView page) noexcept {
    if (page.size() != argument_page_bytes) return fail(ArgumentsError::wrong_size);
    FieldReader in{page};
    if (in.u64() != abi_version) return fail(ArgumentsError::unknown_abi_version);
    const std::uint64_t mode = in.u64();
    if (mode != std::to_underlying(RunMode::batch) && mode != std::to_underlying(RunMode::view)) {
        return fail(ArgumentsError::unknown_mode);
    }
    ProgramArguments out;
    out.mode = static_cast<RunMode>(mode);
    out.rollup_id = in.u64();
    out.previous_state_root = in.hash();
    out.inbox_start = in.hash();
    out.inbox_end = in.hash();
    out.inbox_first = in.u64();
    out.inbox_count = in.u64();
    out.batch_hash = in.hash();
    out.batch_sequence = in.u64();
    out.l1_height = in.u64();
    out.l1_timestamp = in.u64();
    out.weight_max = in.u64();
    const std::uint64_t payload_status = in.u64();
    if (payload_status > 1) return fail(ArgumentsError::bad_payload_status);
    out.payload_void = payload_status == 1;
    if (std::ranges::any_of(in.rest(), [](Byte b) { return b != 0; })) return fail(ArgumentsError::padding_not_zero);
    return out;
}

}  // namespace enshrine::vm
