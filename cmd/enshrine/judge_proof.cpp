// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/codec/hex.hpp>
#include <enshrine/proofs/snark/curves.hpp>
#include <enshrine/proofs/snark/snark_error.hpp>

#include <cmd/enshrine/judge_proof.hpp>

#include <algorithm>

namespace enshrine::cli {
namespace {

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

}  // namespace

std::string proof_kind_names() {
    std::string out;
    for (const ProofKind& kind : proof_kinds()) out += fmt::format("{}{}", out.empty() ? "" : ", ", kind.name);
    return out;
}

CliResult<const ProofKind*> find_proof_kind(const ProofOptions& options) {
    const auto kinds = proof_kinds();
    const auto kind = std::ranges::find(kinds, options.kind, &ProofKind::name);
    if (kind == kinds.end()) {
        return bad_usage(fmt::format("--kind: expected one of {}, got \"{}\"", proof_kind_names(), options.kind));
    }
    return &*kind;
}

CliResult<ProofOptions> with_defaults(ProofOptions options) {
    ENSHRINE_TRY(const auto* kind, find_proof_kind(options));
    for (const auto& [name, path] : {std::pair{"--vk", &options.key}, {"--public", &options.inputs}}) {
        if (!path->empty()) continue;
        if (!kind->one_file) return bad_usage(fmt::format("{} is required for proofs of {}", name, kind->name));
        if (options.proof.empty()) {
            return bad_usage(fmt::format("{} is required, or --proof with a file that holds it too", name));
        }
        *path = options.proof;
    }
    return options;
}

CliResult<std::unique_ptr<ProofKey>> load_proof_key(const ProofOptions& options) {
    ENSHRINE_TRY(const auto* kind, find_proof_kind(options));
    return kind->load_key(options);
}

CliResult<JudgedProof> judge_proof(const ProofOptions& given) {
    ENSHRINE_TRY(const auto options, with_defaults(given));
    ENSHRINE_TRY(auto key, load_proof_key(options));
    ENSHRINE_TRY(const auto claim, key->load_claim(options));
    const auto started = std::chrono::steady_clock::now();
    const auto verdict = claim();
    const auto ended = std::chrono::steady_clock::now();
    if (!verdict) return refused(reason_in_full(verdict.error(), *key, options));
    return JudgedProof{.key = std::move(key), .elapsed = ended - started};
}

}  // namespace enshrine::cli
