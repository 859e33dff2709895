// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// What became of orders, for who asks. Batches and accounts say the same; what is forgotten here is lost to nobody.
import type { Refusal } from './batch.ts';

/** Where an order stands in the batches, or why it does nothing; without either it waits in the queue. */
export interface Outcome {
  batch?: bigint;
  reason?: Refusal;
}

export class OrderLog {
  readonly #limit: number;
  readonly #outcomes = new Map<bigint, Outcome>();

  /** The limit is above the number of orders that wait at most, so that none of those is forgotten. */
  constructor(limit = 65_536) { this.#limit = limit; }

  get size(): number { return this.#outcomes.size; }
  get(message: bigint): Outcome | undefined { return this.#outcomes.get(message); }
  /** The order of which nothing new has been noted for longest makes room. */
  note(message: bigint, outcome: Outcome): void {
    this.#outcomes.delete(message);
    this.#outcomes.set(message, outcome);
    if (this.#outcomes.size <= this.#limit) return;
    const [oldest] = this.#outcomes.keys();
    this.#outcomes.delete(oldest!);
  }
}
