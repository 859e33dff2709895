// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine proof`: proofs of provers, judged as the L1 judges them, without a chain.
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/groth16_files.hpp>

#include <cmd/enshrine/proof_setup.hpp>
#include <fmt/format.h>

#include <chrono>

namespace enshrine::cli {
namespace {

namespace groth16 = proofs::groth16;
using groth16::CommitmentHash;

struct Options {
    std::string kind;
    std::string key;
    std::string proof;
    std::string inputs;
    std::string commitment_hash = "sha256";
};

/// A file that cannot be used ends with 2; what is understood and refused is an answer, with 1.
Failure failure_of(const std::string& path, const prover_files::FileError& error) {
    const bool unusable = error.kind == prover_files::FileError::Kind::unusable;
    return Failure{unusable ? exit_usage : exit_refused, fmt::format("{}: {}", path, error.message), {}};
}

prover_files::KeyOptions key_options(const Options& options) {
    return {options.commitment_hash == "keccak256" ? CommitmentHash::keccak256 : CommitmentHash::sha256};
}

struct LoadedKey {
    groth16::VerifyingKey key;
    std::string_view form;
};

CliResult<LoadedKey> load_key(const Options& options) {
    const auto content = read_file(options.key, prover_files::file_bytes_max);
    if (!content) return std::unexpected{content.error()};
    const auto file = prover_files::read_groth16_key(*content, key_options(options));
    if (!file) return std::unexpected{failure_of(options.key, file.error())};
    auto key = groth16::VerifyingKey::decode(file->key);
    if (!key) return refused(fmt::format("{}: {}", options.key, key.error().message()));
    return LoadedKey{*std::move(key), file->form};
}

CliResult<Bytes> load_proof(const Options& options, const groth16::Header& header) {
    const auto content = read_file(options.proof, prover_files::file_bytes_max);
    if (!content) return std::unexpected{content.error()};
    auto proof = prover_files::read_groth16_proof(*content, header);
    if (!proof) return std::unexpected{failure_of(options.proof, proof.error())};
    return *std::move(proof);
}

CliResult<std::vector<U256>> load_inputs(const Options& options) {
    const auto content = read_file(options.inputs, prover_files::file_bytes_max);
    if (!content) return std::unexpected{content.error()};
    auto inputs = prover_files::read_public_inputs(*content);
    if (!inputs) return std::unexpected{failure_of(options.inputs, inputs.error())};
    return *std::move(inputs);
}

std::string_view to_text(proofs::Curve curve) {
    return curve == proofs::Curve::bn254 ? "bn254" : "bls12-381";
}
std::string_view to_text(CommitmentHash hash) {
    if (hash == CommitmentHash::none) return "none";
    return hash == CommitmentHash::keccak256 ? "keccak256" : "sha256";
}

Json describe(const LoadedKey& loaded) {
    const groth16::Header& header = loaded.key.header();
    return Json{{"kind", "groth16"},
                {"curve", to_text(header.curve)},
                {"publicInputs", header.input_count},
                {"commitment", to_text(header.commitment)},
                {"keyId", codec::format_hex(loaded.key.id().view())},
                {"form", loaded.form}};
}

CliResult<Report> verify(const Options& options) {
    const auto key = load_key(options);
    if (!key) return std::unexpected{key.error()};
    const auto proof = load_proof(options, key->key.header());
    if (!proof) return std::unexpected{proof.error()};
    const auto inputs = load_inputs(options);
    if (!inputs) return std::unexpected{inputs.error()};
    const auto started = std::chrono::steady_clock::now();
    const auto verdict = key->key.verify(*inputs, *proof);
    const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - started;
    if (!verdict) return refused(std::string{verdict.error().message()});
    Json out = describe(*key);
    out["accepted"] = true;
    out["milliseconds"] = elapsed.count();
    return Report{.json = std::move(out),
                  .text = fmt::format("accepted: groth16 on {}, {} public inputs, {:.2f} ms\nkey {}\n",
                                      to_text(key->key.header().curve), inputs->size(), elapsed.count(),
                                      codec::format_hex(key->key.id().view()))};
}

CliResult<Report> inspect(const Options& options) {
    const auto key = load_key(options);
    if (!key) return std::unexpected{key.error()};
    Json out = describe(*key);
    out["proofBytes"] = groth16::proof_bytes(key->key.header());
    out["key"] = codec::format_hex(key->key.bytes());
    const groth16::Header& header = key->key.header();
    return Report{
        .json = std::move(out),
        .text = fmt::format("kind           groth16\ncurve          {}\npublic inputs  {}\ncommitment     {}\n"
                            "file           {}\nkey            {} ({} bytes)\n",
                            to_text(header.curve), header.input_count, to_text(header.commitment), key->form,
                            codec::format_hex(key->key.id().view()), key->key.bytes().size())};
}

void add_common(CLI::App& command, Options& options) {
    command.add_option("--kind", options.kind, "proof system")->required()->check(CLI::IsMember({"groth16"}));
    command
        .add_option("--commitment-hash", options.commitment_hash,
                    "challenge of gnark's commitment: sha256 (gnark's own) or keccak256 (its Solidity export)")
        ->check(CLI::IsMember({"sha256", "keccak256"}))
        ->capture_default_str();
}

}  // namespace

void add_proof(CLI::App& app, Session& session) {
    CLI::App& group = add_group(app, "proof", "judge proofs of circom, gnark and others as the L1 does");

    auto options = std::make_shared<Options>();
    CLI::App& verifying = add_command(group, session, "verify", "say whether a proof holds for its public inputs",
                                      [options] { return verify(*options); });
    add_common(verifying, *options);
    verifying.add_option("--vk", options->key, "verifying key")->required();
    verifying.add_option("--proof", options->proof, "proof")->required();
    verifying.add_option("--public", options->inputs, "public inputs")->required();
    verifying.footer(
        "Files are read as their provers write them: JSON of snarkjs and rapidsnark, JSON of gnark and UPA, binaries "
        "of\n"
        "gnark (raw or in hex). Rules: docs/spec/proofs/groth16.md.\n"
        "Exit status: 0 accepted, 1 refused (the reason is printed), 2 a file cannot be used.");

    auto shown = std::make_shared<Options>();
    CLI::App& inspecting = add_command(group, session, "inspect", "check a verifying key and show what it is for",
                                       [shown] { return inspect(*shown); });
    add_common(inspecting, *shown);
    inspecting.add_option("vk", shown->key, "verifying key")->required();
    inspecting.footer("With --json also its canonical bytes.");
    add_development_setup(group, session);
}

}  // namespace enshrine::cli
