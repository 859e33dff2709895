/* SPDX-License-Identifier: Apache-2.0 */
/* Copyright The Enshrine developers */
/* Ends a freestanding program: with `halt` on the machine, with `exit` under Linux user emulation. */
#pragma once

#ifdef LINUX_EXIT
#define EXIT_CALL 93
#else
#define EXIT_CALL 0
#endif

static inline __attribute__((noreturn)) void guest_exit(unsigned long code) {
    register unsigned long a7 __asm__("a7") = EXIT_CALL;
    register unsigned long a0 __asm__("a0") = code;
    __asm__ volatile("ecall" : : "r"(a7), "r"(a0) : "memory");
    __builtin_unreachable();
}
