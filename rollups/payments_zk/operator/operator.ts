// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The operator of the rollup: takes signed transfers, orders them behind the inbox, publishes batches, proves them and
// settles them. It keeps nothing on disk: what it knows stands on the L1 and in published data, and is read from there.
import type { Hex } from 'viem';
import { State, type Account } from './accounts.ts';
import { applyBatch, type Message, type Refusal } from './batch.ts';
import type { CircuitFiles } from './circuit_files.ts';
import { L1, type Anchor, type Receipt, type Registered } from './l1.ts';
import {
  bytesToWords, domainOf, orderMessage, pack, payloadBytes, payloadToWords, sizes, wordsToBytes, wordsToPayload, type Payload, type SignedOrder,
} from './payload.ts';
import { proofBytes, Prover } from './prover.ts';
import { Waiting } from './waiting.ts';
import { batchHash, bytesOf, decodeHeader, encodeHeader, encodeOutboxMessage, fromHex, merkleProof, merkleRoot, messageLeaf, orderDigest, toHex, word } from './wire.ts';

export interface Batch {
  sequence: bigint;
  hash: Hex;
  rootBefore: bigint;
  rootAfter: bigint;
  inboxCount: number;
  payload: Uint8Array;
  outbox: Buffer[];
  /** What the prover needs; gone once the batch is settled. */
  witness: Record<string, unknown> | undefined;
  settled: boolean;
}
/** What claimProven takes. */
export interface Claim {
  rollup: bigint;
  sequence: bigint;
  stateRoot: Hex;
  outboxRoot: Hex;
  outboxCount: bigint;
  data: Hex;
  outbox: Hex;
}
export interface Proven {
  claim: Claim;
  proof: Hex;
}
export interface OrderStatus {
  status: 'queued' | 'ordered' | 'settled' | 'refused';
  batch?: bigint;
  reason?: Refusal;
}
export interface Withdrawal {
  message: Hex;
  batch: bigint;
  index: number;
  siblings: Hex[];
  settled: boolean;
}

const unprovenMax = 2;
const zeroHash = word(0n);

export const claimArguments = (claim: Claim): unknown[] => [
  claim.rollup, claim.sequence, claim.sequence, claim.stateRoot, claim.outboxRoot, claim.outboxCount, zeroHash, claim.data, claim.outbox,
];

export class Operator {
  readonly rollup: bigint;
  readonly l1: L1;
  readonly log: (line: string) => void;
  readonly #prover: Prover;
  readonly #batches: Batch[] = [];
  /** By order: where it stands in the batches, or why it does nothing; without either it waits in the queue. */
  readonly #orders = new Map<bigint, { batch?: bigint; reason?: Refusal }>();
  #waiting: Waiting;
  #waitingSince: number | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #genesisRoot: bigint;
  #state: State;
  readonly #domain: bigint;
  #blocked: string | undefined;

  private constructor(rollup: bigint, l1: L1, prover: Prover, genesis: State, log: (line: string) => void) {
    this.rollup = rollup;
    this.l1 = l1;
    this.log = log;
    this.#prover = prover;
    this.#genesisRoot = genesis.root;
    this.#state = genesis;
    this.#domain = domainOf(genesis.l1Chain, rollup);
    this.#waiting = new Waiting(this.#domain, genesis);
  }

  /** Rebuilds the state from the L1 and goes on from there. */
  static async open(options: { rollup: bigint; l1: L1; files: CircuitFiles; log?: (line: string) => void }): Promise<Operator> {
    const { programId } = await options.l1.status(options.rollup);
    if (programId !== `0x${options.files.digest}`) throw new Error(`rollup ${options.rollup} is registered for the circuit ${programId}, and this one is 0x${options.files.digest}`);
    const chain = await options.l1.chainId();
    const out = new Operator(options.rollup, options.l1, new Prover(options.files), new State(sizes.depth, chain), options.log ?? (() => undefined));
    await out.#catchUp();
    return out;
  }

  get domain(): bigint { return this.#domain; }
  /** Which batch of the L1 cannot be read, and why: nothing is ordered behind it; what stands before it is proven. */
  get blocked(): string | undefined { return this.#blocked; }
  get batches(): readonly Batch[] { return this.#batches; }
  /** Behind the last ordered batch. */
  get state(): State { return this.#state; }
  account(address: bigint): Readonly<Account> | undefined { return this.state.accounts.get(address); }
  async end(): Promise<void> { await this.#prover.end(); }

  /** Takes an order into the queue. Throws for one that would do nothing behind those that are queued already, or has no room. */
  submit(order: SignedOrder): bigint {
    const id = orderMessage(this.#domain, order);
    const known = this.#orders.get(id);
    if (known !== undefined && known.reason === undefined) return id;
    this.#waiting.add(order);
    this.#orders.set(id, {});
    return id;
  }
  orderStatus(id: bigint): OrderStatus | undefined {
    const known = this.#orders.get(id);
    if (known === undefined) return undefined;
    if (known.reason !== undefined) return { status: 'refused', reason: known.reason };
    if (known.batch === undefined) return { status: 'queued' };
    return { status: this.#batches[Number(known.batch) - 1]?.settled === true ? 'settled' : 'ordered', batch: known.batch };
  }

  /** What reads and writes the list of batches takes turns. */
  #exclusive<T>(action: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(action);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /**
   * Orders what waits: one batch, or none when nothing waits or too much is unproven. What does not fill a batch waits
   * `collectMs` for company, because every batch costs a proof.
   */
  order(collectMs = 0): Promise<Batch | undefined> {
    return this.#exclusive(() => this.#order(collectMs));
  }

  async #order(collectMs: number): Promise<Batch | undefined> {
    await this.#catchUp();
    if (this.#blocked !== undefined) return undefined;
    const status = await this.l1.status(this.rollup);
    if (this.#batches.filter((batch) => !batch.settled).length >= unprovenMax) return undefined;
    const anchor = await this.l1.anchor();
    const { inbox, end } = await this.#due(status.inboxConsumed, anchor);
    const { payload, packed } = pack([...this.#waiting.orders]);
    if (inbox.length === 0 && packed === 0) {
      this.#waitingSince = undefined;
      return undefined;
    }
    this.#waitingSince ??= Date.now();
    const filled = packed < this.#waiting.orders.length || packed === sizes.transfers || inbox.length === sizes.inbox;
    if (!filled && Date.now() - this.#waitingSince < collectMs) return undefined;
    this.#waitingSince = undefined;

    const bytes = packed === 0 ? new Uint8Array() : wordsToBytes(payloadToWords(payload));
    const reference = bytes.length === 0 ? undefined : await this.l1.publish(this.rollup, bytes);
    const header = encodeHeader({
      rollup: this.rollup, sequence: BigInt(this.#batches.length + 1), previousHash: status.lastBatchHash, anchorHeight: anchor.height,
      anchorHash: anchor.hash, inboxEnd: end, feeRecipient: this.l1.account.address, payloadBytes: bytes.length,
      ...(reference === undefined ? {} : { reference }),
    });
    // Others than the sequencer may register batches when the inbox is ignored for long, without a certificate [BATCH.8].
    const certificate = BigInt(status.sequencer) === BigInt(this.l1.account.address) ? await this.l1.certify(orderDigest(batchHash(header))) : '0x';
    const sent = await this.l1.send('IRollupRegistry', 'submitBatch', [toHex(header), certificate]);
    const batch = this.#append(header, anchor.timestamp, inbox, bytes);
    this.log(`batch ${batch.sequence}: ${inbox.length} inbox messages, ${packed} transfers, registered in L1 block ${sent.block}`);
    return batch;
  }

  /** Inbox messages that a batch with this anchor has to consume [BATCH.6] [VALID.3]. */
  async #due(first: bigint, anchor: Anchor): Promise<{ inbox: Message[]; end: bigint }> {
    const count = await this.l1.call<bigint>('IInbox', 'count', [this.rollup]);
    const inbox: Message[] = [];
    for (let index = first; index < count && inbox.length < sizes.inbox; index++) {
      const { message, height } = await this.l1.inboxMessage(this.rollup, index);
      if (height > anchor.height) break;
      inbox.push(message);
    }
    return { inbox, end: first + BigInt(inbox.length) };
  }

  #append(header: Buffer, timestamp: bigint, inbox: Message[], payload: Uint8Array): Batch {
    const { sequence } = decodeHeader(header);
    const words = bytesToWords(payload);
    const result = applyBatch(this.#state, { context: { rollup: this.rollup, sequence, timestamp }, inbox, payload: words });
    const batch: Batch = {
      sequence, hash: batchHash(header), rootBefore: this.#state.root, rootAfter: result.state.root, inboxCount: inbox.length, payload,
      witness: result.witness, settled: false,
      outbox: result.outbox.map((message, i) => encodeOutboxMessage(message, this.rollup, sequence, i)),
    };
    this.#batches.push(batch);
    this.#state = result.state;
    this.#noteOrders(sequence, wordsToPayload(words), result.refusals);
    return batch;
  }

  #noteSettled(batch: Batch): void {
    batch.settled = true;
    batch.witness = undefined;
    batch.payload = new Uint8Array();
  }

  /** What a batch means for known orders, and for those that still wait behind it. */
  #noteOrders(batch: bigint, { table, transfers }: Payload, refusals: readonly (Refusal | undefined)[]): void {
    transfers.forEach((transfer, i) => {
      const from = table[transfer.fromEntry];
      if (from !== undefined && refusals[i] === undefined) this.#orders.set(orderMessage(this.#domain, { ...transfer, from }), { batch });
    });
    const refused = this.#waiting.moveTo(this.state, (id) => this.orderStatus(id)?.status !== 'queued');
    for (const [id, reason] of refused) this.#orders.set(id, { reason });
  }

  async #replay({ header, isVoid }: Registered): Promise<void> {
    const decoded = decodeHeader(header);
    const isEmpty = isVoid || decoded.payloadBytes === 0;
    if (!isEmpty && !decoded.native) throw new Error('its payload is published as EIP-4844 blobs, which this operator does not read');
    const first = this.#batches.reduce((sum, batch) => sum + BigInt(batch.inboxCount), 0n);
    const inbox: Message[] = [];
    for (let index = first; index < decoded.inboxEnd; index++) inbox.push((await this.l1.inboxMessage(this.rollup, index)).message);
    const payload = isEmpty || decoded.reference === undefined ? new Uint8Array() : await this.l1.published(decoded.reference);
    if (payload.length > payloadBytes) throw new Error(`its payload has ${payload.length} bytes, expected at most ${payloadBytes}`);
    this.#append(header, await this.l1.timestampOf(decoded.anchorHeight), inbox, payload);
  }

  /** Up to the first batch that cannot be read; says which one and why. */
  async #readBatches(): Promise<string | undefined> {
    for (const registered of await this.l1.batches(this.rollup)) {
      if (registered.sequence <= BigInt(this.#batches.length)) continue;
      try {
        await this.#replay(registered);
      } catch (error) {
        const blocked = `batch ${registered.sequence} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
        if (blocked !== this.#blocked) this.log(blocked);
        return blocked;
      }
    }
    return undefined;
  }

  /** Reads batches that this operator has not registered itself, and what is settled. */
  async #catchUp(): Promise<void> {
    const { lastSequence, settledSequence, settledStateRoot } = await this.l1.status(this.rollup);
    if (lastSequence > BigInt(this.#batches.length)) {
      this.#blocked = await this.#readBatches();
    }
    if (settledSequence > BigInt(this.#batches.length)) return;  // registered since; the next round reads it
    for (const batch of this.#batches) {
      if (!batch.settled && batch.sequence <= settledSequence) this.#noteSettled(batch);
    }
    const root = settledSequence === 0n ? this.#genesisRoot : this.#batches[Number(settledSequence) - 1]!.rootAfter;
    if (word(root) !== settledStateRoot) throw new Error(`the L1 has settled the state ${settledStateRoot}, and these batches lead to ${word(root)}`);
  }

  claimOf(batch: Batch): Claim {
    return {
      rollup: this.rollup, sequence: batch.sequence, stateRoot: word(batch.rootAfter), outboxRoot: toHex(merkleRoot(batch.outbox.map(messageLeaf))),
      outboxCount: BigInt(batch.outbox.length), data: toHex(batch.payload), outbox: toHex(Buffer.concat(batch.outbox)),
    };
  }

  /** A proof of the next unsettled batch, checked against what the L1 will verify it for. */
  async prove(batch: Batch): Promise<Proven> {
    const claim = this.claimOf(batch);
    const [statement, expected] = await this.l1.call<[Hex, bigint[]]>('IRollupRegistry', 'settlementInputs', claimArguments(claim));
    const digest = fromHex(statement);
    const half = (from: number): bigint => BigInt(toHex(digest.subarray(from, from + 16)));
    const { proof, inputs } = await this.#prover.prove({ ...batch.witness, statement_high: half(0), statement_low: half(16) });
    const different = expected.findIndex((value, i) => value !== BigInt(inputs[i] ?? -1));
    if (different >= 0 || inputs.length !== expected.length) throw new Error(`batch ${batch.sequence}: public input ${different} is not the L1's`);
    return { claim, proof: toHex(proofBytes(proof)) };
  }

  /** Settles a batch with its proof: an ordinary transaction, which anybody may send. */
  async claim(batch: Batch, { claim, proof }: Proven): Promise<Receipt> {
    const sent = await this.l1.send('IRollupRegistry', 'claimProven', [...claimArguments(claim), proof]);
    this.#noteSettled(batch);
    return sent;
  }

  /** Proves and settles the first batch that is not; returns it, or undefined when all are. */
  async settle(): Promise<Batch | undefined> {
    await this.#exclusive(() => this.#catchUp());
    const batch = this.#batches.find(({ settled }) => !settled);
    if (batch === undefined) return undefined;
    const started = Date.now();
    const proven = await this.prove(batch);
    const seconds = (Date.now() - started) / 1000;
    const sent = await this.claim(batch, proven);
    this.log(`batch ${batch.sequence}: proven in ${seconds.toFixed(1)} s, settled in L1 block ${sent.block} with ${sent.gasUsed} gas`);
    return batch;
  }

  /** Messages that left for an L1 account or another chain, with their proofs for IMessageHub. */
  withdrawals(receiver: bigint): Withdrawal[] {
    const wanted = bytesOf(receiver, 20);
    return this.#batches.flatMap((batch) => batch.outbox.flatMap((message, index) => {
      if (!message.subarray(46, 66).equals(wanted)) return [];
      const siblings = merkleProof(batch.outbox.map(messageLeaf), index).map(toHex);
      return [{ message: toHex(message), batch: batch.sequence, index, siblings, settled: batch.settled }];
    }));
  }
}
