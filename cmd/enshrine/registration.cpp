// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/codec/abi.hpp>
#include <enshrine/rollup_registry/interface.hpp>
#include <enshrine/rollup_registry/params.hpp>

#include <cmd/enshrine/registration.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace enshrine::cli {
namespace {

constexpr std::size_t genesis_bytes_max = 16 * 1024 * 1024;

/// The declaration as the chain dispatches by it.
std::string_view register_declaration() {
    const auto& methods = rollup_registry::contract().methods;
    return std::ranges::find_if(methods, [](const auto& method) { return method.declaration.starts_with("register("); })
        ->declaration;
}

}  // namespace

CliResult<BuiltRollup> read_built_rollup(const std::filesystem::path& elf) {
    BuiltRollup out;
    auto program = read_file(elf, rollup_registry::program_bytes_max);
    if (!program) return std::unexpected{program.error()};
    out.program = *std::move(program);
    auto genesis = read_file(std::filesystem::path{elf}.replace_extension(".genesis"), genesis_bytes_max);
    if (!genesis) return std::unexpected{genesis.error()};
    out.genesis = *std::move(genesis);
    return out;
}

Bytes encode_registration(const Registration& registration, const BuiltRollup& built) {
    constexpr std::uint64_t native_policy = 0;
    codec::abi::Encoder arguments{6};
    arguments.u64(registration.rollup);
    arguments.bytes(built.program);
    arguments.bytes(built.genesis);
    arguments.address(registration.sequencer);
    arguments.u64(native_policy);
    arguments.bytes(as_bytes(registration.name));
    return arguments.finish_call(codec::abi::selector(register_declaration()));
}

}  // namespace enshrine::cli
