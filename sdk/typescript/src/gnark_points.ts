// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Points of gnark's binary files: compressed as WriteTo has them or uncompressed as WriteRawTo does, with flags on top of
// the first byte. In G2 the coordinate of u comes first on both curves. docs/spec/proofs/groth16.md.
import { bytesNumber, numberBytes, ProverFileError, Reader, toHex } from './bytes.ts';
import { bls12381, bn254, g1, g2, scalar, type Curve } from './curves.ts';
import { inverse, mod, power } from './fields.ts';

export type PointForm = 'compressed' | 'uncompressed';
type Fp2 = readonly [bigint, bigint];

/** What gnark does with the points of a curve: y² = x³ + b, in G2 with another b; u² = −1, and p = 3 mod 4. */
interface PointFile {
  curve: Curve;
  b1: bigint;
  b2: Fp2;
  flagBits: number;
  smaller: number;
  larger: number;
  infinity: Record<PointForm, number>;
}

const inverse82 = inverse(82n, bn254.modulus);  // 3/(9 + u) = 3(9 − u)/82
const pointFiles: Record<Curve['name'], PointFile> = {
  bn254: {
    curve: bn254,
    b1: 3n,
    b2: [mod(27n * inverse82, bn254.modulus), mod(-3n * inverse82, bn254.modulus)],
    flagBits: 0xc0,
    smaller: 0x80,
    larger: 0xc0,
    infinity: { compressed: 0x40, uncompressed: 0 },
  },
  bls12381: {
    curve: bls12381,
    b1: 4n,
    b2: [4n, 4n],
    flagBits: 0xe0,
    smaller: 0x80,
    larger: 0xa0,
    infinity: { compressed: 0xc0, uncompressed: 0x40 },
  },
};

/** Whether affine coordinates satisfy the equation of G1. */
export const isOnG1 = (curve: Curve, x: bigint, y: bigint): boolean =>
  mod(y * y - x * x * x - pointFiles[curve.name].b1, curve.modulus) === 0n;

function root(value: bigint, p: bigint): bigint | undefined {
  const out = power(value, (p + 1n) / 4n, p);
  return mod(out * out - value, p) === 0n ? out : undefined;
}

function root2([a0, a1]: Fp2, p: bigint): Fp2 | undefined {
  const half = (p + 1n) / 2n;
  const norm = root(a0 * a0 + a1 * a1, p);
  if (norm === undefined) return undefined;
  for (const sign of [norm, mod(-norm, p)]) {
    const c0 = root((a0 + sign) * half, p);
    if (c0 === undefined) continue;
    if (c0 === 0n) {
      const c1 = root(mod(-a0, p), p);
      if (c1 !== undefined && mod(a1, p) === 0n) return [0n, c1];
      continue;
    }
    const c1 = mod(a1 * inverse(2n * c0, p), p);
    if (mod(c0 * c0 - c1 * c1 - a0, p) === 0n) return [c0, c1];
  }
  return undefined;
}

/** Of the point that begins with this byte; nothing when no point does. */
export function pointForm(curve: Curve, first: number | undefined): PointForm | undefined {
  const file = pointFiles[curve.name];
  const flags = (first ?? 0) & file.flagBits;
  if (flags === 0 || flags === file.infinity.uncompressed) return 'uncompressed';
  return [file.smaller, file.larger, file.infinity.compressed].includes(flags) ? 'compressed' : undefined;
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** The fields of a file whose points are all of one form. Points come back in the encoding of the L1. */
export class GnarkReader extends Reader {
  private readonly file: PointFile;
  private readonly form: PointForm;

  constructor(bytes: Uint8Array, curve: Curve, first: number | undefined) {
    super(bytes);
    this.file = pointFiles[curve.name];
    const form = pointForm(curve, first);
    if (form === undefined) throw new ProverFileError('first point', `flag bits of a point on ${curve.name}`, `0x${(first ?? 0).toString(16)}`);
    this.form = form;
  }

  g1(field: string): Uint8Array {
    const { curve, b1 } = this.file;
    return this.point(field, 1, ([x], y, larger) => {
      if (x === undefined) throw new ProverFileError(field, 'a coordinate');
      if (y !== undefined) return g1(curve, x, y[0] ?? 0n, field);
      const positive = x < curve.modulus ? root(x * x * x + b1, curve.modulus) : undefined;
      if (positive === undefined) throw new ProverFileError(field, 'a point of the curve', String(x));
      return g1(curve, x, this.isLarger([positive]) === larger ? positive : curve.modulus - positive, field);
    });
  }

  g2(field: string): Uint8Array {
    const { curve, b2 } = this.file;
    const p = curve.modulus;
    return this.point(field, 2, ([x1, x0], y, larger) => {
      if (x0 === undefined || x1 === undefined) throw new ProverFileError(field, 'two coordinates');
      if (y !== undefined) return g2(curve, [x0, x1], [y[1] ?? 0n, y[0] ?? 0n], field);
      if (x0 >= p || x1 >= p) throw new ProverFileError(field, 'coordinates below the modulus', `${x0}, ${x1}`);
      const square: Fp2 = [x0 * x0 - x1 * x1, 2n * x0 * x1];
      const cube: Fp2 = [square[0] * x0 - square[1] * x1, square[0] * x1 + square[1] * x0];
      const positive = root2([mod(cube[0] + b2[0], p), mod(cube[1] + b2[1], p)], p);
      if (positive === undefined) throw new ProverFileError(field, 'a point of the twist', `${x0}, ${x1}`);
      const keep = this.isLarger([positive[1], positive[0]]) === larger;
      return g2(curve, [x0, x1], keep ? positive : [mod(-positive[0], p), mod(-positive[1], p)], field);
    });
  }

  scalar(field: string): Uint8Array {
    return scalar(this.file.curve, this.number(field, 32), field);
  }

  /** Whether y is the larger of y and −y, by its first coordinate that is not zero. */
  private isLarger(y: readonly bigint[]): boolean {
    const first = y.find((part) => part !== 0n) ?? 0n;
    return first > (this.file.curve.modulus - 1n) / 2n;
  }

  private point(
    field: string, coordinates: 1 | 2,
    decode: (x: bigint[], y: bigint[] | undefined, larger: boolean) => Uint8Array,
  ): Uint8Array {
    const { curve, flagBits, larger, infinity } = this.file;
    const { size } = curve;
    const form = pointForm(curve, this.next);
    if (this.left > 0 && form !== this.form) throw new ProverFileError(field, `a point that is ${this.form}, like the first one`, form ?? 'flag bits of no point');
    const bytes = this.take(field, coordinates * size * (this.form === 'compressed' ? 1 : 2)).slice();
    const flags = (bytes[0] ?? 0) & flagBits;
    bytes[0] = (bytes[0] ?? 0) & ~flagBits;
    const isInfinity = flags === infinity[this.form] && (flags !== 0 || isZero(bytes));
    if (isInfinity !== isZero(bytes) && (isInfinity || this.form === 'uncompressed')) {
      throw new ProverFileError(field, 'infinity with its flag and nothing else', toHex(bytes));
    }
    if (isInfinity) return numberBytes(0n, 2 * coordinates * size);
    const numbers = Array.from({ length: bytes.length / size }, (_, i) => bytesNumber(bytes.subarray(i * size, (i + 1) * size)));
    return decode(numbers.slice(0, coordinates), this.form === 'compressed' ? undefined : numbers.slice(coordinates), flags === larger);
  }
}
