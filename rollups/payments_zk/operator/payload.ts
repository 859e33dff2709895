// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Transfers as users sign them and as a batch's payload holds them. docs/spec/payments_zk.md, "Payload".
import type { Point, Signature } from './babyjub.ts';
import { reduce } from './field.ts';
import { poseidon } from './poseidon.ts';

/** What the circuit in payments.circom is made for. */
export const sizes = { depth: 5, inbox: 3, entries: 8, transfers: 8 } as const;
export const outboxMax = sizes.inbox + sizes.transfers;
export const wordBytes = 31;
const transferWords = 7;
export const payloadWords = sizes.entries + transferWords * sizes.transfers;
export const payloadBytes = wordBytes * payloadWords;

export const kinds = { payment: 1, withdrawal: 2 } as const;

/** What a user signs. */
export interface Order {
  kind: number;
  from: bigint;
  to: bigint;
  amount: bigint;
  nonce: bigint;
}
export interface SignedOrder extends Order {
  key: Point;
  signature: Signature;
}
/** A transfer in a payload: its accounts by their numbers in the table. */
export interface Transfer {
  kind: number;
  fromEntry: number;
  toEntry: number;
  to: bigint;
  amount: bigint;
  nonce: bigint;
  key: Point;
  signature: Signature;
  /** Ten bytes that have to be zero. */
  spare: bigint;
}
export interface Payload {
  /** The words of the table: addresses when they are below 2^160. */
  table: bigint[];
  transfers: Transfer[];
}

export function domainOf(l1Chain: bigint, rollup: bigint): bigint {
  return (l1Chain << 64n) + rollup;
}
export function orderMessage(domain: bigint, order: Order): bigint {
  return poseidon([domain, BigInt(order.kind), order.from, order.to, order.amount, order.nonce]);
}
/** What an account stores of its payment key. */
export function keyHash(key: Point): bigint {
  return poseidon([...key]) & ((1n << 160n) - 1n);
}

const low = (number: bigint): bigint => number & ((1n << 248n) - 1n);

function transferToWords(transfer: Transfer): bigint[] {
  const elements = [...transfer.key, ...transfer.signature.r, transfer.signature.s];
  const tops = elements.reduce((out, element) => (out << 8n) | (element >> 248n), 0n);
  return [
    ((((BigInt(transfer.kind) << 8n | BigInt(transfer.fromEntry)) << 8n | BigInt(transfer.toEntry)) << 160n | transfer.to) << 64n) | transfer.nonce,
    (transfer.amount << 40n | tops) << 80n | transfer.spare,
    ...elements.map(low),
  ];
}

function transferFromWords(words: bigint[]): Transfer {
  const [first, second] = [words[0]!, words[1]!];
  const byte = (number: bigint, at: bigint): bigint => (number >> at) & 0xffn;
  const whole = (i: number): bigint => (byte(second, BigInt(112 - 8 * i)) << 248n) + words[2 + i]!;
  return {
    kind: Number(byte(first, 240n)),
    fromEntry: Number(byte(first, 232n)),
    toEntry: Number(byte(first, 224n)),
    to: (first >> 64n) & ((1n << 160n) - 1n),
    nonce: first & ((1n << 64n) - 1n),
    amount: second >> 120n,
    key: [reduce(whole(0)), reduce(whole(1))],
    signature: { r: [reduce(whole(2)), reduce(whole(3))], s: whole(4) },
    spare: second & ((1n << 80n) - 1n),
  };
}

export function payloadToWords(payload: Payload): bigint[] {
  const out = [...payload.table, ...Array<bigint>(sizes.entries - payload.table.length).fill(0n)];
  for (const transfer of payload.transfers) out.push(...transferToWords(transfer));
  return [...out, ...Array<bigint>(payloadWords - out.length).fill(0n)];
}

export function wordsToPayload(words: bigint[]): Payload {
  const transfers = Array.from({ length: sizes.transfers }, (_, i) =>
    transferFromWords(words.slice(sizes.entries + transferWords * i, sizes.entries + transferWords * (i + 1))));
  return { table: words.slice(0, sizes.entries), transfers };
}

/** Without the zero words at its end, which the L1 adds again [MAP.6]; so a batch without transfers has no payload. */
export function wordsToBytes(words: bigint[]): Uint8Array {
  const used = words.length - [...words].reverse().findIndex((word) => word !== 0n);
  const shown = words.some((word) => word !== 0n) ? words.slice(0, used) : [];
  return Buffer.from(shown.map((word) => word.toString(16).padStart(2 * wordBytes, '0')).join(''), 'hex');
}

export function bytesToWords(bytes: Uint8Array): bigint[] {
  const filled = Buffer.alloc(payloadBytes);
  Buffer.from(bytes).copy(filled);
  return Array.from({ length: payloadWords }, (_, i) => BigInt(`0x${filled.subarray(wordBytes * i, wordBytes * (i + 1)).toString('hex')}`));
}

/** Puts orders into a payload, in their order, as many as fit; says how many that were. */
export function pack(orders: SignedOrder[]): { payload: Payload; packed: number } {
  const addresses = new Set<bigint>();
  let packed = 0;
  for (const order of orders) {
    const needed = order.kind === kinds.payment ? [order.from, order.to] : [order.from];
    const added = new Set(needed.filter((address) => !addresses.has(address)));
    if (packed === sizes.transfers || addresses.size + added.size > sizes.entries) break;
    for (const address of added) addresses.add(address);
    packed++;
  }
  const table = [...addresses].sort((x, y) => (x < y ? -1 : 1));
  const transfers = orders.slice(0, packed).map((order) => ({
    kind: order.kind,
    fromEntry: table.indexOf(order.from),
    toEntry: order.kind === kinds.payment ? table.indexOf(order.to) : 0,
    to: order.to,
    amount: order.amount,
    nonce: order.nonce,
    key: order.key,
    signature: order.signature,
    spare: 0n,
  }));
  return { payload: { table, transfers }, packed };
}
