// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace enshrine::prover_files {

/// What is wrong with a file, for the person who has it.
struct FileError {
    enum class Kind { unusable, refused };
    Kind kind = Kind::unusable;
    std::string message;
};
template <class T>
using FileResult = std::expected<T, FileError>;

/// The file is not of a form that is known here.
[[nodiscard]] inline std::unexpected<FileError> unusable(std::string message) {
    return std::unexpected{FileError{FileError::Kind::unusable, std::move(message)}};
}
/// It is, and its content breaks a rule.
[[nodiscard]] inline std::unexpected<FileError> refused(std::string message) {
    return std::unexpected{FileError{FileError::Kind::refused, std::move(message)}};
}

}  // namespace enshrine::prover_files
