// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The scalar field of BN254, over which the circuit works.

export const order = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001n;

export function reduce(number: bigint): bigint {
  const rest = number % order;
  return rest < 0n ? rest + order : rest;
}

export function power(base: bigint, exponent: bigint): bigint {
  let out = 1n;
  let square = reduce(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) out = out * square % order;
    square = square * square % order;
  }
  return out;
}

/** Of zero: zero. */
export function inverse(number: bigint): bigint {
  return power(number, order - 2n);
}
