// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// The functions of the library that the machine executes in one step, with the alignment that it asks for.
#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/hash/keccak.hpp>
#include <enshrine/hash/sha256.hpp>

#include <array>
#include <cstdint>
#include <cstring>

namespace enshrine {
namespace {

enum class Accelerator : std::uint64_t { keccak_f = 16, sha256_compress = 17, secp256k1_recover = 18 };

std::uint64_t run(Accelerator number, const void* first, const void* second = nullptr) noexcept {
    register std::uint64_t a7 asm("a7") = static_cast<std::uint64_t>(number);
    register std::uint64_t a0 asm("a0") = reinterpret_cast<std::uintptr_t>(first);
    register std::uint64_t a1 asm("a1") = reinterpret_cast<std::uintptr_t>(second);
    asm volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1) : "memory");
    return a0;
}

bool is_aligned(const void* pointer) noexcept {
    return reinterpret_cast<std::uintptr_t>(pointer) % 8 == 0;
}

}  // namespace

namespace hash {

void keccak_f(KeccakState& state) noexcept {
    run(Accelerator::keccak_f, state.data());
}

void sha256_compress(Sha256State& state, const Byte* blocks, std::size_t block_count) noexcept {
    constexpr std::size_t block_bytes = 64;
    alignas(8) Sha256State own_state = state;  // the type alone promises an alignment of 4
    if (is_aligned(blocks)) {
        for (std::size_t i = 0; i < block_count; ++i) {
            run(Accelerator::sha256_compress, own_state.data(), blocks + i * block_bytes);
        }
    } else {
        alignas(8) std::array<Byte, block_bytes> block;
        for (std::size_t i = 0; i < block_count; ++i) {
            std::memcpy(block.data(), blocks + i * block_bytes, block_bytes);
            run(Accelerator::sha256_compress, own_state.data(), block.data());
        }
    }
    state = own_state;
}

}  // namespace hash

namespace crypto {

bool secp256k1_recover_raw(const Byte* input160, Byte* output64) noexcept {
    alignas(8) std::array<Byte, 160> input;
    alignas(8) std::array<Byte, 64> output;
    std::memcpy(input.data(), input160, input.size());
    const bool recovered = run(Accelerator::secp256k1_recover, input.data(), output.data()) != 0;
    std::memcpy(output64, output.data(), output.size());
    return recovered;
}

}  // namespace crypto
}  // namespace enshrine
