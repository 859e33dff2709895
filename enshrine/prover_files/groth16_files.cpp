// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/file_bytes.hpp>
#include <enshrine/prover_files/gnark_binary.hpp>
#include <enshrine/prover_files/groth16_json.hpp>

namespace enshrine::prover_files {

namespace groth16 = proofs::groth16;

namespace {

/// Our own encoding begins with kind and version; gnark's begins with a compressed point, whose top bits are flags.
bool is_our_key(BytesView bytes) noexcept {
    return bytes.size() >= groth16::header_bytes && bytes[0] == groth16::kind;
}

}  // namespace

FileResult<Groth16KeyFile> read_groth16_key(BytesView content, const KeyOptions& options) {
    if (looks_like_json(content)) {
        const auto document = parse_json(content);
        if (!document) return unusable("not well-formed JSON");
        return groth16_key_of_json(JsonField{*document, ""}, options);
    }
    Bytes bytes = binary_content(content);
    if (is_our_key(bytes)) return Groth16KeyFile{std::move(bytes), "canonical"};
    ENSHRINE_TRY(auto key, groth16_key_of_gnark(bytes, options));
    return Groth16KeyFile{std::move(key), "gnark (binary)"};
}

FileResult<Bytes> read_groth16_proof(BytesView content, const groth16::Header& header) {
    if (looks_like_json(content)) {
        const auto document = parse_json(content);
        if (!document) return unusable("not well-formed JSON");
        return groth16_proof_of_json(JsonField{*document, ""}, header);
    }
    Bytes bytes = binary_content(content);
    const std::size_t size = groth16::proof_bytes(header);
    if (bytes.size() == size && (bytes[0] & 0xc0) == 0) return bytes;  // uncompressed coordinates: our own encoding
    if (bytes.size() < size / 2) return unusable("no proof: " + std::to_string(bytes.size()) + " bytes");
    return groth16_proof_of_gnark(bytes, header);
}

}  // namespace enshrine::prover_files
