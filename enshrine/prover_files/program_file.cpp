// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/base/result.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/prover_files/file_bytes.hpp>
#include <enshrine/prover_files/json_field.hpp>
#include <enshrine/prover_files/program_file.hpp>

namespace enshrine::prover_files {
namespace {

constexpr std::size_t key_bytes = 38;
constexpr std::size_t identifier_bytes = 32;
constexpr std::size_t selector_bytes = 4;

FileResult<Bytes> first_member(const JsonField& document, const std::vector<const char*>& names) {
    for (const char* name : names) {
        if (!document.has(name)) continue;
        ENSHRINE_TRY(const auto field, document.member(name));
        return field.hex();
    }
    return unusable(std::string{names.front()} + ": missing");
}

}  // namespace

FileResult<Bytes> read_part(BytesView content, const std::vector<const char*>& names) {
    if (!looks_like_json(content)) return binary_content(content);
    const auto document = parse_json(content);
    if (!document) return unusable("not well-formed JSON");
    return first_member(JsonField{*document, ""}, names);
}

FileResult<Bytes> read_program_proof(BytesView content, const ProgramForm& form) {
    const bool is_json = looks_like_json(content);
    ENSHRINE_TRY(auto proof, is_json ? read_part(content, form.proof) : binary_file(content));
    const std::string name = is_json ? std::string{form.proof.front()} + ": " : std::string{};
    if (proof.size() < selector_bytes) {
        return unusable(name + "expected a selector of 4 bytes, got " + std::to_string(proof.size()));
    }
    if (!form.could_be_proof(proof)) {
        return unusable(name + "expected a proof of " + std::string{form.maker} + ", got " +
                        std::to_string(proof.size()) + " bytes that begin with " +
                        codec::format_hex(BytesView{proof}.first(selector_bytes)) +
                        ": no version has this selector or this size");
    }
    return proof;
}

FileResult<KeyFile> read_program_key(BytesView content, BytesView proof, const ProgramForm& form) {
    const bool is_json = looks_like_json(content);
    ENSHRINE_TRY(const auto identifier, is_json ? read_part(content, form.identifier) : binary_file(content));
    if (!is_json && identifier.size() == key_bytes && identifier[0] == form.kind) {
        return KeyFile{identifier, "canonical"};
    }
    const std::string name = is_json ? std::string{form.identifier.front()} + ": " : std::string{};
    if (identifier.size() != identifier_bytes) {
        return unusable(name + "expected 32 bytes that name a program, got " + std::to_string(identifier.size()));
    }
    if (proof.empty() && !is_json) {
        return unusable("a program's identifier says no version; a proof, or the key of 38 bytes, does");
    }
    Bytes own;
    if (proof.empty()) {
        ENSHRINE_TRY(own, read_program_proof(content, form));
        proof = own;
    }
    ENSHRINE_ASSERT(proof.size() >= selector_bytes);
    return KeyFile{form.encode(proof.first(selector_bytes), identifier), "program"};
}

}  // namespace enshrine::prover_files
