// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Files of Aztec's bb: docs/spec/proofs/ultrahonk.md. Proof and public inputs are bb's own bytes.
import { bytesNumber, concat, fromHex, numberBytes, ProverFileError, Reader } from './bytes.ts';

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

/** The file `vk` that bb writes with `-t evm` or `-t evm-no-zk`. */
export function ultraHonkKey(bytes: Uint8Array, options: HonkKeyOptions = {}): Uint8Array {
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

/** The file `public_inputs`: words of 32 bytes. */
export function ultraHonkInputs(bytes: Uint8Array): bigint[] {
  if (bytes.length % 32 !== 0) throw new ProverFileError('public inputs', 'words of 32 bytes', `${bytes.length} bytes`);
  return Array.from({ length: bytes.length / 32 }, (_, i) => bytesNumber(bytes.subarray(32 * i, 32 * i + 32)));
}
