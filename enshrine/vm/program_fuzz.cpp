// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Any bytes as a program: refused, or an image that keeps its promises.
#include <enshrine/base/assert.hpp>
#include <enshrine/vm/layout.hpp>
#include <enshrine/vm/program.hpp>

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    const auto program = vm::Program::load(BytesView{data, size});
    if (!program) return 0;
    ENSHRINE_ASSERT(program->text_at(program->entry()) != nullptr);
    std::uint64_t end = vm::image_begin;
    for (const vm::Segment& segment : program->segments()) {
        ENSHRINE_ASSERT(segment.address >= end);
        ENSHRINE_ASSERT(segment.content.size() <= segment.memory_bytes);
        end = segment.address + segment.memory_bytes;
        ENSHRINE_ASSERT(end <= vm::image_end);
    }
    return 0;
}
