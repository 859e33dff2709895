// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// The host tool of a rollup program: `NAME_tool NAME ROLLUP_ID L1_CHAIN_ID FOLDER` writes NAME.genesis (entries of the
// first state, as a registration takes them), NAME.genesis_root (its root, hex), the Solidity interface and NAME.abi.json, and prints the root.
#include <enshrine/codec/hex.hpp>
#include <enshrine/system/abi_generation.hpp>

#include <sdk/guest/host/genesis_file.hpp>

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

extern "C" const enshrine::guest::Program* enshrine_rollup_program();

namespace {

using namespace enshrine;

bool write_file(const std::filesystem::path& path, std::string_view content) {
    std::ofstream file{path, std::ios::binary};
    file << content;
    file.close();
    return file.good();
}

bool parse_number(std::string_view text, std::uint64_t& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

int main(int argument_count, char** arguments) {
    std::uint64_t rollup_id = 0;
    std::uint64_t l1_chain_id = 0;
    if (argument_count != 5 || !parse_number(arguments[2], rollup_id) || !parse_number(arguments[3], l1_chain_id)) {
        std::fprintf(stderr, "usage: %s NAME ROLLUP_ID L1_CHAIN_ID FOLDER\n", arguments[0]);
        return 2;
    }
    const std::string name = arguments[1];
    const std::filesystem::path folder = arguments[4];
    const guest::Program& program = *enshrine_rollup_program();

    const guest::GenesisState genesis = guest::make_genesis(program, rollup_id, l1_chain_id);
    const std::string root = codec::format_hex(genesis.root.view());
    const auto description = system::describe(*program.interface);
    const bool written =
        write_file(folder / (name + ".genesis_root"), root + "\n") &&
        write_file(folder / (name + ".abi.json"), system::abi_json(description)) &&
        write_file(folder / (std::string{description.name} + ".sol"), system::solidity_interface(description)) &&
        write_file(folder / (name + ".genesis"), as_text(genesis.entries));
    if (!written) {
        std::fprintf(stderr, "cannot write to %s\n", folder.c_str());
        return 1;
    }
    std::printf("%s %s\n", name.c_str(), root.c_str());
    return 0;
}
