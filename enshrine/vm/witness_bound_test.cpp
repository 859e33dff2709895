// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// Runs that reveal as much as a witness may hold, and more.
#include <enshrine/base/integer.hpp>
#include <enshrine/vm/machine.hpp>
#include <enshrine/vm/testdata/assembler.hpp>
#include <enshrine/vm/testdata/preimage_store.hpp>

#include <gtest/gtest.h>

namespace enshrine::vm {
namespace {

// u32 count, then a u16 size before each item: all but the last item are as large as an item may be.
constexpr std::size_t large_items = (witness_bytes_max - 4) / (2 + reveal_bytes_max);
constexpr std::size_t last_item_bytes = witness_bytes_max - 4 - large_items * (2 + reveal_bytes_max) - 2;
static_assert(last_item_bytes < reveal_bytes_max);

class WitnessBound : public testing::Test {
protected:
    /// A program that reveals the large items and one of `last` bytes.
    explicit WitnessBound(std::size_t last = last_item_bytes) {
        Bytes hashes;
        for (std::size_t k = 0; k <= large_items; ++k) {
            Bytes item(k < large_items ? reveal_bytes_max : last);
            store_le(item.data(), std::uint64_t{k});
            append(hashes, store.add(item).view());
        }
        Assembler code;
        code.load_constant(s0, data_address).load_constant(s1, data_address + hashes.size());
        code.load_constant(a1, stack_top - page_bytes).load_constant(a3, reveal_bytes_max);
        code.add_immediate(a2, zero, 0).add_immediate(a7, zero, 1);
        code.add_immediate(a0, s0, 0).word(word_ecall).add_immediate(s0, s0, 32).branch(6, s0, s1, -12).halt(0);
        program = *Program::load(make_elf(
            text_address, {{text_address, code.bytes(), 0, flags_text}, {data_address, hashes, 0, flags_data}}));
    }
    RunRequest request() const { return {.program = program, .argument_page = {}, .compute_machine_root = true}; }

    MachineMemory memory = *MachineMemory::make();
    PreimageStore store;
    Program program = *Program::load(make_elf(Assembler{}.halt(0)));
};
class WitnessBeyondBound : public WitnessBound {
protected:
    WitnessBeyondBound() : WitnessBound{last_item_bytes + 1} {}
};

TEST_F(WitnessBound, ARunMayFillTheWitness) {  // [VM-WIT.3] [VM-WIT.4]
    const Recording recorded = record(memory, request(), store);
    ASSERT_TRUE(recorded.result.outcome.succeeded());
    EXPECT_EQ(recorded.witness.encoded_size(), witness_bytes_max);
    const auto decoded = Witness::decode(recorded.witness.encode());
    ASSERT_TRUE(decoded.has_value());
    const auto replayed = replay(memory, request(), *decoded);
    ASSERT_TRUE(replayed.has_value());
    EXPECT_EQ(*replayed, recorded.result);
}

TEST_F(WitnessBeyondBound, TheRunEndsLikeAnyOtherAndItsWitnessDoesNotDecode) {  // [VM-WIT.4]
    const RunResult ran = run(memory, request(), store);
    EXPECT_EQ(ran.outcome.status, Status::halted);
    const Recording recorded = record(memory, request(), store);
    EXPECT_EQ(recorded.result, ran);
    EXPECT_EQ(recorded.witness.encoded_size(), witness_bytes_max + 1);
    const Bytes encoded = recorded.witness.encode();
    EXPECT_EQ(encoded.size(), witness_bytes_max + 1);
    const auto decoded = Witness::decode(encoded);
    ASSERT_FALSE(decoded.has_value());
    EXPECT_TRUE(decoded.error().is(WitnessError::too_large));
    const auto replayed = replay(memory, request(), recorded.witness);
    ASSERT_TRUE(replayed.has_value());
    EXPECT_EQ(*replayed, ran);
}

}  // namespace
}  // namespace enshrine::vm
