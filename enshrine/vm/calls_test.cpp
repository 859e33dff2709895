// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/crypto/merkle.hpp>
#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/vm/calls.hpp>
#include <enshrine/vm/testdata/assembler.hpp>
#include <enshrine/vm/testdata/preimage_store.hpp>

#include <gtest/gtest.h>

#include <cstring>
#include <numeric>

namespace enshrine::vm {
namespace {

/// A machine of which only the calls are used.
class Calls : public testing::Test {
protected:
    Calls() {
        Assembler code;
        for (int k = 0; k < 4; ++k) code.halt(0);
        memory.start(*Program::load(make_elf(code)), {});
    }
    void put(std::uint64_t address, BytesView bytes) {
        memory.open_pages(address, bytes.size());
        memory.write(address, bytes);
    }
    Trap call(Call number, std::initializer_list<std::uint64_t> arguments) {
        return call(static_cast<std::uint64_t>(number), arguments);
    }
    Trap call(std::uint64_t number, std::initializer_list<std::uint64_t> arguments) {
        std::size_t at = a0;
        for (const std::uint64_t argument : arguments) cpu.x[at++] = argument;
        cpu.x[a7] = number;
        const auto before = cpu.x;
        SourcedPreimages preimages{store};
        const Trap trap = checked_call(preimages);
        for (std::size_t k = 0; k < 32; ++k) {
            if (k == a0 && trap == Trap::none) continue;
            EXPECT_EQ(cpu.x[k], before[k]) << "x" << k;
        }
        return trap;
    }
    Bytes bytes_at(std::uint64_t address, std::size_t size) const { return to_bytes(memory.view(address, size)); }

    Trap checked_call(Preimages& preimages) {
        const auto output = check_call(cpu, memory);
        if (!output) return output.error();
        memory.open_pages(output->address, output->size);
        return perform_call(cpu, memory, preimages, effects);
    }

    MachineMemory memory = *MachineMemory::make();
    PreimageStore store;
    CallEffects effects;
    Cpu cpu;
    static constexpr std::uint64_t buffer = data_address;
    static constexpr std::uint64_t target = 0x5000'0000;
};

Bytes counting(std::size_t size) {
    Bytes out(size);
    std::iota(out.begin(), out.end(), Byte{0});
    return out;
}

TEST_F(Calls, HaltTakesTheCode) {
    EXPECT_EQ(call(Call::halt, {77}), Trap::none);
    EXPECT_EQ(cpu.status, Status::halted);
    EXPECT_EQ(cpu.exit_code, 77U);
}

TEST_F(Calls, UnknownNumbersPanic) {  // [VM-CALL.1]
    for (const std::uint64_t number : std::vector<std::uint64_t>{6, 15, 19, 93, 256, 1ULL << 32, ~0ULL}) {
        EXPECT_EQ(call(number, {}), Trap::unknown_call) << number;
        EXPECT_EQ(call_weight(number), 0U);
    }
}

TEST_F(Calls, RevealWritesTheRequestedPart) {  // [VM-CALL.2]
    const Bytes preimage = counting(100);
    put(buffer, store.add(preimage).view());
    const auto reveal = [&](std::uint64_t offset, std::uint64_t length) {
        put(target, Bytes(256, 0xee));
        EXPECT_EQ(call(Call::reveal, {buffer, target, offset, length}), Trap::none);
        EXPECT_EQ(cpu.x[a0], 100U);
        Bytes expected(256, 0xee);
        for (std::uint64_t k = 0; k < length && offset < 100 && k < 100 - offset; ++k)
            expected[k] = preimage[offset + k];
        EXPECT_EQ(bytes_at(target, 256), expected) << offset << " " << length;
    };
    reveal(0, 100);
    reveal(0, 256);
    reveal(0, 0);
    reveal(10, 20);
    reveal(99, 1);
    reveal(99, 200);
    reveal(100, 8);
    reveal(~0ULL, 8);
}

TEST_F(Calls, RevealOfEmptyAndLargestPreimage) {
    put(buffer, store.add({}).view());
    EXPECT_EQ(call(Call::reveal, {buffer, target, 0, 8}), Trap::none);
    EXPECT_EQ(cpu.x[a0], 0U);
    const Bytes large(reveal_bytes_max, 5);
    put(buffer, store.add(large).view());
    EXPECT_EQ(call(Call::reveal, {buffer, target + 8, 0, 4096}), Trap::none);  // across a page boundary
    EXPECT_EQ(bytes_at(target + 8, 4096), large);
}

TEST_F(Calls, RevealTrustsNoSource) {  // [VM-CALL.2]
    const Hash32 hash = hash::sha256(counting(10));
    put(buffer, hash.view());
    EXPECT_EQ(call(Call::reveal, {buffer, target, 0, 8}), Trap::unknown_hash);
    EXPECT_EQ(effects.missing_hash, hash);
    store.lie(hash, counting(11));
    EXPECT_EQ(call(Call::reveal, {buffer, target, 0, 8}), Trap::unknown_hash);
    store.add(counting(10));
    EXPECT_EQ(call(Call::reveal, {buffer, target, 0, 8}), Trap::none);
    put(buffer, store.add(Bytes(reveal_bytes_max + 1)).view());
    EXPECT_EQ(call(Call::reveal, {buffer, target, 0, 8}), Trap::unknown_hash);
}

TEST_F(Calls, RevealAsksOncePerHash) {
    SourcedPreimages preimages{store};
    const Hash32 hash = store.add(counting(10));
    for (int k = 0; k < 3; ++k) EXPECT_TRUE(equal(*preimages.reveal(hash), counting(10)));
    EXPECT_EQ(store.questions, 1U);
}

TEST_F(Calls, EmitFeedsTheAccumulators) {  // [VM-CALL.3]
    put(buffer, counting(64));
    std::vector<Hash32> leaves;
    for (const std::uint64_t length : std::vector<std::uint64_t>{0, 1, 64}) {
        EXPECT_EQ(call(Call::emit, {1, buffer, length}), Trap::none);
        EXPECT_EQ(cpu.x[a0], 1U);
        Bytes leaf{0};
        append(leaf, BytesView{counting(64)}.first(length));
        leaves.push_back(hash::sha256(leaf));
    }
    EXPECT_EQ(cpu.accumulators[1].root(), crypto::merkle_root(leaves));
    EXPECT_EQ(effects.records[1].size(), 3U);
    EXPECT_EQ(effects.records[1][2], counting(64));
    EXPECT_EQ(cpu.record_bytes, 65U);
    EXPECT_EQ(cpu.accumulators[0].count, 0U);
    EXPECT_EQ(call(Call::emit, {3, buffer, 1}), Trap::bad_record_kind);
    EXPECT_EQ(call(Call::emit, {~0ULL, buffer, 1}), Trap::bad_record_kind);
    EXPECT_EQ(call(Call::emit, {2, buffer, emit_bytes_max}), Trap::none);
    EXPECT_EQ(call(Call::emit, {2, buffer, emit_bytes_max + 1}), Trap::record_too_large);
    EXPECT_EQ(call(Call::emit, {2, buffer, ~0ULL}), Trap::record_too_large);
}

TEST_F(Calls, RecordsOfARunAreBounded) {  // [VM-CALL.4]
    while (cpu.record_bytes < record_bytes_max) ASSERT_EQ(call(Call::emit, {0, buffer, emit_bytes_max}), Trap::none);
    EXPECT_EQ(call(Call::emit, {0, buffer, 0}), Trap::none);
    EXPECT_EQ(call(Call::emit, {0, buffer, 1}), Trap::record_too_large);
}

TEST_F(Calls, CommitOnce) {
    put(buffer, counting(32));
    EXPECT_EQ(call(Call::commit, {buffer + 1}), Trap::bad_buffer);
    EXPECT_EQ(call(Call::commit, {buffer}), Trap::none);
    EXPECT_EQ(cpu.state_root, Hash32::from(counting(32)));
    EXPECT_EQ(call(Call::commit, {buffer}), Trap::double_commit);
}

TEST_F(Calls, DebugReachesTheSink) {
    Bytes seen;
    effects.debug_context = &seen;
    put(buffer, counting(16));
    EXPECT_EQ(call(Call::debug, {buffer, 16}), Trap::none);
    effects.debug_sink = [](void* context, BytesView text) noexcept { append(*static_cast<Bytes*>(context), text); };
    EXPECT_EQ(call(Call::debug, {buffer, 16}), Trap::none);
    EXPECT_EQ(seen, counting(16));
}

TEST_F(Calls, OfferReachesTheSinkAndChangesNothing) {
    Bytes seen;
    effects.offer_context = &seen;
    put(buffer, counting(16));
    EXPECT_EQ(call(Call::offer, {buffer, 16}), Trap::none);
    effects.offer_sink = [](void* context, BytesView bytes) noexcept { append(*static_cast<Bytes*>(context), bytes); };
    EXPECT_EQ(call(Call::offer, {buffer, 16}), Trap::none);
    EXPECT_EQ(cpu.x[a0], buffer);
    EXPECT_EQ(seen, counting(16));
}

TEST_F(Calls, KeccakInPlace) {
    hash::KeccakState state{};
    put(buffer, Bytes(200));
    hash::keccak_f_portable(state);
    EXPECT_EQ(call(Call::keccak_f, {buffer}), Trap::none);
    EXPECT_EQ(std::memcmp(memory.view(buffer, 200).data(), state.data(), 200), 0);
}

TEST_F(Calls, Sha256InPlace) {
    hash::Sha256State state = hash::sha256_initial_state;
    const auto* const raw = reinterpret_cast<const Byte*>(state.data());
    put(buffer, BytesView{raw, 32});
    put(target, counting(64));
    EXPECT_EQ(call(Call::sha256_compress, {buffer, target}), Trap::none);
    const Bytes block = counting(64);
    hash::sha256_compress_portable(state, block.data(), 1);
    EXPECT_EQ(std::memcmp(memory.view(buffer, 32).data(), state.data(), 32), 0);
    EXPECT_EQ(bytes_at(target, 64), block);
}

TEST_F(Calls, RecoverGivesKeyOrZeros) {
    crypto::SecretKey key;
    key[31] = 9;
    const Hash32 digest = hash::sha256(counting(3));
    const auto signature = *crypto::sign(digest, key);
    Bytes input = to_bytes(digest.view());
    append(input, U256{signature.recovery_id}.to_be().view());
    append(input, signature.r.to_be().view());
    append(input, signature.s.to_be().view());
    input.resize(160);
    put(buffer, input);
    EXPECT_EQ(call(Call::secp256k1_recover, {buffer, target}), Trap::none);
    EXPECT_EQ(cpu.x[a0], 1U);
    const Hash32 key_hash = hash::keccak256(memory.view(target, 64));
    EXPECT_EQ(Address::from(key_hash.view().subspan(12)), *crypto::address_of(key));
    input[63] = 2;  // recovery id
    put(buffer, input);
    EXPECT_EQ(call(Call::secp256k1_recover, {buffer, target}), Trap::none);
    EXPECT_EQ(cpu.x[a0], 0U);
    EXPECT_EQ(bytes_at(target, 64), Bytes(64));
}

TEST_F(Calls, RecoverRefusesWhatIsNotZero) {  // call 18
    crypto::SecretKey key;
    key[31] = 9;
    const Hash32 digest = hash::sha256(counting(3));
    const auto signature = *crypto::sign(digest, key);
    Bytes good = to_bytes(digest.view());
    append(good, U256{signature.recovery_id}.to_be().view());
    append(good, signature.r.to_be().view());
    append(good, signature.s.to_be().view());
    good.resize(160);
    const auto recover = [&](const Bytes& input) {
        put(buffer, input);
        put(target, Bytes(64, 0xee));
        EXPECT_EQ(call(Call::secp256k1_recover, {buffer, target}), Trap::none);
        EXPECT_EQ(bytes_at(target, 64) == Bytes(64), cpu.x[a0] == 0);
        return cpu.x[a0];
    };
    EXPECT_EQ(recover(good), 1U);
    for (std::size_t k = 0; k < good.size(); ++k) {
        const bool high_byte_of_id = k >= 32 && k < 63;
        if (!high_byte_of_id && k < 128) continue;
        Bytes bad = good;
        bad[k] = 1;
        EXPECT_EQ(recover(bad), 0U) << k;
    }
}

struct BufferCase {
    Call number;
    std::size_t pointer;  ///< which argument
    std::uint64_t size;   ///< of the buffer, as the arguments below say it
    bool written;
    std::vector<std::uint64_t> arguments;
};

TEST_F(Calls, EveryBufferIsChecked) {  // [VM-CALL.5]
    const Hash32 hash = store.add(counting(8));
    constexpr std::uint64_t good = 0x6000'0000;
    put(good, hash.view());
    const std::vector<BufferCase> cases{
        {Call::reveal, 0, 32, false, {good, target, 0, 8}},
        {Call::reveal, 1, 8, true, {good, target, 0, 8}},
        {Call::emit, 1, 8, false, {0, good, 8}},
        {Call::commit, 0, 32, false, {good}},
        {Call::debug, 0, 8, false, {good, 8}},
        {Call::offer, 0, 8, false, {good, 8}},
        {Call::keccak_f, 0, 200, true, {target}},
        {Call::sha256_compress, 0, 32, true, {target, good}},
        {Call::sha256_compress, 1, 64, false, {target, good}},
        {Call::secp256k1_recover, 0, 160, false, {good, target}},
        {Call::secp256k1_recover, 1, 64, true, {good, target}},
    };
    for (const BufferCase& c : cases) {
        const auto with_pointer = [&](std::uint64_t pointer) {
            cpu = Cpu{};
            std::vector<std::uint64_t> arguments = c.arguments;
            arguments[c.pointer] = pointer;
            arguments.resize(4);
            return call(c.number, {arguments[0], arguments[1], arguments[2], arguments[3]});
        };
        SCOPED_TRACE(static_cast<int>(c.number) * 10 + static_cast<int>(c.pointer));
        EXPECT_EQ(with_pointer(good + 4), Trap::bad_buffer);
        EXPECT_EQ(with_pointer(address_space_bytes), Trap::memory_fault);
        EXPECT_EQ(with_pointer(address_space_bytes - c.size + 8), Trap::memory_fault);
        EXPECT_EQ(with_pointer(~0ULL - 7), Trap::memory_fault);
        const Trap into_text = with_pointer(text_address + 8);
        EXPECT_EQ(into_text == Trap::store_to_text, c.written);
        const Trap before_text = with_pointer(text_address - c.size + 8);
        EXPECT_EQ(before_text == Trap::store_to_text, c.written);
        const Trap at_the_end = with_pointer(address_space_bytes - c.size);
        EXPECT_TRUE(at_the_end == Trap::none || at_the_end == Trap::unknown_hash);
    }
    cpu = Cpu{};
    EXPECT_EQ(call(Call::reveal, {good, target, 0, 4097}), Trap::bad_buffer);
    EXPECT_EQ(call(Call::debug, {good, 4097}), Trap::bad_buffer);
    EXPECT_EQ(call(Call::debug, {address_space_bytes, 0}), Trap::none);
    EXPECT_EQ(call(Call::reveal, {good, text_address, 0, 0}), Trap::none);
}

}  // namespace
}  // namespace enshrine::vm
