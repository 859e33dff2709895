// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Points and scalars in the encodings of docs/spec/proofs/groth16.md. Whether points are on their curves is for the L1 to
// say, which refuses them by name; what cannot be encoded is refused here.
import { concat, numberBytes, ProverFileError } from './bytes.ts';

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

/** The generator of G2 on BN254 (EIP-197). */
export const bn254G2 = g2(bn254,
  [10857046999023057135944570762232829481370756359578518086990519993285655852781n, 11559732032986387107991004021392285783925812861821192530917403151452391805634n],
  [8495653923123431417604973247489272438418190587263600148770280649306958101930n, 4082367875863433681332203403145435568316851327593401208105741076214120093531n], 'generator');
