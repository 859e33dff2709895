// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/prover_files/file_bytes.hpp>
#include <enshrine/prover_files/gnark_binary.hpp>
#include <enshrine/prover_files/json_field.hpp>
#include <enshrine/prover_files/public_inputs.hpp>

namespace enshrine::prover_files {
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
    ENSHRINE_TRY(const auto fields, list.elements_up_to(public_inputs_max));
    std::vector<U256> out;
    for (const JsonField& field : fields) {
        ENSHRINE_TRY(const auto number, field.number(32));
        out.push_back(U256::from_be(number));
    }
    return out;
}

}  // namespace

FileResult<std::vector<U256>> read_public_inputs(BytesView content) {
    if (looks_like_json(content)) {
        const auto document = parse_json(content);
        if (!document) return unusable("not well-formed JSON");
        return inputs_of_json(JsonField{*document, ""});
    }
    ENSHRINE_TRY(const auto bytes, binary_file(content));
    return public_inputs_of_gnark(bytes);
}

}  // namespace enshrine::prover_files
