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

/** A list of so many elements. */
export function elementsOf(value: unknown, field: string, count: number): unknown[] {
  const list = listOf(value, field);
  if (list.length !== count) throw new ProverFileError(field, `a list of ${count}`, `one of ${list.length}`);
  return list;
}

/** Some files have the thing beside others, under its name. */
export function unwrapped(file: unknown, name: string): Json {
  const document = objectOf(file, name);
  return document[name] === undefined ? document : objectOf(document[name], name);
}

const digitsMax = 400;

/** Decimal digits that do not begin with 0, or 0x and hex digits, or a JSON number that is exact. */
export function numberOf(value: unknown, field: string): bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0)) return BigInt(value);
  if (typeof value === 'bigint' && value >= 0n) return value;
  if (typeof value === 'string' && value.length <= digitsMax && /^(0x[0-9a-fA-F]+|0|[1-9][0-9]*)$/.test(value)) return BigInt(value);
  throw new ProverFileError(field, 'a number in decimal digits, or 0x and hex digits', JSON.stringify(value)?.slice(0, 80));
}

const pair = (value: unknown, field: string): readonly [bigint, bigint] => {
  const [first, second] = elementsOf(value, field, 2).map((each, i) => numberOf(each, `${field}[${i}]`));
  return [first!, second!];
};

/** [x, y, 1] of snarkjs, or [0, 1, 0] for infinity. */
export function snarkjsG1(curve: Curve, value: unknown, field: string): Uint8Array {
  const [x, y, z] = elementsOf(value, field, 3).map((each, i) => numberOf(each, `${field}[${i}]`));
  if (z === 1n && x === 0n && y === 0n) throw new ProverFileError(field, 'a point of the curve', '[0, 0, 1]');
  if (z === 1n) return g1(curve, x!, y!, field);
  if (x !== 0n || y !== 1n || z !== 0n) throw new ProverFileError(`${field}[2]`, '1, or all of [0, 1, 0] for infinity', String(z));
  return new Uint8Array(2 * curve.size);
}

/** [[x0, x1], [y0, y1], [1, 0]] of snarkjs, or [[0, 0], [1, 0], [0, 0]] for infinity. */
export function snarkjsG2(curve: Curve, value: unknown, field: string): Uint8Array {
  const [x, y, z] = elementsOf(value, field, 3).map((each, i) => pair(each, `${field}[${i}]`));
  if (z![0] === 1n && z![1] === 0n) {
    if ([...x!, ...y!].every((number) => number === 0n)) throw new ProverFileError(field, 'a point of the twist', '[[0, 0], [0, 0], [1, 0]]');
    return g2(curve, x!, y!, field);
  }
  const isInfinity = [...x!, ...y!, ...z!].every((number, i) => number === (i === 2 ? 1n : 0n));
  if (!isInfinity) throw new ProverFileError(`${field}[2]`, '[1, 0], or all of [[0, 0], [1, 0], [0, 0]] for infinity', `[${z!.join(', ')}]`);
  return new Uint8Array(4 * curve.size);
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

/** A small whole number, which JSON has as such: not a text. */
export function sizeOf(document: Json, name: string, least: number, most: number): number {
  const value = member(document, name);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || Object.is(value, -0)) {
    throw new ProverFileError(name, 'a non-negative integer', JSON.stringify(value)?.slice(0, 40));
  }
  if (value < least || value > most) throw new ProverFileError(name, `${least} to ${most}`, String(value));
  return value;
}
