// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Files of Aztec's bb, and what bb.js returns: docs/spec/proofs/ultrahonk.md. Proof and public inputs are bb's own words.
import { bytesNumber, concat, fromHex, numberBytes, ProverFileError, Reader } from './bytes.ts';
import { listOf, member, numberOf, objectOf } from './json.ts';

/** [x]_2 of the reference string of Aztec's ceremony, which bb uses unless told otherwise. */
export const aztecSrsPoint = fromHex(
  '260e01b251f6f1c7e7ff4e580791dee8ea51d87a358e038b4efe30fac09383c10118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0'
  + '04fc6369f7110fe3d25156c1bb9a72859cf2a04641f99ba4ee413c80da6a5fe422febda3c0c0632a56475b4214e5615e11e6dd3f96e6cea2854a87d4dacc5e55');

export interface HonkKeyOptions {
  /** bb's key does not say whether its proofs are zero-knowledge, which they are by default. */
  flavour?: 'plain' | 'zk';
  /** 128 bytes, for another reference string. */
  srsPoint?: Uint8Array;
}

const keyBytes = 3 * 32 + 28 * 64;
/** By the row of the first public input: the version, and the public inputs of bb itself. */
const versions = new Map<bigint, { version: number; own: bigint }>([[1n, { version: 3, own: 16n }], [5n, { version: 5, own: 8n }]]);

const wordBytes = 32;
const wordsMax = 4096;

/**
 * A file of bb: its bytes, which may be those of hex digits or of JSON; such a text itself; or the JSON, parsed. bb writes a
 * list of words under a name; bb.js returns bytes, or words, under a name or alone.
 */
export type BbFile = Uint8Array | string | readonly unknown[] | Readonly<Record<string, unknown>>;

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d));

function bytesOfText(text: string, names: readonly string[]): Uint8Array {
  if (!/^\s*[[{]/.test(text)) return fromHex(text, names[0]);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ProverFileError(names[0]!, 'well-formed JSON');
  }
  return bytesOf(json as BbFile, names);
}

/** The words of a file as bytes. */
function bytesOf(file: BbFile, names: readonly string[]): Uint8Array {
  if (file instanceof Uint8Array) {
    if (file.length === 0 || !isAscii(file)) return file;
    const text = new TextDecoder().decode(file);
    return /^\s*([[{]|(0x)?([0-9a-f]{2})+\s*$)/i.test(text) ? bytesOfText(text, names) : file;
  }
  if (typeof file === 'string') return bytesOfText(file, names);
  let words: unknown = file;
  let field = names[0]!;
  if (!Array.isArray(file)) {
    const object = objectOf(file, field);
    field = names.find((name) => object[name] !== undefined) ?? field;
    words = member(object, field);
    if (words instanceof Uint8Array) return words;
    if (typeof words === 'string') return fromHex(words, field);
  }
  const list = listOf(words, field);
  if (list.length > wordsMax) throw new ProverFileError(field, `at most ${wordsMax} words`, String(list.length));
  return concat(...list.map((word, i) => {
    if (word instanceof Uint8Array && word.length === wordBytes) return word;
    const value = numberOf(word, `${field}[${i}]`);
    if (value >> 256n !== 0n) throw new ProverFileError(`${field}[${i}]`, `a number of ${wordBytes} bytes`, String(word).slice(0, 80));
    return numberBytes(value, wordBytes);
  }));
}

/** The key that bb writes with `-t evm` or `-t evm-no-zk`, and that bb.js returns for these targets. */
export function ultraHonkKey(file: BbFile, options: HonkKeyOptions = {}): Uint8Array {
  const bytes = bytesOf(file, ['vk', 'vkAsFields']);
  if (bytes.length !== keyBytes) throw new ProverFileError('key', `${keyBytes} bytes of bb`, String(bytes.length));
  const reader = new Reader(bytes);
  const logSize = reader.number('log of the circuit size', 32);
  const inputs = reader.number('number of public inputs', 32);
  const firstRow = reader.number('row of the first public input', 32);
  const known = versions.get(firstRow);
  if (known === undefined) throw new ProverFileError('row of the first public input', '1 (bb 3.0) or 5 (bb 5.0)', String(firstRow));
  if (inputs < known.own || inputs - known.own > 0xffffn) throw new ProverFileError('number of public inputs', `at least the ${known.own} of bb itself`, String(inputs));
  if (logSize > 28n) throw new ProverFileError('log of the circuit size', 'at most 28', String(logSize));
  const srsPoint = options.srsPoint ?? aztecSrsPoint;
  if (srsPoint.length !== 128) throw new ProverFileError('srsPoint', '128 bytes', String(srsPoint.length));
  return concat(
    Uint8Array.of(5, known.version, options.flavour === 'plain' ? 0 : 1, Number(logSize)),
    numberBytes(inputs - known.own, 2), srsPoint, reader.take('commitments', 28 * 64),
  );
}

/** A proof for a key, which says how long it has to be: [HONK.7]. */
export function ultraHonkProof(file: BbFile, key: Uint8Array): Uint8Array {
  const bytes = bytesOf(file, ['proof']);
  if (key.length < 4) throw new ProverFileError('key', 'a canonical key', `${key.length} bytes`);
  const expected = proofBytes(key[1]!, key[2]!, key[3]!);
  if (bytes.length === expected) return bytes;
  const other = bytes.length === proofBytes(key[1]!, 1 - key[2]!, key[3]!);
  throw new ProverFileError('proof', `${expected} bytes`, `${bytes.length}${other ? `, which is a ${key[2] === 0 ? 'zero-knowledge' : 'plain'} proof` : ''}`);
}

function proofBytes(version: number, masked: number, logSize: number): number {
  const points = 8 + (logSize - 1) + 2 + 4 * masked;
  const words = (version === 3 ? 16 : 8) + logSize * (8 + masked) + 41 + logSize + 7 * masked;
  return 64 * points + wordBytes * words;
}

/** The user's public inputs: the file `public_inputs` of bb, `publicInputs` of bb.js. */
export function ultraHonkInputs(file: BbFile): bigint[] {
  const bytes = bytesOf(file, ['public_inputs', 'publicInputs']);
  if (bytes.length % wordBytes !== 0) throw new ProverFileError('public inputs', 'words of 32 bytes', `${bytes.length} bytes`);
  return Array.from({ length: bytes.length / wordBytes }, (_, i) => bytesNumber(bytes.subarray(wordBytes * i, wordBytes * (i + 1))));
}
