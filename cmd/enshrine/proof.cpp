// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine proof`: proofs of provers, judged as the L1 judges them, without a chain.
#include <enshrine/codec/hex.hpp>
#include <enshrine/proofs/verify.hpp>

#include <cmd/enshrine/judge_proof.hpp>
#include <cmd/enshrine/proof_chain.hpp>
#include <cmd/enshrine/proof_keys.hpp>
#include <cmd/enshrine/proof_setup.hpp>

namespace enshrine::cli {
namespace {

/// Of keys that no chain registers, why [PKIND.6].
std::optional<std::string> warning_about(const ProofKey& key) {
    const auto known = proofs::AnyKey::decode(key.bytes());
    if (!known) return std::nullopt;
    const auto sound = known->check_sound();
    if (sound) return std::nullopt;
    return fmt::format("IProofVerifier takes no such key: {}", sound.error().message());
}

Json describe(const ProofOptions& options, const ProofKey& key) {
    Json out{{"kind", options.kind}};
    for (const KeyFact& fact : key.facts()) out[std::string{fact.name}] = fact.value;
    out["keyId"] = codec::format_hex(key.id().view());
    if (const auto warning = warning_about(key)) out["warning"] = *warning;
    return out;
}

std::string describe_in_text(const ProofOptions& options, const ProofKey& key, const Json& described) {
    std::string out = fmt::format("{:<14} {}\n", "kind", options.kind);
    for (const KeyFact& fact : key.facts()) {
        const std::string value = fact.value.is_string() ? fact.value.get<std::string>() : fact.value.dump();
        out += fmt::format("{:<14} {}\n", fact.label, value);
    }
    out += fmt::format("{:<14} {} ({} bytes)\n", "key", codec::format_hex(key.id().view()), key.bytes().size());
    if (described.contains("warning")) {
        out += fmt::format("{:<14} {}\n", "warning", described["warning"].get<std::string>());
    }
    return out;
}

CliResult<Report> verify(const ProofOptions& options) {
    auto result = judge_proof(options);
    if (!result) {
        if (result.error().status == exit_refused) result.error().details = {{"accepted", false}};
        return std::unexpected{std::move(result).error()};
    }
    const JudgedProof& judged = *result;
    Json out = describe(options, *judged.key);
    std::string text =
        fmt::format("accepted in {:.2f} ms\n{}", judged.elapsed.count(), describe_in_text(options, *judged.key, out));
    out["accepted"] = true;
    out["milliseconds"] = judged.elapsed.count();
    return Report{.json = std::move(out), .text = std::move(text)};
}

CliResult<Report> inspect(const ProofOptions& options) {
    ENSHRINE_TRY(const auto key, load_proof_key(options));
    Json out = describe(options, *key);
    std::string text = describe_in_text(options, *key, out);
    out["key"] = codec::format_hex(key->bytes());
    return Report{.json = std::move(out), .text = std::move(text)};
}

}  // namespace

void add_proof_options(CLI::App& command, ProofOptions& options) {
    command.add_option("--kind", options.kind, "proof system: " + proof_kind_names())->required();
    command
        .add_option("--commitment-hash", options.commitment_hash,
                    "challenge of gnark's commitment: sha256 (gnark's own) or keccak256 (its Solidity export)")
        ->check(CLI::IsMember({"sha256", "keccak256"}))
        ->capture_default_str();
    command
        .add_option("--honk-flavour", options.honk_flavour, "of an UltraHonk key in bb's form, which does not say it")
        ->check(CLI::IsMember({"plain", "zk"}))
        ->capture_default_str();
    command.add_option("--srs-g2", options.srs_point,
                       "file with the [x]_2 of an UltraHonk key in bb's form (default: that of Aztec's ceremony)");
}

void add_proof(CLI::App& app, Session& session) {
    CLI::App& group = add_group(app, "proof", "judge proofs of circom, gnark and others as the L1 does");

    auto options = std::make_shared<ProofOptions>();
    CLI::App& verifying = add_command(group, session, "verify", "say whether a proof holds for its public inputs",
                                      [options] { return verify(*options); });
    add_proof_options(verifying, *options);
    verifying.add_option("--vk", options->key, "verifying key");
    verifying.add_option("--proof", options->proof, "proof")->required();
    verifying.add_option("--public", options->inputs, "public inputs");
    verifying.footer(
        "Files are read as their provers write them: JSON of snarkjs and rapidsnark, JSON of gnark and UPA, binaries "
        "of\n"
        "gnark (compressed points of WriteTo or uncompressed ones of WriteRawTo, as bytes or in hex), files of Aztec's "
        "bb\n"
        "(binary, hex or JSON), fixtures of SP1 and receipts of RISC Zero (JSON, which --proof alone may name). A key\n"
        "of Groth16 or of gnark's PLONK may be a verifier of Solidity that gnark or snarkjs has exported, or its\n"
        "constants as JSON. Rules of each kind: docs/spec/proofs/.\n"
        "Exit status: 0 accepted, 1 refused (the reason is printed), 2 a file cannot be used.");

    auto shown = std::make_shared<ProofOptions>();
    CLI::App& inspecting = add_command(group, session, "inspect", "check a verifying key and show what it is for",
                                       [shown] { return inspect(*shown); });
    add_proof_options(inspecting, *shown);
    inspecting.add_option("vk", shown->key, "verifying key")->required();
    inspecting.footer("With --json also its canonical bytes.");
    add_development_setup(group, session);
    add_proof_on_chain(group, session);
    add_proof_keys(group, session);
}

}  // namespace enshrine::cli
