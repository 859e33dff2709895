/* SPDX-License-Identifier: Apache-2.0 */
/* Copyright The Enshrine developers */
/* Counts the primes below 2^20 twenty times: byte stores and short loops. The exit code is the count modulo 127. */
#include "guest_exit.h"

#define NUMBERS (1UL << 20)
#define ROUNDS 20

void _start(void) {
    static volatile unsigned char composite[NUMBERS];
    unsigned long primes = 0;
    for (int round = 0; round < ROUNDS; round++) {
        primes = 0;
        for (unsigned long i = 0; i < NUMBERS; i++) composite[i] = 0;
        for (unsigned long i = 2; i * i < NUMBERS; i++) {
            if (composite[i]) continue;
            for (unsigned long j = i * i; j < NUMBERS; j += i) composite[j] = 1;
        }
        for (unsigned long i = 2; i < NUMBERS; i++) primes += !composite[i];
    }
    guest_exit(primes % 127);
}
