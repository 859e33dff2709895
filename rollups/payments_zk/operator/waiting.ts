// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Transfers that wait for a batch: as many as the limits say, and each of them does something behind the ones before it. They
// are tried on balances and nonces alone, and a signature is verified once, so that a stranger's transfers cost little.
import type { Account, State } from './accounts.ts';
import { moveCoins, whyRefused, type Refusal } from './batch.ts';
import { orderMessage, type SignedOrder } from './payload.ts';

export const waitingMax = 1_024;
export const waitingOfAccountMax = 64;

/** Accounts behind some transfers, on a state that stays as it is. */
class Ledger {
  readonly #state: State;
  readonly #changed = new Map<bigint, Account>();
  constructor(state: State) { this.#state = state; }
  get(address: bigint): Readonly<Account> | undefined { return this.#changed.get(address) ?? this.#state.accounts.get(address); }
  update(address: bigint, change: Partial<Account>): void { this.#changed.set(address, { ...this.get(address)!, ...change }); }
}

/** Applies the order when it does something. */
function apply(ledger: Ledger, order: SignedOrder, domain: bigint, known: 'verified' | 'new'): Refusal | undefined {
  const live = new Map([order.from, order.to].map((address, i) => [i, address] as const).filter(([, address]) => address !== 0n));
  const transfer = { ...order, fromEntry: 0, toEntry: 1, spare: 0n };
  const refusal = whyRefused(ledger, live, transfer, domain, known === 'verified');
  if (refusal === undefined) moveCoins(ledger, order.from, transfer);
  return refusal;
}

export class Waiting {
  readonly #domain: bigint;
  #orders: SignedOrder[] = [];
  #ledger: Ledger;

  constructor(domain: bigint, state: State) {
    this.#domain = domain;
    this.#ledger = new Ledger(state);
  }

  get orders(): readonly SignedOrder[] { return this.#orders; }

  /** Throws with the reason when there is no room for the order, or it would do nothing. */
  add(order: SignedOrder): void {
    if (this.#orders.length >= waitingMax) throw new Error(`too many transfers wait: at most ${waitingMax}; try again after the next batch`);
    const own = this.#orders.filter(({ from }) => from === order.from).length;
    if (own >= waitingOfAccountMax) throw new Error(`too many transfers of the sender wait: at most ${waitingOfAccountMax}; try again after the next batch`);
    const refusal = apply(this.#ledger, order, this.#domain, 'new');
    if (refusal !== undefined) throw new Error(`the transfer would do nothing: ${refusal}`);
    this.#orders.push(order);
  }

  /** Goes on behind another state without the orders that are done; returns those that would do nothing there. */
  moveTo(state: State, isDone: (id: bigint) => boolean): Map<bigint, Refusal> {
    const refused = new Map<bigint, Refusal>();
    this.#ledger = new Ledger(state);
    this.#orders = this.#orders.filter((order) => {
      const id = orderMessage(this.#domain, order);
      if (isDone(id)) return false;
      const refusal = apply(this.#ledger, order, this.#domain, 'verified');
      if (refusal !== undefined) refused.set(id, refusal);
      return refusal === undefined;
    });
    return refused;
  }
}
