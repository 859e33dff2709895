// SPDX-License-Identifier: Apache-2.0
#include <enshrine/store/store_error.hpp>

namespace enshrine::store {
namespace {

std::string_view message(std::uint16_t code) noexcept {
    switch (static_cast<StoreError>(code)) {
        case StoreError::io:
            return "the database cannot be read or written";
        case StoreError::locked:
            return "another process has the database open";
        case StoreError::corrupt:
            return "the database holds bytes that this program did not write";
        case StoreError::wrong_schema:
            return "the database was written by another version of the program";
        case StoreError::wrong_kind:
            return "another sort of database stands at the path";
        case StoreError::wrong_chain:
            return "the database belongs to another chain";
        case StoreError::wrong_parent:
            return "a commit does not follow the stored head";
        case StoreError::bad_batch:
            return "the parts of a commit contradict each other";
        case StoreError::missing_preimage:
            return "a node or value of the new state was not supplied";
        case StoreError::pruned:
            return "outside the history that is kept";
    }
    return "unknown store error";
}

}  // namespace

const ErrorDomain& error_domain(StoreError) noexcept {
    static constexpr ErrorDomain domain{"store", message};
    return domain;
}

}  // namespace enshrine::store
