// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <enshrine/base/result.hpp>

#include <expected>
#include <string>

namespace enshrine::store {

enum class StoreError : std::uint16_t {
    io = 1,            ///< the disk or the library refused; the message has its words
    locked,            ///< another process has the database open
    corrupt,           ///< bytes that we did not write
    wrong_schema,      ///< written by another version of the program
    wrong_kind,        ///< another sort of database stands at the path
    wrong_chain,       ///< the database of another chain or rollup
    wrong_parent,      ///< a block or version that does not follow the head
    bad_batch,         ///< parts of one commit contradict each other
    missing_preimage,  ///< a node or value of the new state that nobody supplied
    pruned,            ///< older than the history that is kept, or not there yet
};
const ErrorDomain& error_domain(StoreError) noexcept;

/// What went wrong, where, in words for the person who has to mend it. Narrows to an Error where text has no place.
struct StoreFault {
    StoreError code;
    std::string path;     ///< folder of the database
    std::string message;  ///< names what was expected and what was found

    [[nodiscard]] std::string text() const { return path + ": " + message; }
    operator Error() const noexcept { return Error{code}; }  // NOLINT(google-explicit-constructor): for ENSHRINE_TRY
};

template <class T>
using StoreResult = std::expected<T, StoreFault>;

}  // namespace enshrine::store
