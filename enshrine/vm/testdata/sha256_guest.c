/* SPDX-License-Identifier: Apache-2.0 */
/* Copyright The Enshrine developers */
/* SHA-256 (FIPS 180-4) of 10 MiB of the bytes 0, 1, …, 250, 0, 1, …; the exit code is the first byte of the digest, less its
 * top bit (exit statuses under Linux have eight bits). */
#include "guest_exit.h"

typedef unsigned char byte;
typedef unsigned int word;

#define MESSAGE_BYTES (10UL << 20)
#define PERIOD 251

static const word round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static word rotate_right(word x, int n) { return (x >> n) | (x << (32 - n)); }

static void compress(word state[8], const byte* block) {
    word schedule[64];
    for (int i = 0; i < 16; i++) {
        schedule[i] = (word)block[4 * i] << 24 | (word)block[4 * i + 1] << 16 | (word)block[4 * i + 2] << 8 |
                      (word)block[4 * i + 3];
    }
    for (int i = 16; i < 64; i++) {
        const word s0 = rotate_right(schedule[i - 15], 7) ^ rotate_right(schedule[i - 15], 18) ^ (schedule[i - 15] >> 3);
        const word s1 = rotate_right(schedule[i - 2], 17) ^ rotate_right(schedule[i - 2], 19) ^ (schedule[i - 2] >> 10);
        schedule[i] = schedule[i - 16] + s0 + schedule[i - 7] + s1;
    }
    word a = state[0], b = state[1], c = state[2], d = state[3];
    word e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
        const word choose = (e & f) ^ (~e & g);
        const word majority = (a & b) ^ (a & c) ^ (b & c);
        const word t1 = h + (rotate_right(e, 6) ^ rotate_right(e, 11) ^ rotate_right(e, 25)) + choose +
                        round_constants[i] + schedule[i];
        const word t2 = (rotate_right(a, 2) ^ rotate_right(a, 13) ^ rotate_right(a, 22)) + majority;
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
}

void _start(void) {
    static byte message[MESSAGE_BYTES + 64];
    word state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    byte next = 0;
    for (unsigned long i = 0; i < MESSAGE_BYTES; i++) {
        message[i] = next;
        next = next == PERIOD - 1 ? 0 : (byte)(next + 1);
    }
    message[MESSAGE_BYTES] = 0x80;
    for (int i = 0; i < 8; i++) message[MESSAGE_BYTES + 56 + i] = (byte)((MESSAGE_BYTES * 8) >> (56 - 8 * i));
    for (unsigned long i = 0; i < MESSAGE_BYTES + 64; i += 64) compress(state, message + i);
    guest_exit((state[0] >> 24) & 0x7f);
}
