// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>

#include <string_view>

namespace enshrine::prover_files {

/// A key in its canonical encoding, and the form that its file had.
struct KeyFile {
    Bytes key;
    std::string_view form;
};

}  // namespace enshrine::prover_files
