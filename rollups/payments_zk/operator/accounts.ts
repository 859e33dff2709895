// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The state: accounts in a tree of Poseidon hashes, sorted by address through links. docs/spec/payments_zk.md [ZKPAY-STATE.*].
import { poseidon } from './poseidon.ts';

export interface Account {
  address: bigint;
  next: bigint;
  /** The last 20 bytes of the hash of the payment key; zero while none is set. */
  key: bigint;
  balance: bigint;
  nonce: bigint;
}

/** How the circuit is shown a leaf. */
export interface Opening {
  index: number;
  siblings: bigint[][];
  leaf: bigint[];
}

const arity = 8;
const emptyAccount: Account = { address: 0n, next: 0n, key: 0n, balance: 0n, nonce: 0n };

export const accountFields = (account: Account): bigint[] => [account.address, account.next, account.key, account.balance, account.nonce];

export function accountHash(account: Account): bigint {
  return poseidon([account.address, account.next, account.key, (account.nonce << 128n) + account.balance]);
}

export class Accounts {
  readonly depth: number;
  readonly #accounts: Account[];
  readonly #places = new Map<bigint, number>();
  /** Nodes by level from the leaves up; what is missing covers unused leaves alone. */
  readonly #nodes: Map<number, bigint>[];
  readonly #unused: bigint[];

  constructor(depth: number) {
    this.depth = depth;
    this.#unused = [0n];
    for (let level = 0; level < depth; level++) this.#unused.push(poseidon(Array<bigint>(arity).fill(this.#unused[level]!)));
    this.#nodes = Array.from({ length: depth + 1 }, () => new Map<number, bigint>());
    this.#accounts = [];
    this.#append({ ...emptyAccount });  // the head of the list
  }

  /** From all leaves, the head of the list first. */
  static of(depth: number, leaves: readonly Account[]): Accounts {
    if (leaves.length === 0 || leaves.length > arity ** depth) throw new Error(`accounts: expected 1 to ${arity ** depth} leaves, got ${leaves.length}`);
    const out = new Accounts(depth);
    out.#accounts.length = 0;
    out.#places.clear();
    leaves.forEach((account, place) => {
      out.#places.set(account.address, place);
      out.#accounts.push({ ...account });
      out.#nodes[0]!.set(place, accountHash(account));
    });
    for (let level = 0, nodes = leaves.length; level < depth; level++) {
      nodes = Math.ceil(nodes / arity);
      for (let parent = 0; parent < nodes; parent++) out.#nodes[level + 1]!.set(parent, poseidon(out.#children(level, parent)));
    }
    return out;
  }

  get count(): number { return this.#accounts.length; }
  get full(): boolean { return this.count === arity ** this.depth; }
  get root(): bigint { return this.#node(this.depth, 0); }

  get(address: bigint): Readonly<Account> | undefined {
    const place = this.#places.get(address);
    return place === undefined || place === 0 ? undefined : this.#accounts[place];
  }
  all(): readonly Readonly<Account>[] { return this.#accounts.slice(1); }
  /** What `of` takes. */
  leaves(): readonly Readonly<Account>[] { return this.#accounts; }

  update(address: bigint, change: Partial<Account>): void {
    const place = this.#places.get(address);
    if (place === undefined) throw new Error(`there is no account 0x${address.toString(16)}`);
    this.#write(place, { ...this.#accounts[place]!, ...change });
  }

  insert(address: bigint, content: { key: bigint; balance: bigint }): void {
    const before = this.#placeBefore(address);
    const { next } = this.#accounts[before]!;
    this.#write(before, { ...this.#accounts[before]!, next: address });
    this.#append({ address, next, nonce: 0n, ...content });
  }

  /** Of the account, or of the one before its place. */
  open(address: bigint): Opening {
    const index = this.#places.get(address) ?? this.#placeBefore(address);
    return { index, siblings: this.#siblings(index), leaf: accountFields(this.#accounts[index]!) };
  }
  siblingsOf(address: bigint): bigint[][] { return this.open(address).siblings; }

  copy(): Accounts {
    const out = new Accounts(this.depth);
    out.#accounts.length = 0;
    out.#places.clear();
    for (const account of this.#accounts) {
      out.#places.set(account.address, out.#accounts.length);
      out.#accounts.push({ ...account });
    }
    this.#nodes.forEach((level, i) => {
      out.#nodes[i]!.clear();
      for (const [place, node] of level) out.#nodes[i]!.set(place, node);
    });
    return out;
  }

  #placeBefore(address: bigint): number {
    const found = this.#accounts.findIndex((account) => account.address < address && (account.next === 0n || account.next > address));
    if (found < 0) throw new Error(`0x${address.toString(16)} has no place in the list: it is in it`);
    return found;
  }

  #append(account: Account): void {
    this.#places.set(account.address, this.#accounts.length);
    this.#accounts.push(account);
    this.#write(this.#accounts.length - 1, account);
  }

  #node(level: number, place: number): bigint {
    return this.#nodes[level]!.get(place) ?? this.#unused[level]!;
  }

  #children(level: number, parent: number): bigint[] {
    return Array.from({ length: arity }, (_, i) => this.#node(level, parent * arity + i));
  }

  #siblings(index: number): bigint[][] {
    return Array.from({ length: this.depth }, (_, level) => this.#children(level, Math.floor(index / arity ** (level + 1))));
  }

  #write(place: number, account: Account): void {
    this.#accounts[place] = account;
    this.#nodes[0]!.set(place, accountHash(account));
    let parent = place;
    for (let level = 0; level < this.depth; level++) {
      parent = Math.floor(parent / arity);
      this.#nodes[level + 1]!.set(parent, poseidon(this.#children(level, parent)));
    }
  }
}

export class State {
  readonly accounts: Accounts;
  readonly l1Chain: bigint;
  /** The sum of all balances. */
  total = 0n;

  constructor(depth: number, l1Chain: bigint, accounts = new Accounts(depth)) {
    this.accounts = accounts;
    this.l1Chain = l1Chain;
  }

  get root(): bigint {
    return poseidon([this.accounts.root, this.total, BigInt(this.accounts.count), this.l1Chain]);
  }

  copy(): State {
    const out = new State(this.accounts.depth, this.l1Chain, this.accounts.copy());
    out.total = this.total;
    return out;
  }
}
