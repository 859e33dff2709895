// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/codec/binary.hpp>

// The input is a program and its data: each byte names the field to read next. Whatever is read has to be written back
// as the bytes it came from.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    const std::size_t split = size / 4;
    const BytesView script{data, split};
    const BytesView input{data + split, size - split};
    codec::BinaryReader reader{input};
    codec::BinaryWriter writer;
    for (const Byte kind : script) {
        switch (kind % 8) {
            case 0:
                if (const auto v = reader.u8()) writer.u8(*v);
                break;
            case 1:
                if (const auto v = reader.u16()) writer.u16(*v);
                break;
            case 2:
                if (const auto v = reader.u32()) writer.u32(*v);
                break;
            case 3:
                if (const auto v = reader.u64()) writer.u64(*v);
                break;
            case 4:
                if (const auto v = reader.u256()) writer.u256(*v);
                break;
            case 5: {
                const auto v = reader.boolean();
                if (!v) return 0;
                writer.boolean(*v);
                break;
            }
            case 6:
                if (const auto v = reader.fixed<20>()) writer.fixed(v->view());
                break;
            case 7: {
                const auto v = reader.variable(64);
                if (!v) return 0;
                writer.variable(*v);
                break;
            }
        }
    }
    ENSHRINE_ASSERT(reader.finish().has_value() == reader.rest().empty());
    writer.fixed(reader.rest());
    ENSHRINE_ASSERT(equal(writer.bytes(), input));
    return 0;
}
