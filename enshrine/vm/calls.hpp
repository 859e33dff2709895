// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/vm/cpu.hpp>
#include <enshrine/vm/memory.hpp>
#include <enshrine/vm/preimages.hpp>

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <vector>

/// The functions that a program calls with `ecall`. Rules: docs/spec/machine.md, "Calls".
namespace enshrine::vm {

inline constexpr std::size_t buffer_bytes_max = 4096;
inline constexpr std::size_t emit_bytes_max = 4096;
inline constexpr std::uint64_t record_bytes_max = 16 * 1024 * 1024;  ///< all records of a run [VM-CALL.4]

enum class Call : std::uint64_t {
    halt = 0,
    reveal = 1,
    emit = 2,
    commit = 3,
    debug = 4,
    offer = 5,
    keccak_f = 16,
    sha256_compress = 17,
    secp256k1_recover = 18,
};

/// What a call adds to the weight of its step [VM-STEP.1]; zero for numbers that name no call.
[[nodiscard]] constexpr std::uint64_t call_weight(std::uint64_t number) noexcept {
    switch (static_cast<Call>(number)) {
        case Call::halt:
            return 0;
        case Call::reveal:
            return 200;
        case Call::emit:
            return 1'000;
        case Call::commit:
            return 10;
        case Call::debug:
            return 10;
        case Call::offer:
            return 100;
        case Call::keccak_f:
            return 300;
        case Call::sha256_compress:
            return 80;
        case Call::secp256k1_recover:
            return 40'000;
    }
    return 0;
}

/// Receives the bytes of `debug` and `offer`; may be null.
using BytesSink = void (*)(void* context, BytesView text) noexcept;

/// What calls tell the world outside the machine.
struct CallEffects {
    std::array<std::vector<Bytes>, record_kinds> records;
    std::optional<Hash32> missing_hash;
    BytesSink debug_sink = nullptr;
    void* debug_context = nullptr;
    BytesSink offer_sink = nullptr;  ///< new tree nodes and values that a program wants kept for later reveals
    void* offer_context = nullptr;
};

/// Bytes that lie in the address space.
struct Buffer {
    std::uint64_t address = 0;
    std::uint64_t size = 0;
};
/// Whether the call that the registers describe may be carried out [VM-CALL.5]: the buffer that it writes, empty when
/// it writes none, or the reason against it.
[[nodiscard]] std::expected<Buffer, Trap> check_call(const Cpu& cpu, const MachineMemory& memory) noexcept;

/// Carries out a call that check_call() admits; the pages of its buffer to write are open. The trap is unknown_hash or
/// none; with a trap nothing has changed.
[[nodiscard]] Trap perform_call(Cpu& cpu, MachineMemory& memory, Preimages& preimages, CallEffects& effects);

}  // namespace enshrine::vm
