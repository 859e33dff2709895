// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/rlp.hpp>

namespace {

using namespace enshrine;
using namespace enshrine::codec;

constexpr int depth_max = 64;

/// Re-encodes a run of items; false when they do not decode.
bool reencode(rlp::Reader reader, rlp::Writer& out, int depth) {
    while (!reader.done()) {
        if (reader.next_is_list()) {
            const auto inner = reader.list();
            if (!inner || depth == depth_max) return false;
            rlp::Writer payload;
            if (!reencode(*inner, payload, depth + 1)) return false;
            out.list(payload.bytes());
        } else {
            rlp::Reader as_integer = reader;
            const auto bytes = reader.string();
            if (!bytes) return false;
            out.string(*bytes);
            if (const auto value = as_integer.u256()) {
                ENSHRINE_ASSERT(equal(rlp::Writer{}.integer(*value).bytes(), rlp::Writer{}.string(*bytes).bytes()));
            }
        }
    }
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input{data, size};
    rlp::Writer writer;
    if (reencode(rlp::Reader{input}, writer, 0)) ENSHRINE_ASSERT(equal(writer.bytes(), input));
    return 0;
}
