// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine da verify`: a proof against a commitment that is known from elsewhere.
#include <enshrine/codec/hex.hpp>

#include <cmd/enshrine/da_matrix.hpp>
#include <cmd/enshrine/da_proof.hpp>
#include <fmt/format.h>

namespace enshrine::cli {
namespace {

struct VerifyOptions {
    std::vector<std::string> files;
    std::string commitment;
};

CliResult<Report> run(const VerifyOptions& options) {
    ENSHRINE_TRY(const auto commitment, parse_commitment("--commitment", options.commitment));
    Json verified = Json::array();
    std::string text;
    for (const std::string& file : options.files) {
        ENSHRINE_TRY(const auto proof, read_da_proof(file));
        if (auto result = verify_da_proof(proof, commitment); !result) {
            result.error().message = fmt::format("{}: {}", file, result.error().message);
            return std::unexpected{std::move(result).error()};
        }
        verified.push_back({{"file", file}, {"proves", describe(proof)}});
        text += fmt::format("{}: {} verified\n", file, describe(proof));
    }
    return Report{.json = {{"valid", true},
                           {"commitment", codec::format_hex(commitment.bytes)},
                           {"verified", std::move(verified)}},
                  .text = std::move(text)};
}

}  // namespace

void add_da_verify(CLI::App& group, Session& session) {
    auto options = std::make_shared<VerifyOptions>();
    CLI::App& command = add_command(group, session, "verify", "verify proofs of `da prove` against a commitment",
                                    [options] { return run(*options); });
    command.add_option("proofs", options->files, "files of proofs")->required();
    command
        .add_option("--commitment", options->commitment,
                    "what the proofs have to be about, from a source that you trust: the commitment, or the versioned "
                    "hash of a blob")
        ->required();
}

}  // namespace enshrine::cli
