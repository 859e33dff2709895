// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine proof`: proofs of provers, judged as the L1 judges them, without a chain.
#include <enshrine/codec/hex.hpp>
#include <enshrine/proofs/snark/curves.hpp>
#include <enshrine/proofs/snark/snark_error.hpp>

#include <cmd/enshrine/proof.hpp>
#include <cmd/enshrine/proof_chain.hpp>
#include <cmd/enshrine/proof_kinds.hpp>
#include <cmd/enshrine/proof_setup.hpp>

#include <algorithm>
#include <chrono>

namespace enshrine::cli {
namespace {

std::string kind_names() {
    std::string out;
    for (const ProofKind& kind : proof_kinds()) out += fmt::format("{}{}", out.empty() ? "" : ", ", kind.name);
    return out;
}

CliResult<const ProofKind*> find_kind(const ProofOptions& options) {
    const auto kinds = proof_kinds();
    const auto kind = std::ranges::find(kinds, options.kind, &ProofKind::name);
    if (kind == kinds.end()) {
        return bad_usage(fmt::format("--kind: expected one of {}, got \"{}\"", kind_names(), options.kind));
    }
    return &*kind;
}

/// What is not given is in the file of the proof, where the kind has such files.
CliResult<ProofOptions> with_defaults(const ProofKind& kind, ProofOptions options) {
    for (const auto& [name, path] : {std::pair{"--vk", &options.key}, {"--public", &options.inputs}}) {
        if (!path->empty()) continue;
        if (!kind.one_file) return bad_usage(fmt::format("{} is required for proofs of {}", name, kind.name));
        *path = options.proof;
    }
    return options;
}

Json describe(const ProofOptions& options, const ProofKey& key) {
    Json out{{"kind", options.kind}};
    for (const KeyFact& fact : key.facts()) out[std::string{fact.name}] = fact.value;
    out["keyId"] = codec::format_hex(key.id().view());
    return out;
}

std::string describe_in_text(const ProofOptions& options, const ProofKey& key) {
    std::string out = fmt::format("{:<14} {}\n", "kind", options.kind);
    for (const KeyFact& fact : key.facts()) {
        const std::string value = fact.value.is_string() ? fact.value.get<std::string>() : fact.value.dump();
        out += fmt::format("{:<14} {}\n", fact.label, value);
    }
    return out + fmt::format("{:<14} {} ({} bytes)\n", "key", codec::format_hex(key.id().view()), key.bytes().size());
}

const KeyFact* find_fact(const std::vector<KeyFact>& facts, std::string_view name) {
    const auto found = std::ranges::find(facts, name, &KeyFact::name);
    return found == facts.end() ? nullptr : &*found;
}

/// The reason of a refusal, with the numbers that a reader of the files can check.
std::string reason_in_full(const Error& error, const ProofKey& key, const ProofOptions& options) {
    std::string reason{error.message()};
    const bool wrong_count = error.is(proofs::SnarkError::wrong_input_count);
    if (!wrong_count && !error.is(proofs::SnarkError::input_not_below_order)) return reason;
    const auto facts = key.facts();
    const KeyFact* const count = find_fact(facts, "publicInputs");
    const KeyFact* const curve = find_fact(facts, "curve");
    const auto claim = key.load_chain_claim(options);
    if (!claim) return reason;
    if (wrong_count) {
        return count == nullptr
                   ? reason
                   : fmt::format("{}: expected {}, got {}", reason, count->value.dump(), claim->inputs.size());
    }
    const bool on_bls = curve != nullptr && curve->value == curve_name(proofs::Curve::bls12_381);
    const U256& order = on_bls ? proofs::Bls12381::group_order : proofs::Bn254::group_order;
    const auto at = std::ranges::find_if(claim->inputs, [&](const U256& input) { return !(input < order); });
    if (at == claim->inputs.end()) return reason;
    return fmt::format("{}: input {} is {}, expected less than {}", reason, at - claim->inputs.begin(),
                       codec::format_decimal(*at), codec::format_decimal(order));
}

CliResult<Report> verify(const ProofOptions& given) {
    ENSHRINE_TRY(const auto* kind, find_kind(given));
    ENSHRINE_TRY(const auto options, with_defaults(*kind, given));
    ENSHRINE_TRY(const auto key, kind->load_key(options));
    ENSHRINE_TRY(const auto claim, key->load_claim(options));
    const auto started = std::chrono::steady_clock::now();
    const auto verdict = claim();
    const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - started;
    if (!verdict) return refused(reason_in_full(verdict.error(), *key, options));
    Json out = describe(options, *key);
    out["accepted"] = true;
    out["milliseconds"] = elapsed.count();
    return Report{.json = std::move(out),
                  .text = fmt::format("accepted in {:.2f} ms\n{}", elapsed.count(), describe_in_text(options, *key))};
}

CliResult<Report> inspect(const ProofOptions& options) {
    ENSHRINE_TRY(const auto* kind, find_kind(options));
    ENSHRINE_TRY(const auto key, kind->load_key(options));
    Json out = describe(options, *key);
    out["key"] = codec::format_hex(key->bytes());
    return Report{.json = std::move(out), .text = describe_in_text(options, *key)};
}

}  // namespace

void add_proof_options(CLI::App& command, ProofOptions& options) {
    command.add_option("--kind", options.kind, "proof system: " + kind_names())->required();
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

CliResult<ChainClaim> program_claim(BytesView values, Bytes proof) {
    if (values.size() != Hash32::size_bytes) {
        return refused(fmt::format(
            "IProofVerifier takes programs that commit to 32 bytes, this one has committed to {}", values.size()));
    }
    const std::size_t half = values.size() / 2;
    return ChainClaim{.inputs = {U256::from_be(values.first(half)), U256::from_be(values.last(half))},
                      .proof = std::move(proof)};
}

Failure proof_file_failure(const std::string& path, const prover_files::FileError& error) {
    const bool unusable = error.kind == prover_files::FileError::Kind::unusable;
    return Failure{unusable ? exit_usage : exit_refused, fmt::format("{}: {}", path, error.message), {}};
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
        "gnark (raw or in hex), files of Aztec's bb (binary, hex or JSON), fixtures of SP1 and receipts of RISC Zero\n"
        "(JSON, which --proof alone may name). Rules of each kind: docs/spec/proofs/.\n"
        "Exit status: 0 accepted, 1 refused (the reason is printed), 2 a file cannot be used.");

    auto shown = std::make_shared<ProofOptions>();
    CLI::App& inspecting = add_command(group, session, "inspect", "check a verifying key and show what it is for",
                                       [shown] { return inspect(*shown); });
    add_proof_options(inspecting, *shown);
    inspecting.add_option("vk", shown->key, "verifying key")->required();
    inspecting.footer("With --json also its canonical bytes.");
    add_development_setup(group, session);
    add_proof_on_chain(group, session);
}

}  // namespace enshrine::cli
