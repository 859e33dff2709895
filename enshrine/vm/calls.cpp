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
constexpr std::size_t recover_input_bytes = 160;
constexpr std::size_t recover_output_bytes = 64;

/// [VM-CALL.5] in its order.
Trap check_readable(std::uint64_t address, std::uint64_t size) noexcept {
    if (address % buffer_alignment != 0 || size > buffer_bytes_max) return Trap::bad_buffer;
    if (address > address_space_bytes - size) return Trap::memory_fault;
    return Trap::none;
}
Trap check_writable(const MachineMemory& memory, std::uint64_t address, std::uint64_t size) noexcept {
    if (const Trap trap = check_readable(address, size); trap != Trap::none) return trap;
    return memory.overlaps_text(address, size) ? Trap::store_to_text : Trap::none;
}

Trap reveal(Cpu& cpu, MachineMemory& memory, Preimages& preimages, CallEffects& effects) {
    const std::uint64_t destination = cpu.x[a1];
    const std::uint64_t offset = cpu.x[a2];
    const std::uint64_t length = cpu.x[a3];
    if (const Trap trap = check_readable(cpu.x[a0], Hash32::size()); trap != Trap::none) return trap;
    if (const Trap trap = check_writable(memory, destination, length); trap != Trap::none) return trap;
    const Hash32 hash = Hash32::from(memory.view(cpu.x[a0], Hash32::size()));
    const auto preimage = preimages.reveal(hash);
    if (!preimage) {
        effects.missing_hash = hash;
        return Trap::unknown_hash;
    }
    if (offset < preimage->size()) {
        const std::uint64_t size = std::min<std::uint64_t>(length, preimage->size() - offset);
        memory.write(destination, preimage->subspan(offset, size));
    }
    cpu.x[a0] = preimage->size();
    return Trap::none;
}

Trap emit(Cpu& cpu, const MachineMemory& memory, CallEffects& effects) {
    const std::uint64_t kind = cpu.x[a0];
    const std::uint64_t address = cpu.x[a1];
    const std::uint64_t length = cpu.x[a2];
    if (kind >= record_kinds) return Trap::bad_record_kind;
    if (length > emit_bytes_max) return Trap::record_too_large;
    if (cpu.record_bytes + length > record_bytes_max) return Trap::record_too_large;  // [VM-CALL.4]
    if (const Trap trap = check_readable(address, length); trap != Trap::none) return trap;
    const BytesView record = memory.view(address, length);
    constexpr std::array<Byte, 1> leaf_prefix{0};
    const auto appended = cpu.accumulators[kind].append(hash::sha256(leaf_prefix, record));  // [VM-CALL.3]
    ENSHRINE_ASSERT(appended.has_value());
    cpu.record_bytes += length;
    effects.records[kind].push_back(to_bytes(record));
    return Trap::none;
}

Trap commit(Cpu& cpu, const MachineMemory& memory) noexcept {
    if (cpu.state_root) return Trap::double_commit;
    if (const Trap trap = check_readable(cpu.x[a0], Hash32::size()); trap != Trap::none) return trap;
    cpu.state_root = Hash32::from(memory.view(cpu.x[a0], Hash32::size()));
    return Trap::none;
}

Trap debug(const Cpu& cpu, const MachineMemory& memory, const CallEffects& effects) {
    if (const Trap trap = check_readable(cpu.x[a0], cpu.x[a1]); trap != Trap::none) return trap;
    if (effects.debug_sink != nullptr) effects.debug_sink(effects.debug_context, memory.view(cpu.x[a0], cpu.x[a1]));
    return Trap::none;
}

Trap offer(const Cpu& cpu, const MachineMemory& memory, const CallEffects& effects) {
    if (const Trap trap = check_readable(cpu.x[a0], cpu.x[a1]); trap != Trap::none) return trap;
    if (effects.offer_sink != nullptr) effects.offer_sink(effects.offer_context, memory.view(cpu.x[a0], cpu.x[a1]));
    return Trap::none;
}

/// The object representation of `value`, which memory holds in the same (little-endian) byte order.
template <class T>
BytesView object_bytes(const T& value) noexcept {
    return BytesView{reinterpret_cast<const Byte*>(&value), sizeof value};
}

Trap keccak_f(const Cpu& cpu, MachineMemory& memory) noexcept {
    hash::KeccakState state{};
    if (const Trap trap = check_writable(memory, cpu.x[a0], sizeof state); trap != Trap::none) return trap;
    std::memcpy(&state, memory.view(cpu.x[a0], sizeof state).data(), sizeof state);
    hash::keccak_f(state);
    memory.write(cpu.x[a0], object_bytes(state));
    return Trap::none;
}

Trap sha256_compress(const Cpu& cpu, MachineMemory& memory) noexcept {
    constexpr std::size_t block_bytes = 64;
    hash::Sha256State state{};
    if (const Trap trap = check_writable(memory, cpu.x[a0], sizeof state); trap != Trap::none) return trap;
    if (const Trap trap = check_readable(cpu.x[a1], block_bytes); trap != Trap::none) return trap;
    std::memcpy(&state, memory.view(cpu.x[a0], sizeof state).data(), sizeof state);
    hash::sha256_compress(state, memory.view(cpu.x[a1], block_bytes).data(), 1);
    memory.write(cpu.x[a0], object_bytes(state));
    return Trap::none;
}

Trap secp256k1_recover(Cpu& cpu, MachineMemory& memory) noexcept {
    if (const Trap trap = check_readable(cpu.x[a0], recover_input_bytes); trap != Trap::none) return trap;
    if (const Trap trap = check_writable(memory, cpu.x[a1], recover_output_bytes); trap != Trap::none) return trap;
    std::array<Byte, recover_output_bytes> output{};
    const bool recovered =
        crypto::secp256k1_recover_raw(memory.view(cpu.x[a0], recover_input_bytes).data(), output.data());
    if (!recovered) output.fill(0);
    memory.write(cpu.x[a1], output);
    cpu.x[a0] = recovered ? 1 : 0;
    return Trap::none;
}

}  // namespace

Trap perform_call(Cpu& cpu, MachineMemory& memory, Preimages& preimages, CallEffects& effects) {
    switch (static_cast<Call>(cpu.x[a7])) {
        case Call::halt:
            cpu.status = Status::halted;
            cpu.exit_code = cpu.x[a0];
            return Trap::none;
        case Call::reveal:
            return reveal(cpu, memory, preimages, effects);
        case Call::emit:
            return emit(cpu, memory, effects);
        case Call::commit:
            return commit(cpu, memory);
        case Call::debug:
            return debug(cpu, memory, effects);
        case Call::offer:
            return offer(cpu, memory, effects);
        case Call::keccak_f:
            return keccak_f(cpu, memory);
        case Call::sha256_compress:
            return sha256_compress(cpu, memory);
        case Call::secp256k1_recover:
            return secp256k1_recover(cpu, memory);
    }
    return Trap::unknown_call;  // [VM-CALL.1]
}

}  // namespace enshrine::vm
