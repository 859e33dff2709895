// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/file_bytes.hpp>
#include <enshrine/prover_files/gnark_binary.hpp>
#include <enshrine/prover_files/groth16_constants.hpp>
#include <enshrine/prover_files/groth16_json.hpp>

namespace enshrine::prover_files {

namespace groth16 = proofs::groth16;

namespace {

/// Our own encoding begins with kind, version and curve. gnark's begins with a point, which in its uncompressed form
/// has these bytes on top of x once in millions of keys.
bool is_our_key(BytesView bytes) noexcept {
    return bytes.size() >= groth16::header_bytes && bytes[0] == groth16::kind && bytes[1] == groth16::version &&
           (bytes[2] == std::to_underlying(proofs::Curve::bn254) ||
            bytes[2] == std::to_underlying(proofs::Curve::bls12_381));
}

}  // namespace

FileResult<Groth16KeyFile> read_groth16_key(BytesView content, const KeyOptions& options) {
    if (looks_like_json(content)) {
        auto document = parse_json(content);
        if (!document) return unusable("not well-formed JSON");
        const JsonField field{*document, ""};
        if (!has_groth16_constants(field)) return groth16_key_of_json(field, options);
        return groth16_key_of_constants(SolidityConstants::of_json(*std::move(document)));
    }
    if (looks_like_solidity(content)) {
        ENSHRINE_TRY(const auto constants, SolidityConstants::parse(content));
        return groth16_key_of_constants(constants);
    }
    ENSHRINE_TRY(Bytes bytes, binary_file(content));
    if (is_our_key(bytes)) return Groth16KeyFile{std::move(bytes), "canonical"};
    return groth16_key_of_gnark(bytes, options);
}

FileResult<Bytes> read_groth16_proof(BytesView content, const groth16::Header& header) {
    if (looks_like_json(content)) {
        const auto document = parse_json(content);
        if (!document) return unusable("not well-formed JSON");
        return groth16_proof_of_json(JsonField{*document, ""}, header);
    }
    ENSHRINE_TRY(Bytes bytes, binary_file(content));
    if (bytes.size() == groth16::proof_bytes(header)) return bytes;  // our own encoding; gnark's has no such size
    return groth16_proof_of_gnark(bytes, header);
}

}  // namespace enshrine::prover_files
