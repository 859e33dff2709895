// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Any file as source of Solidity. What constants it has are numbers or not by the same rule in source and in JSON: both
// give one key, or one error.
#include <enshrine/base/assert.hpp>
#include <enshrine/prover_files/groth16_constants.hpp>
#include <enshrine/prover_files/plonk_gnark_constants.hpp>
#include <enshrine/prover_files/plonk_gnark_files.hpp>

using namespace enshrine;
using namespace enshrine::prover_files;

namespace {

template <class File>
void check(const FileResult<File>& of_source, const FileResult<File>& of_json) {
    ENSHRINE_ASSERT(of_source.has_value() == of_json.has_value());
    if (of_source) {
        ENSHRINE_ASSERT(of_source->key == of_json->key);
    } else {
        ENSHRINE_ASSERT(!of_source.error().message.empty());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView content{data, size};
    if (looks_like_solidity(content)) ENSHRINE_ASSERT(!read_groth16_key(content) || !read_plonk_gnark_key(content));
    const auto constants = SolidityConstants::parse(content);
    if (!constants) {
        ENSHRINE_ASSERT(!constants.error().message.empty());
        return 0;
    }
    const std::string text = constants->members().dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
    auto again = nlohmann::json::parse(text, nullptr, false);
    ENSHRINE_ASSERT(!again.is_discarded());
    const auto of_json = SolidityConstants::of_json(std::move(again));
    check(groth16_key_of_constants(*constants), groth16_key_of_constants(of_json));
    check(plonk_gnark_key_of_constants(*constants), plonk_gnark_key_of_constants(of_json));
    return 0;
}
