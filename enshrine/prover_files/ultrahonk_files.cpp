// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/encoding.hpp>
#include <enshrine/prover_files/file_bytes.hpp>
#include <enshrine/prover_files/json_field.hpp>
#include <enshrine/prover_files/ultrahonk_files.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace enshrine::prover_files {

namespace bn254 = algebra::bn254;
namespace honk = proofs::ultrahonk;

namespace {

constexpr std::size_t word_bytes = 32;
constexpr std::size_t words_max = 4096;
constexpr std::uint8_t log_size_max = 28;
constexpr std::size_t key_words = 3;  // before the commitments: log of the size, public inputs, row of the first
constexpr std::size_t commitments_bytes = honk::committed_in_key * bn254::g1_bytes;

/// The words that a file has: their bytes, or JSON with a list or the hex digits of them, alone or under one of the
/// names.
FileResult<Bytes> words_of(BytesView content, std::initializer_list<const char*> names) {
    // Words of a binary file may begin like a JSON list; they do not go on as text.
    if (!looks_like_json(content) || !is_text(content)) return binary_file(content);
    const auto document = parse_json(content);
    if (!document) return unusable("not well-formed JSON");
    JsonField list{*document, ""};
    if (!list.is_array()) {
        const auto found = std::ranges::find_if(names, [&](const char* name) { return list.has(name); });
        ENSHRINE_TRY(list, list.member(found == names.end() ? *names.begin() : *found));
    }
    if (list.is_text()) return list.hex();
    ENSHRINE_TRY(const auto fields, list.elements_up_to(words_max));
    Bytes out;
    for (const JsonField& field : fields) {
        ENSHRINE_TRY(const auto word, field.number(word_bytes));
        append(out, word);
    }
    return out;
}

FileResult<std::size_t> small_word(BytesView words, std::size_t at, std::string_view name) {
    const U256 value = U256::from_be(words.subspan(at * word_bytes, word_bytes));
    if (value > U256{0xffff}) return unusable(std::string{name} + ": expected a number below 65536");
    return value.low_u64();
}

/// A version of bb, told from its first row of public inputs.
struct BbKey {
    honk::Version version;
    std::size_t first_input_row;
    std::size_t accumulator_inputs;
    std::string_view form;
};
constexpr std::array bb_keys{BbKey{honk::Version::bb_3_0, 1, 16, "bb 3.0"},
                             BbKey{honk::Version::bb_5_0, 5, 8, "bb 5.0"}};

FileResult<UltraHonkKeyFile> key_of_bb(BytesView words, const UltraHonkKeyOptions& options) {
    ENSHRINE_TRY(const auto log_size, small_word(words, 0, "log of the circuit's size"));
    ENSHRINE_TRY(const auto inputs, small_word(words, 1, "number of public inputs"));
    ENSHRINE_TRY(const auto first_row, small_word(words, 2, "row of the first public input"));
    const auto* const known = std::ranges::find(bb_keys, first_row, &BbKey::first_input_row);
    if (known == bb_keys.end()) {
        return unusable("row of the first public input: expected 1 (bb 3.0) or 5 (bb 5.0), got " +
                        std::to_string(first_row));
    }
    if (inputs < known->accumulator_inputs) {
        return refused("number of public inputs: expected at least the " + std::to_string(known->accumulator_inputs) +
                       " of " + std::string{known->form} + " itself, got " + std::to_string(inputs));
    }
    if (log_size > 0xff)
        return refused("log of the circuit's size: expected at most 28, got " + std::to_string(log_size));
    Bytes out = honk::encode({known->version, options.flavour, static_cast<std::uint8_t>(log_size),
                              static_cast<std::uint16_t>(inputs - known->accumulator_inputs)});
    append(out, options.srs_point);
    append(out, words.subspan(key_words * word_bytes));
    return UltraHonkKeyFile{std::move(out), known->form};
}

constexpr FixedBytes<bn254::g2_bytes> aztec_point{
    0x26, 0x0e, 0x01, 0xb2, 0x51, 0xf6, 0xf1, 0xc7, 0xe7, 0xff, 0x4e, 0x58, 0x07, 0x91, 0xde, 0xe8, 0xea, 0x51, 0xd8,
    0x7a, 0x35, 0x8e, 0x03, 0x8b, 0x4e, 0xfe, 0x30, 0xfa, 0xc0, 0x93, 0x83, 0xc1, 0x01, 0x18, 0xc4, 0xd5, 0xb8, 0x37,
    0xbc, 0xc2, 0xbc, 0x89, 0xb5, 0xb3, 0x98, 0xb5, 0x97, 0x4e, 0x9f, 0x59, 0x44, 0x07, 0x3b, 0x32, 0x07, 0x8b, 0x7e,
    0x23, 0x1f, 0xec, 0x93, 0x88, 0x83, 0xb0, 0x04, 0xfc, 0x63, 0x69, 0xf7, 0x11, 0x0f, 0xe3, 0xd2, 0x51, 0x56, 0xc1,
    0xbb, 0x9a, 0x72, 0x85, 0x9c, 0xf2, 0xa0, 0x46, 0x41, 0xf9, 0x9b, 0xa4, 0xee, 0x41, 0x3c, 0x80, 0xda, 0x6a, 0x5f,
    0xe4, 0x22, 0xfe, 0xbd, 0xa3, 0xc0, 0xc0, 0x63, 0x2a, 0x56, 0x47, 0x5b, 0x42, 0x14, 0xe5, 0x61, 0x5e, 0x11, 0xe6,
    0xdd, 0x3f, 0x96, 0xe6, 0xce, 0xa2, 0x85, 0x4a, 0x87, 0xd4, 0xda, 0xcc, 0x5e, 0x55};

/// Of some circuit, by some version of bb.
bool is_size_of_some_proof(std::size_t size) noexcept {
    for (const BbKey& known : bb_keys) {
        for (const auto flavour : {honk::Flavour::plain, honk::Flavour::zero_knowledge}) {
            for (std::uint8_t log_size = 1; log_size <= log_size_max; ++log_size) {
                if (honk::proof_bytes({known.version, flavour, log_size}) == size) return true;
            }
        }
    }
    return false;
}

/// Both coordinates of x and of y in the other order.
Bytes with_coordinates_swapped(BytesView point) {
    Bytes out;
    for (const std::size_t word : {1U, 0U, 3U, 2U}) append(out, point.subspan(word * word_bytes, word_bytes));
    return out;
}

}  // namespace

BytesView aztec_srs_point() noexcept {
    return aztec_point.view();
}

FileResult<Bytes> read_srs_point(BytesView content) {
    ENSHRINE_TRY(Bytes bytes, binary_file(content));
    if (bytes.size() != bn254::g2_bytes) {
        return unusable("expected a point of G2 in 128 bytes, got " + std::to_string(bytes.size()));
    }
    if (bn254::decode_g2(bytes)) return bytes;
    Bytes swapped = with_coordinates_swapped(bytes);
    if (bn254::decode_g2(swapped)) return swapped;
    return refused("no point of G2, in either order of its coordinates");
}

FileResult<UltraHonkKeyFile> read_ultrahonk_key(BytesView content, const UltraHonkKeyOptions& options) {
    ENSHRINE_TRY(auto bytes, words_of(content, {"vk", "vkAsFields"}));
    if (bytes.size() == key_words * word_bytes + commitments_bytes) return key_of_bb(bytes, options);
    // Our own begins with its kind, a file of bb with a zero.
    if (bytes.size() >= honk::header_bytes && bytes[0] == honk::kind) {
        return UltraHonkKeyFile{std::move(bytes), "canonical"};
    }
    return unusable("no key of bb: expected " + std::to_string(key_words * word_bytes + commitments_bytes) +
                    " bytes, got " + std::to_string(bytes.size()));
}

FileResult<Bytes> read_ultrahonk_proof(BytesView content, const honk::Header& header) {
    ENSHRINE_TRY(auto bytes, words_of(content, {"proof"}));
    const std::size_t size = honk::proof_bytes(header);
    if (bytes.size() == size) return bytes;
    honk::Header other = header;
    other.flavour = header.flavour == honk::Flavour::plain ? honk::Flavour::zero_knowledge : honk::Flavour::plain;
    std::string message = "expected " + std::to_string(size) + " bytes, got " + std::to_string(bytes.size());
    if (bytes.size() == honk::proof_bytes(other)) {
        message +=
            header.flavour == honk::Flavour::plain ? ", which is a zero-knowledge proof" : ", which is a plain proof";
    }
    if (is_size_of_some_proof(bytes.size())) return refused(std::move(message));
    return unusable(std::move(message));
}

FileResult<std::vector<U256>> read_ultrahonk_inputs(BytesView content) {
    if (content.empty()) return std::vector<U256>{};  // what bb writes for a circuit without any
    ENSHRINE_TRY(const auto bytes, words_of(content, {"public_inputs", "publicInputs"}));
    if (bytes.size() % word_bytes != 0) {
        return unusable("expected words of 32 bytes, got " + std::to_string(bytes.size()) + " bytes");
    }
    if (bytes.size() / word_bytes > words_max) return unusable("more than " + std::to_string(words_max) + " words");
    std::vector<U256> out;
    for (std::size_t at = 0; at < bytes.size(); at += word_bytes) {
        out.push_back(U256::from_be(BytesView{bytes}.subspan(at, word_bytes)));
    }
    return out;
}

}  // namespace enshrine::prover_files
