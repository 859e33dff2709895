// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Our side of tools/rsema1d_oracle/cross_check.sh: writes and verifies files of row proofs. Their form is described in
// rsema1d_oracle/proofs.go.
#include <enshrine/base/integer.hpp>
#include <enshrine/codec/hex.hpp>
#include <enshrine/data_availability/matrix.hpp>
#include <enshrine/data_availability/row_proof.hpp>

#include <charconv>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace enshrine;
using namespace enshrine::data_availability;

[[noreturn]] void stop(const std::string& message) {
    throw std::runtime_error{message};
}

template <class T>
T value_of(Result<T> result, const std::string& what) {
    if (!result) stop(what + ": " + std::string{result.error().message()});
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

template <std::unsigned_integral T>
T number_of(const std::string& text, const std::string& what) {
    T out{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size()) {
        stop(what + ": expected a number, got '" + text + "'");
    }
    return out;
}

/// The matrix whose 64-bit words, little-endian, are the sequence splitmix64 from `seed`.
Bytes pattern(std::size_t size, std::uint64_t seed) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; i += 8) {
        seed += 0x9e3779b97f4a7c15;
        std::uint64_t x = seed;
        x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
        x = (x ^ x >> 27) * 0x94d049bb133111eb;
        store_le(out.data() + i, x ^ x >> 31);
    }
    return out;
}

std::string hex_of(BytesView bytes) {
    return bytes.empty() ? "-" : codec::format_hex(bytes).substr(2);
}
std::string hex_of(const std::vector<Hash32>& hashes) {
    Bytes all;
    for (const Hash32& hash : hashes) append(all, hash.view());
    return hex_of(all);
}

Bytes bytes_of(const std::string& text, const std::string& what) {
    return text == "-" ? Bytes{} : value_of(codec::parse_hex(text), what);
}
Hash32 hash_of(const std::string& text, const std::string& what) {
    return value_of(codec::parse_hex_fixed<32>(text), what);
}
std::vector<Hash32> hashes_of(const std::string& text, const std::string& what) {
    const Bytes all = bytes_of(text, what);
    if (all.size() % 32 != 0) stop(what + ": expected hashes, got " + std::to_string(all.size()) + " bytes");
    std::vector<Hash32> out;
    for (std::size_t i = 0; i < all.size(); i += 32) out.push_back(Hash32::from(BytesView{all}.subspan(i, 32)));
    return out;
}

void prove(const std::vector<std::string>& args) {
    if (args.size() < 5) stop("prove takes K N ROW_BYTES SEED INDEX…");
    const Shape shape{number_of<std::uint32_t>(args[0], "K"), number_of<std::uint32_t>(args[1], "N"),
                      number_of<std::uint32_t>(args[2], "ROW_BYTES")};
    value_of(validate_shape(shape), "shape");
    const Bytes data = pattern(shape.data_bytes(), number_of<std::uint64_t>(args[3], "SEED"));
    const Matrix matrix = value_of(Matrix::encode(shape, data), "encode");
    std::cout << "shape " << shape.data_rows << ' ' << shape.parity_rows << ' ' << shape.row_bytes << "\ncommitment "
              << hex_of(matrix.commitment().view()) << "\nrow_root " << hex_of(matrix.row_root().view())
              << "\ncombinations " << hex_of(matrix.combinations()) << '\n';
    for (std::size_t i = 4; i < args.size(); ++i) {
        const auto index = number_of<std::uint32_t>(args[i], "INDEX");
        if (index >= shape.total_rows()) stop("INDEX: expected less than K + N, got " + args[i]);
        const RowProof proof = matrix.prove(index);
        std::cout << "row " << index << ' ' << hex_of(proof.row) << ' ' << hex_of(proof.siblings) << '\n';
        if (index >= shape.data_rows) continue;
        const StandaloneProof standalone = matrix.prove_standalone(index);
        std::cout << "standalone " << index << ' ' << hex_of(standalone.row.row) << ' '
                  << hex_of(standalone.row.siblings) << ' ' << hex_of(standalone.combination_root.view()) << ' '
                  << hex_of(standalone.combination_siblings) << '\n';
    }
}

struct ProofFile {
    Shape shape;
    Hash32 commitment;
    Hash32 row_root;
    Bytes combinations;
    std::vector<RowProof> rows;
    std::vector<StandaloneProof> standalone;
};

void read_line(ProofFile& file, const std::vector<std::string>& words) {
    const auto expect = [&](std::size_t count) {
        if (words.size() != count) {
            stop(words[0] + ": expected " + std::to_string(count) + " words, got " + std::to_string(words.size()));
        }
    };
    const auto row_proof = [&] {
        return RowProof{number_of<std::uint32_t>(words[1], "index"), bytes_of(words[2], "row"),
                        hashes_of(words[3], "siblings")};
    };
    if (words[0] == "shape") {
        expect(4);
        file.shape = {number_of<std::uint32_t>(words[1], "K"), number_of<std::uint32_t>(words[2], "N"),
                      number_of<std::uint32_t>(words[3], "row bytes")};
    } else if (words[0] == "commitment") {
        expect(2);
        file.commitment = hash_of(words[1], "commitment");
    } else if (words[0] == "row_root") {
        expect(2);
        file.row_root = hash_of(words[1], "row_root");
    } else if (words[0] == "combinations") {
        expect(2);
        file.combinations = bytes_of(words[1], "combinations");
    } else if (words[0] == "row") {
        expect(4);
        file.rows.push_back(row_proof());
    } else if (words[0] == "standalone") {
        expect(6);
        file.standalone.push_back({row_proof(), file.row_root, hash_of(words[4], "combination_root"),
                                   hashes_of(words[5], "combination_siblings")});
    } else {
        stop("unknown statement '" + words[0] + "'");
    }
}

void verify(const std::vector<std::string>& args) {
    if (args.size() != 1) stop("verify takes one file");
    std::ifstream in{args[0]};
    if (!in) stop(args[0] + ": cannot be read");
    ProofFile file;
    for (std::string line; std::getline(in, line);) {
        std::istringstream stream{line};
        std::vector<std::string> words;
        for (std::string word; stream >> word;) words.push_back(word);
        if (!words.empty()) read_line(file, words);
    }
    if (file.rows.empty()) stop(args[0] + ": no rows");
    const RowVerifier verifier =
        value_of(RowVerifier::make(file.shape, file.commitment, file.row_root, file.combinations), "matrix");
    for (const RowProof& proof : file.rows) {
        value_of(verifier.verify(proof), "row " + std::to_string(proof.index));
    }
    for (const StandaloneProof& proof : file.standalone) {
        value_of(verify_standalone(file.shape, file.commitment, proof),
                 "standalone row " + std::to_string(proof.row.index));
    }
    std::cout << "verified " << file.rows.size() << " rows and " << file.standalone.size() << " standalone proofs\n";
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> args(argv + 1, argv + argc);
    try {
        if (args.empty()) stop("expected prove or verify");
        const std::vector<std::string> rest(args.begin() + 1, args.end());
        if (args[0] == "prove") {
            prove(rest);
        } else if (args[0] == "verify") {
            verify(rest);
        } else {
            stop("expected prove or verify, got '" + args[0] + "'");
        }
    } catch (const std::exception& error) {
        std::cerr << "rsema1d_proofs: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
