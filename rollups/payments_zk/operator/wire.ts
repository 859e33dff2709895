// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// What the L1 reads and writes, byte by byte: batch headers, messages, the outbox's Merkle list. docs/spec/rollup.md,
// docs/spec/settlement_by_proof.md.
import { createHash } from 'node:crypto';
import type { Hex } from 'viem';
import type { Message } from './batch.ts';

export interface BatchHeader {
  rollup: bigint;
  sequence: bigint;
  previousHash: Hex;
  anchorHeight: bigint;
  anchorHash: Hex;
  inboxEnd: bigint;
  feeRecipient: Hex;
  payloadBytes: number;
  /** Commitment of the matrix; absent when the payload is empty. */
  reference?: Hex;
}

const nativeScheme = 1n;
const headerVersion = 2n;

export function toHex(bytes: Uint8Array): Hex {
  return `0x${Buffer.from(bytes).toString('hex')}`;
}
export function fromHex(hex: Hex): Buffer {
  return Buffer.from(hex.slice(2), 'hex');
}
/** A number as this many bytes, big-endian. */
export function bytesOf(number: bigint, width: number): Buffer {
  return Buffer.from(number.toString(16).padStart(2 * width, '0'), 'hex');
}
export function word(number: bigint): Hex {
  return toHex(bytesOf(number, 32));
}
export function addressOf(number: bigint): Hex {
  return toHex(bytesOf(number, 20));
}
export function sha256(...parts: (Uint8Array | string)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function encodeHeader(header: BatchHeader): Buffer {
  return Buffer.concat([
    bytesOf(headerVersion, 1), bytesOf(header.rollup, 8), bytesOf(header.sequence, 8), fromHex(header.previousHash),
    bytesOf(header.anchorHeight, 8), fromHex(header.anchorHash), bytesOf(header.inboxEnd, 8), fromHex(header.feeRecipient),
    bytesOf(nativeScheme, 1), bytesOf(BigInt(header.payloadBytes), 4), bytesOf(header.reference === undefined ? 0n : 1n, 4),
    ...(header.reference === undefined ? [] : [fromHex(header.reference)]),
  ]);
}

export interface DecodedHeader extends BatchHeader {
  native: boolean;
}
export function decodeHeader(bytes: Buffer): DecodedHeader {
  const number = (at: number, width: number): bigint => BigInt(toHex(bytes.subarray(at, at + width)));
  const hash = (at: number): Hex => toHex(bytes.subarray(at, at + 32));
  const references = Number(number(122, 4));
  return {
    rollup: number(1, 8),
    sequence: number(9, 8),
    previousHash: hash(17),
    anchorHeight: number(49, 8),
    anchorHash: hash(57),
    inboxEnd: number(89, 8),
    feeRecipient: toHex(bytes.subarray(97, 117)),
    native: number(117, 1) === nativeScheme,
    payloadBytes: Number(number(118, 4)),
    ...(references === 0 ? {} : { reference: hash(126) }),
  };
}
export function batchHash(header: Uint8Array): Hex {
  return toHex(sha256(header));
}
/** What the sequencer signs for the order certificate [BATCH.9]. */
export function orderDigest(hash: Hex): Hex {
  return toHex(sha256('enshrine.order.v1', fromHex(hash)));
}

const messageVersion = 1n;
const kindToken = 0n;
const kindCall = 1n;
const messagesPerBatch = 65_536n;

/** Message `index` of a batch's outbox [MAP.8]. */
export function encodeOutboxMessage(message: Message, rollup: bigint, sequence: bigint, index: number): Buffer {
  return Buffer.concat([
    bytesOf(messageVersion, 1), bytesOf(kindToken, 1), bytesOf(rollup, 8), bytesOf(message.chain, 8),
    bytesOf(sequence * messagesPerBatch + BigInt(index), 8), bytesOf(message.sender, 20), bytesOf(message.receiver, 20),
    bytesOf(message.value, 32), bytesOf(0n, 32), bytesOf(0n, 4),
  ]);
}

/** An inbox message as the circuit sees it [MAP.5]. */
export function readInboxMessage(bytes: Buffer): Message {
  const number = (at: number, width: number): bigint => BigInt(toHex(bytes.subarray(at, at + width)));
  const kind = number(1, 1);
  const value = number(66, 32);
  const native = number(98, 32) === 0n && (kind === kindToken || kind === kindCall) && value < 1n << 248n;
  return { form: native ? 1 : 2, chain: number(2, 8), sender: number(26, 20), receiver: number(46, 20), value: native ? value : 0n };
}

/** The Merkle list of the protocol: split at the largest power of two below the count; empty: zero. */
export function merkleRoot(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return Buffer.alloc(32);
  if (leaves.length === 1) return leaves[0]!;
  const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha256(Uint8Array.of(1), merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)));
}
/** Siblings from the leaf up. */
export function merkleProof(leaves: Buffer[], index: number): Buffer[] {
  if (leaves.length <= 1) return [];
  const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return index < split
    ? [...merkleProof(leaves.slice(0, split), index), merkleRoot(leaves.slice(split))]
    : [...merkleProof(leaves.slice(split), index - split), merkleRoot(leaves.slice(0, split))];
}
export function messageLeaf(message: Uint8Array): Buffer {
  return sha256(Uint8Array.of(0), message);
}
