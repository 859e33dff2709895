// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Arithmetic modulo a prime.
import type { Curve } from './curves.ts';

export const mod = (value: bigint, p: bigint): bigint => ((value % p) + p) % p;

export function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let out = 1n;
  for (let square = mod(base, p), rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % p) {
    if ((rest & 1n) === 1n) out = (out * square) % p;
  }
  return out;
}

export const inverse = (value: bigint, p: bigint): bigint => power(value, p - 2n, p);

/** The root of unity of order 2^log that provers take on both curves: 5^((r - 1)/2^log). */
export const rootOfUnity = (curve: Curve, log: number): bigint => power(5n, (curve.order - 1n) >> BigInt(log), curve.order);
