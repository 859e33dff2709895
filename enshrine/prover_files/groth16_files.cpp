// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/file_bytes.hpp>
#include <enshrine/prover_files/gnark_binary.hpp>
#include <enshrine/prover_files/groth16_json.hpp>

namespace enshrine::prover_files {

namespace groth16 = proofs::groth16;

namespace {

/// The list itself, or the list beside a proof.
FileResult<JsonField> list_of_inputs(const JsonField& document) {
    for (const char* name : {"publicSignals", "inputs"}) {
        if (document.has(name)) return document.member(name);
    }
    return document;
}

FileResult<std::vector<U256>> inputs_of_json(const JsonField& document) {
    ENSHRINE_TRY(const auto list, list_of_inputs(document));
    ENSHRINE_TRY(const auto fields, list.elements_up_to(groth16::inputs_max));
    std::vector<U256> out;
    for (const JsonField& field : fields) {
        ENSHRINE_TRY(const auto number, field.number(32));
        out.push_back(U256::from_be(number));
    }
    return out;
}

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

FileResult<std::vector<U256>> read_public_inputs(BytesView content) {
    if (looks_like_json(content)) {
        const auto document = parse_json(content);
        if (!document) return unusable("not well-formed JSON");
        return inputs_of_json(JsonField{*document, ""});
    }
    return public_inputs_of_gnark(binary_content(content));
}

}  // namespace enshrine::prover_files
