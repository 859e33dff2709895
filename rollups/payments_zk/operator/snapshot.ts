// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// What an operator keeps on disk when it is told to: the accounts behind the last settled batch, so that it can be started again
// when nobody keeps the payloads of old batches any more. The L1 knows the state root behind every settled batch and so tells
// whether the accounts are right; what batches have sent out it checks with each withdrawal.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Hex } from 'viem';
import { accountFields, Accounts, State, type Account } from './accounts.ts';
import { sizes } from './payload.ts';
import { fromHex, toHex } from './wire.ts';

/** A settled batch. */
export interface Kept {
  hash: Hex;
  rootAfter: bigint;
  inboxCount: number;
  outbox: Buffer[];
}
export interface Snapshot {
  rollup: bigint;
  /** Every batch up to the one behind which the state is. */
  batches: readonly Kept[];
  state: State;
}

const version = 1;
/** One behind the last value, by field of an account [ZKPAY-STATE.1]. Its hash alone does not tell balance and nonce apart. */
const limits = [1n << 160n, 1n << 160n, 1n << 160n, 1n << 128n, (1n << 64n) + 1n];

const hex = (value: bigint): Hex => `0x${value.toString(16)}`;

/** A crash leaves the old file or the new one. */
export function writeSnapshot(path: string, { rollup, batches, state }: Snapshot): void {
  const text = JSON.stringify({
    version,
    rollup: hex(rollup),
    l1Chain: hex(state.l1Chain),
    batches: batches.map(({ hash, rootAfter, inboxCount, outbox }) => ({ hash, rootAfter: hex(rootAfter), inboxCount, outbox: outbox.map(toHex) })),
    accounts: state.accounts.leaves().map((account) => accountFields(account).map(hex)),
  });
  const writing = `${path}.${process.pid}`;
  writeFileSync(writing, text);
  renameSync(writing, path);
}

class Reader {
  readonly #name: string;
  readonly #value: unknown;
  constructor(name: string, value: unknown) {
    this.#name = name;
    this.#value = value;
  }
  at(name: string): Reader {
    if (typeof this.#value !== 'object' || this.#value === null) throw this.#wrong('an object');
    return new Reader(`${this.#name}.${name}`, (this.#value as Record<string, unknown>)[name]);
  }
  list(): Reader[] {
    if (!Array.isArray(this.#value)) throw this.#wrong('a list');
    return this.#value.map((item, i) => new Reader(`${this.#name}[${i}]`, item));
  }
  hex(): Hex {
    if (typeof this.#value !== 'string' || !/^0x[0-9a-f]+$/.test(this.#value)) throw this.#wrong('a 0x-hex string');
    return this.#value as Hex;
  }
  number(limit: bigint): bigint {
    const out = BigInt(this.hex());
    if (out >= limit) throw this.#wrong(`a number below ${limit}`);
    return out;
  }
  exactly(expected: bigint): void {
    if (this.number(1n << 64n) !== expected) throw this.#wrong(String(expected));
  }
  count(limit: number): number {
    if (typeof this.#value !== 'number' || !Number.isInteger(this.#value) || this.#value < 0 || this.#value > limit) throw this.#wrong(`a number up to ${limit}`);
    return this.#value;
  }
  #wrong(expected: string): Error {
    return new Error(`${this.#name}: expected ${expected}, got ${JSON.stringify(this.#value) ?? 'nothing'}`.slice(0, 200));
  }
}

function readAccount(reader: Reader): Account {
  const fields = reader.list();
  const [address, next, key, balance, nonce] = limits.map((limit, i) => (fields[i] ?? new Reader('account', undefined)).number(limit)) as [bigint, bigint, bigint, bigint, bigint];
  return { address, next, key, balance, nonce };
}

/** Undefined when there is no such file; throws, with the reason, for one that is not of this rollup. */
export function readSnapshot(path: string, rollup: bigint, l1Chain: bigint): Snapshot | undefined {
  if (!existsSync(path)) return undefined;
  const file = new Reader('snapshot', JSON.parse(readFileSync(path, 'utf8')));
  if (file.at('version').count(255) !== version) throw new Error(`snapshot.version: expected ${version}`);
  file.at('rollup').exactly(rollup);
  file.at('l1Chain').exactly(l1Chain);
  const batches = file.at('batches').list().map((batch) => ({
    hash: batch.at('hash').hex(), rootAfter: batch.at('rootAfter').number(1n << 256n), inboxCount: batch.at('inboxCount').count(sizes.inbox),
    outbox: batch.at('outbox').list().map((message) => fromHex(message.hex())),
  }));
  const state = new State(sizes.depth, l1Chain, Accounts.of(sizes.depth, file.at('accounts').list().map(readAccount)));
  state.total = state.accounts.all().reduce((sum, { balance }) => sum + balance, 0n);
  if (batches.length === 0 || batches.at(-1)!.rootAfter !== state.root) throw new Error(`snapshot: its accounts have the state root ${hex(state.root)}, its last batch another`);
  return { rollup, batches, state };
}
