// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#include <enshrine/proofs/verify.hpp>
#include <enshrine/prover_files/fflonk_files.hpp>
#include <enshrine/prover_files/groth16_files.hpp>
#include <enshrine/prover_files/plonk_files.hpp>
#include <enshrine/prover_files/plonk_gnark_files.hpp>
#include <enshrine/prover_files/risc0_files.hpp>
#include <enshrine/prover_files/sp1_files.hpp>
#include <enshrine/prover_files/ultrahonk_files.hpp>

#include <cmd/enshrine/proof.hpp>
#include <cmd/enshrine/proof_for_key.hpp>

namespace enshrine::cli {
namespace {

constexpr std::string_view on_chain = "key on the L1";

CliResult<proofs::Kind> kind_of(BytesView key) {
    auto decoded = proofs::AnyKey::decode(key);
    if (!decoded)
        return refused(fmt::format("{}: {}", on_chain, decoded.error().message()), "the node runs another version");
    return decoded->kind();
}

/// Reads a proof whose form depends on the header of its key.
template <class Key, class Read>
CliResult<Bytes> read_by_header(BytesView bytes, const std::string& path, Read read) {
    ENSHRINE_TRY(const auto key, decode_proof_key<Key>(std::string{on_chain}, bytes));
    return load_proof_file(path, [&](BytesView content) { return read(content, key.header()); });
}

}  // namespace

CliResult<Bytes> read_proof_for(BytesView key, const std::string& path) {
    ENSHRINE_TRY(const auto kind, kind_of(key));
    switch (kind) {
        case proofs::Kind::groth16:
            return read_by_header<proofs::groth16::VerifyingKey>(key, path, prover_files::read_groth16_proof);
        case proofs::Kind::plonk:
            return read_by_header<proofs::plonk::VerifyingKey>(key, path, [](BytesView content, const auto& header) {
                return prover_files::read_plonk_proof(content, header.curve);
            });
        case proofs::Kind::plonk_gnark:
            return read_by_header<proofs::plonk_gnark::VerifyingKey>(key, path, prover_files::read_plonk_gnark_proof);
        case proofs::Kind::fflonk:
            return load_proof_file(path, prover_files::read_fflonk_proof);
        case proofs::Kind::ultrahonk:
            return read_by_header<proofs::ultrahonk::VerifyingKey>(key, path, prover_files::read_ultrahonk_proof);
        case proofs::Kind::sp1:
            return load_proof_file(path, prover_files::read_sp1_proof);
        case proofs::Kind::risc0:
            return load_proof_file(path, prover_files::read_risc0_seal);
    }
    return refused(fmt::format("{}: its kind is unknown", on_chain));
}

CliResult<std::vector<U256>> read_inputs_for(BytesView key, const std::string& path) {
    ENSHRINE_TRY(const auto kind, kind_of(key));
    switch (kind) {
        case proofs::Kind::groth16:
        case proofs::Kind::plonk:
        case proofs::Kind::plonk_gnark:
        case proofs::Kind::fflonk:
            return load_proof_file(path, prover_files::read_public_inputs);
        case proofs::Kind::ultrahonk:
            return load_proof_file(path, prover_files::read_ultrahonk_inputs);
        case proofs::Kind::sp1:
        case proofs::Kind::risc0:
            break;
    }
    const auto read =
        kind == proofs::Kind::sp1 ? prover_files::read_sp1_public_values : prover_files::read_risc0_journal;
    ENSHRINE_TRY(const auto values, load_proof_file(path, read));
    return program_claim(values, {}).inputs;
}

}  // namespace enshrine::cli
