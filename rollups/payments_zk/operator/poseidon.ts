// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Poseidon (eprint 2019/458) as circomlib instantiates it: x^5, eight full rounds, capacity one. Its constants are computed
// from their definition, so that circuit and host agree only when both are right.
import { inverse, order, reduce } from './field.ts';

const fieldBits = 254;
const fullRounds = 8;
/** By the width of the state, from 2. */
const partialRounds = [56, 57, 56, 60, 60, 63, 64, 63];

interface Parameters {
  constants: bigint[];
  matrix: bigint[][];
}

/** The Grain LFSR of the paper's appendix E in self-shrinking mode. */
class Grain {
  #bits: number[];

  constructor(width: number) {
    const numbers: [number, number][] = [[1, 2], [0, 4], [fieldBits, 12], [width, 12], [fullRounds, 10], [partialRounds[width - 2]!, 10], [2 ** 30 - 1, 30]];
    this.#bits = numbers.flatMap(([number, size]) => Array.from({ length: size }, (_, i) => Math.floor(number / 2 ** (size - 1 - i)) % 2));
    for (let i = 0; i < 160; i++) this.#step();
  }

  #step(): number {
    const b = this.#bits;
    const bit = b[62]! ^ b[51]! ^ b[38]! ^ b[23]! ^ b[13]! ^ b[0]!;
    b.shift();
    b.push(bit);
    return bit;
  }

  #bit(): number {
    while (this.#step() === 0) this.#step();
    return this.#step();
  }

  number(): bigint {
    let out = 0n;
    for (let i = 0; i < fieldBits; i++) out = out << 1n | BigInt(this.#bit());
    return out;
  }

  element(): bigint {
    for (;;) {
      const candidate = this.number();
      if (candidate < order) return candidate;
    }
  }
}

function makeParameters(width: number): Parameters {
  const grain = new Grain(width);
  const rounds = fullRounds + partialRounds[width - 2]!;
  const constants = Array.from({ length: rounds * width }, () => grain.element());
  const xs = Array.from({ length: width }, () => reduce(grain.number()));
  const ys = Array.from({ length: width }, () => reduce(grain.number()));
  return { constants, matrix: xs.map((x) => ys.map((y) => inverse(x + y))) };
}

const known = new Map<number, Parameters>();

function fifthPower(x: bigint): bigint {
  const square = x * x % order;
  return square * square % order * x % order;
}

export function poseidon(inputs: bigint[]): bigint {
  const width = inputs.length + 1;
  const parameters = known.get(width) ?? makeParameters(width);
  known.set(width, parameters);
  const { constants, matrix } = parameters;
  const partial = partialRounds[width - 2]!;
  let state = [0n, ...inputs];
  for (let round = 0; round < fullRounds + partial; round++) {
    const added = state.map((x, i) => x + constants[round * width + i]!);
    const full = round < fullRounds / 2 || round >= fullRounds / 2 + partial;
    const powered = added.map((x, i) => (full || i === 0 ? fifthPower(x % order) : x));
    state = matrix.map((row) => row.reduce((sum, factor, i) => sum + factor * powered[i]!, 0n) % order);
  }
  return state[0]!;
}
