// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// BabyJubJub (ERC-2494) and EdDSA with Poseidon on it, as circomlib has them.
import { createHash } from 'node:crypto';
import { inverse, order, reduce } from './field.ts';
import { poseidon } from './poseidon.ts';

export type Point = readonly [bigint, bigint];
export interface Signature {
  r: Point;
  s: bigint;
}

const a = 168700n;
const d = 168696n;
export const groupOrder = 2736030358979909402780800718157159386076813972158567259200215660948447373041n;
export const base: Point = [
  5299619240641551281634865583518297030282874472190772894086521144482721001553n,
  16950150798460657717958625567821834550301663161624707787222815936182638968203n,
];

export function onCurve([x, y]: Point): boolean {
  const x2 = x * x % order;
  const y2 = y * y % order;
  return reduce(a * x2 + y2 - 1n - d * x2 % order * y2) === 0n;
}

export function add([x1, y1]: Point, [x2, y2]: Point): Point {
  const product = d * x1 % order * x2 % order * y1 % order * y2 % order;
  return [
    reduce((x1 * y2 + y1 * x2) % order * inverse(reduce(1n + product))),
    reduce((y1 * y2 - a * x1 % order * x2) % order * inverse(reduce(1n - product))),
  ];
}

/** x = X / Z, y = Y / Z: additions without a division. */
type Projective = readonly [bigint, bigint, bigint];

/** The formula of `add` with the denominators multiplied out; they are never zero for points of the curve. */
function addProjective([x1, y1, z1]: Projective, [x2, y2, z2]: Projective): Projective {
  const z = z1 * z2 % order;
  const x = x1 * x2 % order;
  const y = y1 * y2 % order;
  const z4 = z * z % order;
  const product = d * x % order * y % order;
  const low = z4 - product;
  const high = z4 + product;
  const cross = ((x1 + y1) * (x2 + y2) - x - y) % order;
  return [z * low % order * cross % order, z * high % order * ((y - a * x) % order) % order, low * high % order];
}

export function multiply(point: Point, scalar: bigint): Point {
  let out: Projective = [0n, 1n, 1n];
  let twice: Projective = [point[0], point[1], 1n];
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) out = addProjective(out, twice);
    twice = addProjective(twice, twice);
  }
  const z = inverse(reduce(out[2]));
  return [reduce(out[0] * z), reduce(out[1] * z)];
}

export function verify(key: Point, message: bigint, { r, s }: Signature): boolean {
  if (s >= groupOrder || !onCurve(key) || !onCurve(r)) return false;
  const cleared = multiply(key, 8n);
  if (cleared[0] === 0n) return false;
  const h = poseidon([...r, ...key, message]);
  const left = multiply(base, s);
  const right = add(r, multiply(cleared, h));
  return left[0] === right[0] && left[1] === right[1];
}

function hashToNumber(...parts: Uint8Array[]): bigint {
  const hash = createHash('sha512');
  for (const part of parts) hash.update(part);
  return BigInt(`0x${hash.digest('hex')}`);
}

/** A payment key. Its public half is key.point; nonces are derived, so that a signature needs no randomness. */
export class PaymentKey {
  readonly point: Point;
  readonly #scalar: bigint;
  readonly #prefix: Uint8Array;

  /** From a seed of 32 bytes or more that nobody else knows. */
  constructor(seed: Uint8Array) {
    this.#prefix = createHash('sha256').update('enshrine payments_zk nonce').update(seed).digest();
    this.#scalar = hashToNumber(Buffer.from('enshrine payments_zk key'), seed) % groupOrder;
    this.point = multiply(base, this.#scalar);
  }

  sign(message: bigint): Signature {
    const nonce = hashToNumber(this.#prefix, Buffer.from(message.toString(16).padStart(64, '0'), 'hex')) % groupOrder;
    const r = multiply(base, nonce);
    const h = poseidon([...r, ...this.point, message]);
    return { r, s: (nonce + h * 8n * this.#scalar) % groupOrder };
  }
}
