// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Points and scalars in the encodings of docs/spec/proofs/groth16.md. Whether points are on their curves is for the L1 to
// say, which refuses them by name; what cannot be encoded is refused here.
import { bytesNumber, concat, numberBytes, ProverFileError } from './bytes.ts';

export interface Curve {
  name: 'bn254' | 'bls12381';
  number: 1 | 2;
  /** Bytes of a coordinate. */
  size: 32 | 48;
  modulus: bigint;
  order: bigint;
}
export const bn254: Curve = {
  name: 'bn254',
  number: 1,
  size: 32,
  modulus: 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47n,
  order: 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001n,
};
export const bls12381: Curve = {
  name: 'bls12381',
  number: 2,
  size: 48,
  modulus: 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn,
  order: 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n,
};

export function coordinate(curve: Curve, value: bigint, field: string): Uint8Array {
  if (value < 0n || value >= curve.modulus) throw new ProverFileError(field, 'a coordinate below the modulus', String(value));
  return numberBytes(value, curve.size);
}

export function scalar(curve: Curve, value: bigint, field: string): Uint8Array {
  if (value < 0n || value >= curve.order) throw new ProverFileError(field, 'a number below the order of the group', String(value));
  return numberBytes(value, 32);
}

export const g1 = (curve: Curve, x: bigint, y: bigint, field: string): Uint8Array =>
  concat(coordinate(curve, x, field), coordinate(curve, y, field));

/** x = x0 + x1 u: on BN254 the coordinate of u comes first (EIP-197). */
export function g2(curve: Curve, x: readonly [bigint, bigint], y: readonly [bigint, bigint], field: string): Uint8Array {
  const order = curve.number === 1 ? [x[1], x[0], y[1], y[0]] : [x[0], x[1], y[0], y[1]];
  return concat(...order.map((value) => coordinate(curve, value, field)));
}

// Points of gnark's binary files: BN254, x with two flags on top.

const p = bn254.modulus;
const mod = (value: bigint): bigint => ((value % p) + p) % p;
function power(base: bigint, exponent: bigint): bigint {
  let out = 1n;
  for (let square = mod(base), rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % p) {
    if ((rest & 1n) === 1n) out = (out * square) % p;
  }
  return out;
}
/** p = 3 mod 4. */
function root(value: bigint): bigint | undefined {
  const out = power(value, (p + 1n) / 4n);
  return mod(out * out) === mod(value) ? out : undefined;
}

const isLarger = (value: bigint): boolean => value > (p - 1n) / 2n;
const largest = 0xc0;  // 0x80: the smaller y
const infinite = 0x40;

function flagsOf(bytes: Uint8Array, field: string): { flag: number; rest: Uint8Array } {
  const flag = (bytes[0] ?? 0) & 0xc0;
  const rest = bytes.slice();
  rest[0] = (rest[0] ?? 0) & 0x3f;
  if (flag === 0) throw new ProverFileError(field, 'a compressed point', 'one without flags');
  return { flag, rest };
}

/** 32 bytes of gnark into x ‖ y. */
export function decompressG1(bytes: Uint8Array, field: string): Uint8Array {
  const { flag, rest } = flagsOf(bytes, field);
  const x = bytesNumber(rest);
  if (flag === infinite) return new Uint8Array(64);
  const y = root(x * x * x + 3n);
  if (x >= p || y === undefined) throw new ProverFileError(field, 'a point of the curve');
  return g1(bn254, x, isLarger(y) === (flag === largest) ? y : mod(-y), field);
}

/** A square root of a0 + a1 u with u² = −1. */
function root2([a0, a1]: readonly [bigint, bigint]): readonly [bigint, bigint] | undefined {
  const half = (p + 1n) / 2n;
  const norm = root(a0 * a0 + a1 * a1);
  if (norm === undefined) return undefined;
  for (const sign of [norm, mod(-norm)]) {
    const c0 = root((a0 + sign) * half);
    if (c0 === undefined) continue;
    if (c0 === 0n) {
      const c1 = root(mod(-a0));
      if (c1 !== undefined && mod(a1) === 0n) return [0n, c1];
      continue;
    }
    const c1 = mod(a1 * power(2n * c0, p - 2n));
    if (mod(c0 * c0 - c1 * c1) === mod(a0)) return [c0, c1];
  }
  return undefined;
}

/** 64 bytes of gnark, the coordinate of u first, into x1 ‖ x0 ‖ y1 ‖ y0. */
export function decompressG2(bytes: Uint8Array, field: string): Uint8Array {
  const { flag, rest } = flagsOf(bytes, field);
  if (flag === infinite) return new Uint8Array(128);
  const x1 = bytesNumber(rest.subarray(0, 32));
  const x0 = bytesNumber(rest.subarray(32));
  if (x0 >= p || x1 >= p) throw new ProverFileError(field, 'coordinates below the modulus');
  // x³ + 3/(9 + u)
  const square: [bigint, bigint] = [mod(x0 * x0 - x1 * x1), mod(2n * x0 * x1)];
  const cube: [bigint, bigint] = [mod(square[0] * x0 - square[1] * x1), mod(square[0] * x1 + square[1] * x0)];
  const inverse = power(82n, p - 2n);  // 9² + 1
  const y = root2([mod(cube[0] + 27n * inverse), mod(cube[1] - 3n * inverse)]);
  if (y === undefined) throw new ProverFileError(field, 'a point of the twist');
  const larger = y[1] === 0n ? isLarger(y[0]) : isLarger(y[1]);
  const right: [bigint, bigint] = larger === (flag === largest) ? [y[0], y[1]] : [mod(-y[0]), mod(-y[1])];
  return g2(bn254, [x0, x1], right, field);
}
