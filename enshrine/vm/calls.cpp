// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/vm/calls.hpp>

#include <algorithm>
#include <cstring>

namespace enshrine::vm {
namespace {

// Argument and result registers of the calling convention.
constexpr std::size_t a0 = 10;
constexpr std::size_t a1 = 11;
constexpr std::size_t a2 = 12;
constexpr std::size_t a3 = 13;
constexpr std::size_t a7 = 17;

constexpr std::uint64_t buffer_alignment = 8;
constexpr std::size_t sha256_block_bytes = 64;
constexpr std::size_t recover_input_bytes = 160;
constexpr std::size_t recover_output_bytes = 64;

/// [VM-CALL.5] The buffers of one call, in the order of the arguments; the first reason against one stays.
class BufferCheck {
public:
    explicit BufferCheck(const MachineMemory& memory) noexcept : memory_{memory} {}

    BufferCheck& reads(std::uint64_t address, std::uint64_t size) noexcept {
        if (trap_ == Trap::none) trap_ = check(address, size);
        return *this;
    }
    /// At most once per call.
    BufferCheck& writes(std::uint64_t address, std::uint64_t size) noexcept {
        reads(address, size);
        if (trap_ == Trap::none && memory_.overlaps_text(address, size)) trap_ = Trap::store_to_text;
        output_ = Buffer{address, size};
        return *this;
    }
    [[nodiscard]] std::expected<Buffer, Trap> result() const noexcept {
        if (trap_ != Trap::none) return std::unexpected{trap_};
        const std::size_t pages = memory_.closed_pages(output_.address, output_.size);
        if (memory_.pages_written() + pages > pages_written_max)
            return std::unexpected{Trap::memory_limit};  // [VM-STEP.5]
        return output_;
    }

private:
    static Trap check(std::uint64_t address, std::uint64_t size) noexcept {
        if (address % buffer_alignment != 0 || size > buffer_bytes_max) return Trap::bad_buffer;
        return address > address_space_bytes - size ? Trap::memory_fault : Trap::none;
    }

    const MachineMemory& memory_;
    Trap trap_ = Trap::none;
    Buffer output_{};
};

/// [VM-CALL.4] and the kind.
Trap check_record(const Cpu& cpu) noexcept {
    const std::uint64_t length = cpu.x[a2];
    if (cpu.x[a0] >= record_kinds) return Trap::bad_record_kind;
    if (length > emit_bytes_max || cpu.record_bytes + length > record_bytes_max) return Trap::record_too_large;
    return Trap::none;
}

Trap reveal(Cpu& cpu, MachineMemory& memory, Preimages& preimages, CallEffects& effects) {
    const std::uint64_t offset = cpu.x[a2];
    const std::uint64_t length = cpu.x[a3];
    const Hash32 hash = Hash32::from(memory.view(cpu.x[a0], Hash32::size()));
    const auto preimage = preimages.reveal(hash);
    if (!preimage) {
        effects.missing_hash = hash;
        return Trap::unknown_hash;
    }
    if (offset < preimage->size()) {
        const std::uint64_t size = std::min<std::uint64_t>(length, preimage->size() - offset);
        memory.write(cpu.x[a1], preimage->subspan(offset, size));
    }
    cpu.x[a0] = preimage->size();
    return Trap::none;
}

void emit(Cpu& cpu, const MachineMemory& memory, CallEffects& effects) {
    const std::uint64_t kind = cpu.x[a0];
    const BytesView record = memory.view(cpu.x[a1], cpu.x[a2]);
    constexpr std::array<Byte, 1> leaf_prefix{0};
    const auto appended = cpu.accumulators[kind].append(hash::sha256(leaf_prefix, record));  // [VM-CALL.3]
    ENSHRINE_ASSERT(appended.has_value());
    cpu.record_bytes += record.size();
    effects.records[kind].push_back(to_bytes(record));
}

void tell(BytesSink sink, void* context, const Cpu& cpu, const MachineMemory& memory) noexcept {
    if (sink != nullptr) sink(context, memory.view(cpu.x[a0], cpu.x[a1]));
}

/// The object representation of `value`, which memory holds in the same (little-endian) byte order.
template <class T>
BytesView object_bytes(const T& value) noexcept {
    return BytesView{reinterpret_cast<const Byte*>(&value), sizeof value};
}

void keccak_f(const Cpu& cpu, MachineMemory& memory) noexcept {
    hash::KeccakState state{};
    std::memcpy(&state, memory.view(cpu.x[a0], sizeof state).data(), sizeof state);
    hash::keccak_f(state);
    memory.write(cpu.x[a0], object_bytes(state));
}

void sha256_compress(const Cpu& cpu, MachineMemory& memory) noexcept {
    hash::Sha256State state{};
    std::memcpy(&state, memory.view(cpu.x[a0], sizeof state).data(), sizeof state);
    hash::sha256_compress(state, memory.view(cpu.x[a1], sha256_block_bytes).data(), 1);
    memory.write(cpu.x[a0], object_bytes(state));
}

void secp256k1_recover(Cpu& cpu, MachineMemory& memory) noexcept {
    std::array<Byte, recover_output_bytes> output{};
    const bool recovered =
        crypto::secp256k1_recover_raw(memory.view(cpu.x[a0], recover_input_bytes).data(), output.data());
    if (!recovered) output.fill(0);
    memory.write(cpu.x[a1], output);
    cpu.x[a0] = recovered ? 1 : 0;
}

}  // namespace

std::expected<Buffer, Trap> check_call(const Cpu& cpu, const MachineMemory& memory) noexcept {
    const auto& x = cpu.x;
    BufferCheck buffers{memory};
    switch (static_cast<Call>(x[a7])) {
        case Call::halt:
            return Buffer{};
        case Call::reveal:
            return buffers.reads(x[a0], Hash32::size()).writes(x[a1], x[a3]).result();
        case Call::emit:
            if (const Trap trap = check_record(cpu); trap != Trap::none) return std::unexpected{trap};
            return buffers.reads(x[a1], x[a2]).result();
        case Call::commit:
            if (cpu.state_root) return std::unexpected{Trap::double_commit};
            return buffers.reads(x[a0], Hash32::size()).result();
        case Call::debug:
        case Call::offer:
            return buffers.reads(x[a0], x[a1]).result();
        case Call::keccak_f:
            return buffers.writes(x[a0], sizeof(hash::KeccakState)).result();
        case Call::sha256_compress:
            return buffers.writes(x[a0], sizeof(hash::Sha256State)).reads(x[a1], sha256_block_bytes).result();
        case Call::secp256k1_recover:
            return buffers.reads(x[a0], recover_input_bytes).writes(x[a1], recover_output_bytes).result();
    }
    return std::unexpected{Trap::unknown_call};  // [VM-CALL.1]
}

Trap perform_call(Cpu& cpu, MachineMemory& memory, Preimages& preimages, CallEffects& effects) {
    switch (static_cast<Call>(cpu.x[a7])) {
        case Call::halt:
            cpu.status = Status::halted;
            cpu.exit_code = cpu.x[a0];
            break;
        case Call::reveal:
            return reveal(cpu, memory, preimages, effects);
        case Call::emit:
            emit(cpu, memory, effects);
            break;
        case Call::commit:
            cpu.state_root = Hash32::from(memory.view(cpu.x[a0], Hash32::size()));
            break;
        case Call::debug:
            tell(effects.debug_sink, effects.debug_context, cpu, memory);
            break;
        case Call::offer:
            tell(effects.offer_sink, effects.offer_context, cpu, memory);
            break;
        case Call::keccak_f:
            keccak_f(cpu, memory);
            break;
        case Call::sha256_compress:
            sha256_compress(cpu, memory);
            break;
        case Call::secp256k1_recover:
            secp256k1_recover(cpu, memory);
            break;
    }
    return Trap::none;
}

}  // namespace enshrine::vm
