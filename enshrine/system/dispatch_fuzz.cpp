// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/system/well_formed.hpp>

namespace {

using namespace enshrine;

struct FuzzContext {
    Amount value;
    bool read_only = false;
    [[nodiscard]] bool charge(std::uint64_t) noexcept { return true; }
    [[nodiscard]] std::uint64_t gas_limit() const noexcept { return 0; }
};

/// Reads every argument through its accessor and gives the static ones back.
system::CallResult echo(FuzzContext&, const codec::abi::Arguments& arguments) {
    codec::abi::Encoder out{4};
    out.u64(arguments.u64(0));
    out.address(arguments.address(1));
    out.bytes(arguments.bytes(2));
    std::vector<Hash32> words;
    for (std::size_t i = 0; i < arguments.array_size(3); ++i) words.push_back(arguments.array_word(3, i));
    out.words(words);
    return out.finish();
}
constexpr system::Method<FuzzContext> methods[] = {
    {"echo(uint64 a, address b, bytes c, bytes32[] d)", "", system::Mutability::payable, 1, &echo, ""}};
constexpr system::Interface<FuzzContext> table{"IEcho", "", Address{}, methods, {}, {}};
static_assert(system::well_formed(table));

}  // namespace

/// Input: arguments of echo(). Accepted arguments are canonical: encoding them again gives the input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input{data, size};
    Bytes calldata(4);
    store_be(calldata.data(), methods[0].selector());
    append(calldata, input);
    FuzzContext context;
    const auto result = system::dispatch(table, context, calldata);
    if (result) ENSHRINE_ASSERT(equal(*result, input));
    const auto raw = system::dispatch(table, context, input);
    ENSHRINE_ASSERT(raw.has_value() || raw.error().data.size() >= 4);
    return 0;
}
