// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/state/tree.hpp>

namespace {

using namespace enshrine;

/// A tree of eight accounts, and every answer that a proof may give about them.
struct Subject {
    std::map<state::Key, Bytes> entries;
    Hash32 root;

    Subject() {
        for (std::uint8_t id = 0; id < 8; ++id) entries[state::Key{state::Module::account}.u8(id)] = Bytes{id};
        root = state::root_of(entries);
    }
};

}  // namespace

/// Input: one byte that names an account (8 and above are absent), then a proof. No input may prove a falsehood.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Subject subject;
    if (size == 0) return 0;
    const state::Key key = state::Key{state::Module::account}.u8(data[0]);
    const BytesView encoded{data + 1, size - 1};
    const auto proof = state::decode_proof(encoded);
    if (!proof.has_value()) return 0;
    ENSHRINE_ASSERT(equal(state::encode_proof(*proof), encoded));
    const auto shown = state::verify_proof(subject.root, state::path_of(key), *proof);
    if (!shown.has_value()) return 0;
    const auto entry = subject.entries.find(key);
    ENSHRINE_ASSERT(shown->has_value() == (entry != subject.entries.end()));
    if (shown->has_value()) ENSHRINE_ASSERT(**shown == state::value_hash_of(entry->second));
    return 0;
}
