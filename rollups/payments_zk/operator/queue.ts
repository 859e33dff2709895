// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Orders that wait for a batch. Anybody may send one, so that each costs little, and the signature, which costs most, comes last
// and once: behind limits, nonce, key and balance.
import type { Account } from './accounts.ts';
import { verify } from './babyjub.ts';
import { orderRefusal, type AccountView, type Refusal, type SignatureCheck } from './batch.ts';
import { keyHash, kinds, type SignedOrder } from './payload.ts';

export interface QueueLimits {
  /** Orders of all accounts together. */
  total: number;
  /** Orders of one account: two batches full. */
  account: number;
}
export const queueLimits: QueueLimits = { total: 1_024, account: 16 };

interface Waiting {
  order: SignedOrder;
  keyHash: bigint;
}

/** Accounts as they are behind the orders that were moved: what transfers change, over what they do not. */
class Moved implements AccountView {
  readonly #below: AccountView;
  readonly #changed = new Map<bigint, Account>();

  constructor(below: AccountView) { this.#below = below; }
  get(address: bigint): Readonly<Account> | undefined { return this.#changed.get(address) ?? this.#below.get(address); }
  /** An order that orderRefusal has nothing against. */
  move({ kind, from, to, amount }: SignedOrder): void {
    const sender = this.get(from)!;
    this.#changed.set(from, { ...sender, balance: sender.balance - amount, nonce: sender.nonce + 1n });
    if (kind !== kinds.payment) return;
    const receiver = this.get(to)!;
    this.#changed.set(to, { ...receiver, balance: receiver.balance + amount });
  }
}

export class Queue {
  readonly #limits: QueueLimits;
  /** By what was signed, in the order in which they came. */
  #waiting = new Map<bigint, Waiting>();
  #counts = new Map<bigint, number>();
  #behind: Moved;

  constructor(accounts: AccountView, limits = queueLimits) {
    this.#limits = limits;
    this.#behind = new Moved(accounts);
  }

  get size(): number { return this.#waiting.size; }
  get orders(): SignedOrder[] { return [...this.#waiting.values()].map(({ order }) => order); }

  /**
   * Throws, with the reason, for an order that finds no room or would do nothing behind those that wait. `message` is what its
   * signature signs.
   */
  add(order: SignedOrder, message: bigint): void {
    const { total, account } = this.#limits;
    if (this.size >= total) throw new Error(`the queue is full: at most ${total} transfers wait; try again behind the next batch`);
    const own = this.#counts.get(order.from) ?? 0;
    if (own >= account) throw new Error(`at most ${account} transfers of one account wait; try again behind the next batch`);
    let hash: bigint | undefined;
    const hashOfKey = (): bigint => (hash ??= keyHash(order.key));
    const refusal = orderRefusal(this.#behind, order, hashOfKey) ?? (verify(order.key, message, order.signature) ? undefined : 'signature');
    if (refusal !== undefined) throw new Error(`the transfer would do nothing: ${refusal}`);
    this.#push(message, { order, keyHash: hashOfKey() });
  }

  #push(message: bigint, waiting: Waiting): void {
    const { from } = waiting.order;
    this.#waiting.set(message, waiting);
    this.#counts.set(from, (this.#counts.get(from) ?? 0) + 1);
    this.#behind.move(waiting.order);
  }

  /** Signatures that are known to hold need no second look. The same order with another signature does. */
  readonly verify: SignatureCheck = (key, message, signature) => {
    const known = this.#waiting.get(message)?.order;
    const same = known !== undefined && known.key[0] === key[0] && known.key[1] === key[1] && known.signature.r[0] === signature.r[0]
      && known.signature.r[1] === signature.r[1] && known.signature.s === signature.s;
    return same || verify(key, message, signature);
  };

  /** Goes on from these accounts, without the orders that a batch holds; returns those that would do nothing any more. */
  rebase(accounts: AccountView, inBatch: (message: bigint) => boolean): { message: bigint; reason: Refusal }[] {
    const before = this.#waiting;
    const refused: { message: bigint; reason: Refusal }[] = [];
    this.#waiting = new Map();
    this.#counts = new Map();
    this.#behind = new Moved(accounts);
    for (const [message, waiting] of before) {
      if (inBatch(message)) continue;
      const reason = orderRefusal(this.#behind, waiting.order, () => waiting.keyHash);
      if (reason === undefined) this.#push(message, waiting);
      else refused.push({ message, reason });
    }
    return refused;
  }
}
