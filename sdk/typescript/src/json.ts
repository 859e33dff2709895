// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
import { ProverFileError } from './bytes.ts';
import { bls12381, bn254, g1, g2, scalar, type Curve } from './curves.ts';

export type Json = Record<string, unknown>;

export function member(object: Json, name: string): unknown {
  if (object[name] === undefined) throw new ProverFileError(name, 'a member of that name', 'none');
  return object[name];
}

export function objectOf(value: unknown, field: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ProverFileError(field, 'an object', JSON.stringify(value)?.slice(0, 40));
  return value as Json;
}

export function listOf(value: unknown, field: string): unknown[] {
  if (!Array.isArray(value)) throw new ProverFileError(field, 'a list', JSON.stringify(value)?.slice(0, 40));
  return value;
}

/** Decimal or 0x-hex text, or a JSON number that is exact. */
export function numberOf(value: unknown, field: string): bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  if (typeof value === 'bigint' && value >= 0n) return value;
  if (typeof value === 'string' && /^(0x[0-9a-fA-F]+|[0-9]+)$/.test(value)) return BigInt(value);
  throw new ProverFileError(field, 'a number in decimal or 0x-hex', JSON.stringify(value)?.slice(0, 80));
}

const pair = (value: unknown, field: string): readonly [bigint, bigint] => {
  const list = listOf(value, field);
  return [numberOf(list[0], `${field}[0]`), numberOf(list[1], `${field}[1]`)];
};

/** [x, y, z] of snarkjs with z = 1, or 0 for infinity. */
export function snarkjsG1(curve: Curve, value: unknown, field: string): Uint8Array {
  const [x, y, z] = listOf(value, field).map((each, i) => numberOf(each, `${field}[${i}]`));
  if (x === undefined || y === undefined) throw new ProverFileError(field, '[x, y, 1]');
  if (z === 0n) return new Uint8Array(2 * curve.size);
  if (z !== undefined && z !== 1n) throw new ProverFileError(`${field}[2]`, '1', String(z));
  return g1(curve, x, y, field);
}

/** [[x0, x1], [y0, y1], [1, 0]] of snarkjs. */
export function snarkjsG2(curve: Curve, value: unknown, field: string): Uint8Array {
  const list = listOf(value, field);
  if (list[2] !== undefined) {
    const [z0, z1] = pair(list[2], `${field}[2]`);
    if (z0 === 0n && z1 === 0n) return new Uint8Array(4 * curve.size);
    if (z0 !== 1n || z1 !== 0n) throw new ProverFileError(`${field}[2]`, '[1, 0]', `[${z0}, ${z1}]`);
  }
  return g2(curve, pair(list[0], `${field}[0]`), pair(list[1], `${field}[1]`), field);
}

export function snarkjsScalar(curve: Curve, object: Json, name: string): Uint8Array {
  return scalar(curve, numberOf(member(object, name), name), name);
}

export function snarkjsCurve(document: Json): Curve {
  const name = member(document, 'curve');
  if (name === 'bn128' || name === 'bn254') return bn254;
  if (name === 'bls12381') return bls12381;
  throw new ProverFileError('curve', '"bn128" or "bls12381"', JSON.stringify(name));
}

export function checkProtocol(document: Json, expected: string): void {
  const name = member(document, 'protocol');
  if (name !== expected) throw new ProverFileError('protocol', JSON.stringify(expected), JSON.stringify(name));
}

/** A small whole number. */
export function sizeOf(document: Json, name: string, most: number): number {
  const value = numberOf(member(document, name), name);
  if (value > BigInt(most)) throw new ProverFileError(name, `at most ${most}`, String(value));
  return Number(value);
}
