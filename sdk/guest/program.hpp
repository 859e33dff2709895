// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/well_formed.hpp>

#include <sdk/guest/context.hpp>
#include <sdk/guest/genesis.hpp>
#include <sdk/guest/params.hpp>

/// How an author declares a rollup program:
///
///     struct MyRollup {
///         static constexpr guest::Interface interface{…};                    // methods, events, errors
///         static void genesis(guest::Genesis&);                              // optional: the state it starts from
///         static CallResult on_message(guest::Context&, BytesView calldata); // optional: replaces ABI dispatch for
///     };                                                                     //   calls that come in messages
///     ENSHRINE_ROLLUP_MAIN(MyRollup)                                         // in the same namespace, in one file
///
/// Everything else (batches, inbox, signatures, nonces, fees, plain payments, receipts, views) is the runtime's.
namespace enshrine::guest {

struct Program {
    const Interface* interface;
    void (*genesis)(Genesis&);
    CallResult (*on_message)(Context&, BytesView calldata);
};

template <class Rollup>
[[nodiscard]] constexpr Program make_program() noexcept {
    Program out{&Rollup::interface, nullptr, nullptr};
    if constexpr (requires { &Rollup::genesis; }) out.genesis = &Rollup::genesis;
    if constexpr (requires { &Rollup::on_message; }) out.on_message = &Rollup::on_message;
    return out;
}

/// Does what the argument page asks for; returns the exit code of the run.
[[nodiscard]] std::uint64_t run_program(const Program& program);

}  // namespace enshrine::guest

// The entry points have C names, one per image: of the program itself, and of its host tool (host/tool_main.cpp).
#if defined(__riscv)
#define ENSHRINE_ROLLUP_ENTRY                             \
    extern "C" std::uint64_t enshrine_program_main() {    \
        return ::enshrine::guest::run_program(program()); \
    }
#elif defined(ENSHRINE_ROLLUP_TOOL)
#define ENSHRINE_ROLLUP_ENTRY                                                \
    extern "C" const ::enshrine::guest::Program* enshrine_rollup_program() { \
        return &program();                                                   \
    }
#else
#define ENSHRINE_ROLLUP_ENTRY
#endif

/// Defines `program()` in the enclosing namespace, and the entry point of the image.
#define ENSHRINE_ROLLUP_MAIN(Rollup)                                                                      \
    const ::enshrine::guest::Program& program() noexcept {                                                \
        static_assert((Rollup::interface).address == ::enshrine::guest::program_address);                 \
        static_assert(::enshrine::system::well_formed(Rollup::interface), "see system/well_formed.hpp");  \
        static constexpr ::enshrine::guest::Program instance = ::enshrine::guest::make_program<Rollup>(); \
        return instance;                                                                                  \
    }                                                                                                     \
    ENSHRINE_ROLLUP_ENTRY
