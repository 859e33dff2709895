// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Programs of SP1 and RISC Zero: docs/spec/proofs/sp1.md and risc0.md. Their proofs and seals are taken as they are; the
// inputs are the two halves of the SHA-256 of what the program has published, see programInputs().
import { sha256 } from 'viem';
import { bytesNumber, concat, fromHex, ProverFileError } from './bytes.ts';
import { objectOf } from './json.ts';

function programKey(kind: number, identifier: Uint8Array, proof: Uint8Array): Uint8Array {
  if (identifier.length !== 32) throw new ProverFileError('identifier of the program', '32 bytes', String(identifier.length));
  if (proof.length < 4) throw new ProverFileError('proof', 'a selector of 4 bytes and more', `${proof.length} bytes`);
  return concat(Uint8Array.of(kind, 1), proof.subarray(0, 4), identifier);
}

function hexMember(file: unknown, names: string[]): Uint8Array {
  const document = objectOf(file, 'fixture');
  for (const name of names) {
    const value = document[name];
    if (value === undefined) continue;
    if (typeof value === 'string' && !/^0X|\s/.test(value)) return fromHex(value, name);
    throw new ProverFileError(name, 'a string of hex digits', JSON.stringify(value)?.slice(0, 80));
  }
  throw new ProverFileError(names[0] ?? '', 'hex under that name', 'none');
}

export interface ProgramProof {
  key: Uint8Array;
  proof: Uint8Array;
  /** Public values of SP1, journal of RISC Zero. */
  published: Uint8Array;
}

/** The program's key (SP1's `vkey`) and a proof of it, whose selector names the version of SP1. */
export const sp1Key = (vkey: Uint8Array, proof: Uint8Array): Uint8Array => programKey(6, vkey, proof);
/** The image ID and a seal, whose selector names the version of RISC Zero. */
export const risc0Key = (imageId: Uint8Array, seal: Uint8Array): Uint8Array => programKey(7, imageId, seal);

/** The JSON that SP1's scripts write: vkey, proof, publicValues. */
export function sp1Fixture(file: unknown): ProgramProof {
  const proof = hexMember(file, ['proof']);
  return { key: sp1Key(hexMember(file, ['vkey']), proof), proof, published: hexMember(file, ['publicValues']) };
}

/** imageId, seal, journal. */
export function risc0Fixture(file: unknown): ProgramProof {
  const seal = hexMember(file, ['seal', 'SEAL']);
  return { key: risc0Key(hexMember(file, ['imageId', 'IMAGE_ID']), seal), proof: seal, published: hexMember(file, ['journal', 'JOURNAL']) };
}

/**
 * The inputs under which the L1 verifies a program's proof [PKIND.5]: the halves of the SHA-256 of what it has published. A
 * program that settles a rollup publishes the bytes of the statement.
 */
export function programInputs(published: Uint8Array): [bigint, bigint] {
  const digest = sha256(published, 'bytes');
  return [bytesNumber(digest.subarray(0, 16)), bytesNumber(digest.subarray(16))];
}
