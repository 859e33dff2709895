// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Our verdicts on many proofs in one process, as `enshrine proof verify` gives them one by one: for oracles that
// compare them with those of the provers' own verifiers. Reads lines from standard input
//
//   KIND VK PROOF PUBLIC [OPTION=VALUE …]
//
// with the words of the command line: KIND as for --kind, then paths, "-" for one that is not given (fixtures of SP1
// and receipts of RISC Zero hold all three), then the options commitment-hash, honk-flavour and srs-g2. Answers each
// with a line, flushed, so that a program at the other end of a pipe can wait for it:
//
//   accepted
//   refused: REASON
//   unusable: REASON
//
// A line that is not of that form ends the process with status 2.
#include <cmd/enshrine/judge_proof.hpp>
#include <fmt/ostream.h>

#include <algorithm>
#include <iostream>
#include <sstream>

namespace {

using namespace enshrine;
using cli::ProofOptions;

std::string path_of(const std::string& word) {
    return word == "-" ? std::string{} : word;
}

cli::CliResult<void> set_option(ProofOptions& options, const std::string& word) {
    const auto equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const std::string value = equals == std::string::npos ? std::string{} : word.substr(equals + 1);
    const auto one_of = [&](std::string& option, std::initializer_list<std::string_view> values) {
        option = value;
        return std::ranges::find(values, value) != values.end();
    };
    if (name == "commitment-hash" && one_of(options.commitment_hash, {"sha256", "keccak256"})) return {};
    if (name == "honk-flavour" && one_of(options.honk_flavour, {"plain", "zk"})) return {};
    if (name == "srs-g2" && !value.empty()) {
        options.srs_point = value;
        return {};
    }
    return cli::bad_usage(fmt::format(
        "expected commitment-hash=sha256|keccak256, honk-flavour=plain|zk or srs-g2=FILE, got \"{}\"", word));
}

cli::CliResult<ProofOptions> parse_line(const std::string& line) {
    std::istringstream stream{line};
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    if (words.size() < 4) return cli::bad_usage(fmt::format("expected KIND VK PROOF PUBLIC, got \"{}\"", line));
    ProofOptions options;
    options.kind = words[0];
    options.key = path_of(words[1]);
    options.proof = path_of(words[2]);
    options.inputs = path_of(words[3]);
    for (std::size_t i = 4; i < words.size(); ++i) ENSHRINE_CHECK(set_option(options, words[i]));
    ENSHRINE_TRY([[maybe_unused]] const auto* kind, cli::find_proof_kind(options));
    return options;
}

std::string verdict(const ProofOptions& options) {
    const auto judged = cli::judge_proof(options);
    if (judged) return "accepted";
    std::string reason = judged.error().message;
    std::ranges::replace(reason, '\n', ' ');
    return fmt::format("{}: {}", judged.error().status == cli::exit_usage ? "unusable" : "refused", reason);
}

}  // namespace

int main() {
    std::size_t number = 0;
    for (std::string line; std::getline(std::cin, line);) {
        ++number;
        const auto options = parse_line(line);
        if (!options) {
            fmt::print(std::cerr, "proof_verdicts: line {}: {}\n", number, options.error().message);
            return cli::exit_usage;
        }
        std::cout << verdict(*options) << std::endl;
    }
    return cli::exit_done;
}
