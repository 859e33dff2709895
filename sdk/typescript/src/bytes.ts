// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers

/** Something that cannot be encoded: which field, what was expected, what came. */
export class FieldError extends Error {
  readonly field: string;

  constructor(field: string, expected: string, got?: string) {
    super(`${field}: expected ${expected}${got === undefined ? '' : `, got ${got}`}`);
    this.name = 'FieldError';
    this.field = field;
  }
}

/** A prover's file that cannot be used. */
export class ProverFileError extends FieldError {
  constructor(field: string, expected: string, got?: string) {
    super(field, expected, got);
    this.name = 'ProverFileError';
  }
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** `size` bytes, big-endian. */
export function numberBytes(value: bigint, size: number): Uint8Array {
  const out = new Uint8Array(size);
  for (let i = size - 1, rest = value; i >= 0; i -= 1, rest >>= 8n) out[i] = Number(rest & 0xffn);
  return out;
}

export function bytesNumber(bytes: Uint8Array): bigint {
  let out = 0n;
  for (const byte of bytes) out = (out << 8n) | BigInt(byte);
  return out;
}

export function toHex(bytes: Uint8Array): `0x${string}` {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Hex, with 0x or without. */
export function fromHex(text: string, field = 'hex'): Uint8Array {
  const digits = text.trim().replace(/^0x/i, '');
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) throw new ProverFileError(field, 'an even number of hex digits', JSON.stringify(text.slice(0, 40)));
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

/** The fields of a binary file in their order. */
export class Reader {
  private at = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  /** The next byte, which is taken later. */
  get next(): number | undefined {
    return this.bytes[this.at];
  }

  take(field: string, size: number): Uint8Array {
    if (this.left < size) throw new ProverFileError(field, `${size} bytes`, `the end of the file after ${this.left}`);
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  number(field: string, size: number): bigint {
    return bytesNumber(this.take(field, size));
  }

  count(field: string, most: number): number {
    const value = this.number(field, 4);
    if (value > BigInt(most)) throw new ProverFileError(field, `at most ${most}`, String(value));
    return Number(value);
  }

  end(): void {
    if (this.left !== 0) throw new ProverFileError('file', 'its end after the last field', `${this.left} bytes more`);
  }
}
