// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Constraint systems of circom, so far as to ask which wires of a witness could have another value.
import { readFileSync } from 'node:fs';
import { order, reduce } from '../../rollups/payments_zk/operator/field.ts';

type Sides = [bigint, bigint, bigint];

function element(file: Buffer, at: number): bigint {
  let out = 0n;
  for (let i = 3; i >= 0; i--) out = out << 64n | file.readBigUInt64LE(at + 8 * i);
  return out;
}

function sections(file: Buffer): Map<number, number> {
  const out = new Map<number, number>();
  for (let at = 12, i = file.readUInt32LE(8); i > 0; i--) {
    out.set(file.readUInt32LE(at), at + 12);
    at += 12 + Number(file.readBigUInt64LE(at + 4));
  }
  return out;
}

const holds = ([a, b, c]: Sides): boolean => (a * b - c) % order === 0n;

/** Names of the signals that circom left as wires of their own: the first of each wire. */
function wireNames(path: string): Map<number, string> {
  const out = new Map<number, string>();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const [, wire, , name] = line.split(',');
    if (name !== undefined && !out.has(Number(wire))) out.set(Number(wire), name);
  }
  return out;
}

/** Names of the private wires that can be raised by one without breaking a constraint, all others being as they are. */
export function freeWires(r1cs: string, symbols: string, witness: bigint[]): string[] {
  const file = readFileSync(r1cs);
  const found = sections(file);
  const header = found.get(1)! + 4 + 32;
  const publicWires = file.readUInt32LE(header + 4) + file.readUInt32LE(header + 8);
  const constraints = file.readUInt32LE(header + 24);
  const values: Sides[] = [];
  /** By wire: what raising it adds to the sides of which constraints. */
  const changes: Map<number, Sides>[] = Array.from({ length: file.readUInt32LE(header) }, () => new Map<number, Sides>());
  let at = found.get(2)!;
  for (let constraint = 0; constraint < constraints; constraint++) {
    const sides: Sides = [0n, 0n, 0n];
    for (let side = 0; side < 3; side++) {
      const terms = file.readUInt32LE(at);
      at += 4;
      for (let i = 0; i < terms; i++, at += 36) {
        const wire = file.readUInt32LE(at);
        const factor = element(file, at + 4);
        sides[side]! += factor * witness[wire]!;
        const change = changes[wire]!.get(constraint) ?? [0n, 0n, 0n];
        change[side]! += factor;
        changes[wire]!.set(constraint, change);
      }
    }
    const reduced = sides.map(reduce) as Sides;
    if (!holds(reduced)) throw new Error(`the witness breaks constraint ${constraint}`);
    values.push(reduced);
  }
  const names = wireNames(symbols);
  const isFree = (wire: number): boolean => [...changes[wire]!].every(([constraint, change]) =>
    holds(values[constraint]!.map((value, side) => value + change[side]!) as Sides));
  return changes.map((_, wire) => wire).filter((wire) => wire > publicWires && isFree(wire)).map((wire) => names.get(wire) ?? `wire ${wire}`);
}
