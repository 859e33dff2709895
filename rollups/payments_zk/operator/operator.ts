// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The operator of the rollup: takes signed transfers, orders them behind the inbox, publishes batches, proves them and
// settles them. What it knows stands on the L1 and in published data, and is read from there; a snapshot on disk, if it is given a
// place for one, stands in for payloads that nobody keeps any more.
import type { Hex } from 'viem';
import { claimArguments, statementHalves, type ProvenClaim } from '../../../sdk/typescript/src/index.ts';
import { State, type Account } from './accounts.ts';
import { applyBatch, type Message, type Refusal } from './batch.ts';
import type { CircuitFiles } from './circuit_files.ts';
import type { Anchor, L1Access, Receipt, Registered } from './l1.ts';
import {
  bytesToWords, domainOf, orderMessage, pack, payloadBytes, payloadToWords, sizes, wordsToBytes, wordsToPayload, type Payload, type SignedOrder,
} from './payload.ts';
import { OrderLog } from './order_log.ts';
import { Prover } from './prover.ts';
import { Queue } from './queue.ts';
import { readSnapshot, writeSnapshot, type Snapshot } from './snapshot.ts';
import { batchHash, bytesOf, decodeHeader, encodeHeader, encodeOutboxMessage, merkleProof, merkleRoot, messageLeaf, orderDigest, toHex, word, type DecodedHeader } from './wire.ts';

export interface Batch {
  sequence: bigint;
  hash: Hex;
  rootBefore: bigint;
  rootAfter: bigint;
  inboxCount: number;
  payload: Uint8Array;
  outbox: Buffer[];
  /** What the prover needs, and the state behind the batch; gone once it is settled. */
  witness: Record<string, unknown> | undefined;
  state: State | undefined;
  settled: boolean;
}
export interface Proven {
  claim: ProvenClaim;
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

/** The first batch whose payload cannot be read. What it did, and so every state behind it, is unknown. */
export interface Unreadable {
  sequence: bigint;
  reason: string;
}
export type BatchProver = Pick<Prover, keyof Prover>;

const unprovenMax = 2;

export class Operator {
  readonly rollup: bigint;
  readonly l1: L1Access;
  readonly log: (line: string) => void;
  readonly #prover: BatchProver;
  readonly #batches: Batch[] = [];
  readonly #orders = new OrderLog();
  readonly #queue: Queue;
  #waitingSince: number | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #genesisRoot: bigint;
  #state: State;
  #unreadable: Unreadable | undefined;
  /** Behind the last settled batch. */
  #lastSettled: State;
  readonly #snapshot: string | undefined;
  /** How many batches the snapshot has. */
  #kept = 0;
  readonly domain: bigint;

  private constructor(rollup: bigint, l1: L1Access, prover: BatchProver, genesis: State, log: (line: string) => void, snapshot: string | undefined) {
    this.rollup = rollup;
    this.l1 = l1;
    this.log = log;
    this.#prover = prover;
    this.#genesisRoot = genesis.root;
    this.#state = genesis;
    this.#lastSettled = genesis;
    this.#snapshot = snapshot;
    this.domain = domainOf(genesis.l1Chain, rollup);
    this.#queue = new Queue(genesis.accounts);
  }

  /** Rebuilds the state from the L1, or a snapshot in a file that the L1 confirms, and goes on from there. */
  static async open(options: {
    rollup: bigint; l1: L1Access; files: CircuitFiles; prover?: BatchProver; snapshot?: string; log?: (line: string) => void;
  }): Promise<Operator> {
    const { programId } = await options.l1.status(options.rollup);
    if (programId !== `0x${options.files.digest}`) throw new Error(`rollup ${options.rollup} is registered for the circuit ${programId}, and this one is 0x${options.files.digest}`);
    const chain = await options.l1.chainId();
    const out = new Operator(options.rollup, options.l1, options.prover ?? new Prover(options.files), new State(sizes.depth, chain), options.log ?? (() => undefined), options.snapshot);
    await out.#restore();
    await out.#catchUp();
    return out;
  }

  get batches(): readonly Batch[] { return this.#batches; }
  /** Behind the last ordered batch. */
  get state(): State { return this.#state; }
  get unreadable(): Readonly<Unreadable> | undefined { return this.#unreadable; }
  /** Orders that wait. */
  get waiting(): number { return this.#queue.size; }
  account(address: bigint): Readonly<Account> | undefined { return this.state.accounts.get(address); }
  async end(): Promise<void> { await this.#prover.end(); }

  /** Takes an order into the queue. Refuses one that would do nothing behind those that are queued already. */
  submit(order: SignedOrder): bigint {
    const id = orderMessage(this.domain, order);
    const known = this.#orders.get(id);
    if (known !== undefined && known.reason === undefined) return id;
    if (this.#unreadable !== undefined) throw new Error(`no transfers are taken: batch ${this.#unreadable.sequence} cannot be read`);
    this.#queue.add(order, id);
    this.#orders.note(id, {});
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
    const status = await this.l1.status(this.rollup);
    if (status.lastSequence !== BigInt(this.#batches.length)) return undefined;  // unreadable, or registered since
    if (this.#batches.filter((batch) => !batch.settled).length >= unprovenMax) return undefined;
    const anchor = await this.l1.anchor();
    const { inbox, end } = await this.#due(status.inboxConsumed, anchor);
    // Others than the sequencer may register batches when the inbox is ignored for long: of the inbox alone [VALID.6], without a
    // certificate [BATCH.8].
    const isSequencer = BigInt(status.sequencer) === BigInt(this.l1.account.address);
    const { payload, packed } = pack(isSequencer ? this.#queue.orders : []);
    if (inbox.length === 0 && packed === 0) {
      this.#waitingSince = undefined;
      return undefined;
    }
    this.#waitingSince ??= Date.now();
    const filled = (isSequencer && packed < this.#queue.size) || packed === sizes.transfers || inbox.length === sizes.inbox;
    if (!filled && Date.now() - this.#waitingSince < collectMs) return undefined;
    this.#waitingSince = undefined;

    const bytes = packed === 0 ? new Uint8Array() : wordsToBytes(payloadToWords(payload));
    const reference = bytes.length === 0 ? undefined : await this.l1.publish(this.rollup, bytes);
    const header = encodeHeader({
      rollup: this.rollup, sequence: BigInt(this.#batches.length + 1), previousHash: status.lastBatchHash, anchorHeight: anchor.height,
      anchorHash: anchor.hash, inboxEnd: end, feeRecipient: this.l1.account.address, payloadBytes: bytes.length,
      ...(reference === undefined ? {} : { reference }),
    });
    const certificate = isSequencer ? await this.l1.certify(orderDigest(batchHash(header))) : '0x';
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
    const result = applyBatch(this.#state, { context: { rollup: this.rollup, sequence, timestamp }, inbox, payload: words }, this.#queue.verify);
    const batch: Batch = {
      sequence, hash: batchHash(header), rootBefore: this.#state.root, rootAfter: result.state.root, inboxCount: inbox.length, payload,
      witness: result.witness, state: result.state, settled: false,
      outbox: result.outbox.map((message, i) => encodeOutboxMessage(message, this.rollup, sequence, i)),
    };
    this.#batches.push(batch);
    this.#state = result.state;
    this.#noteOrders(sequence, wordsToPayload(words), result.refusals);
    return batch;
  }

  async #restore(): Promise<void> {
    if (this.#snapshot === undefined) return;
    try {
      const found = readSnapshot(this.#snapshot, this.rollup, this.#state.l1Chain);
      if (found === undefined) return;
      const last = found.batches.at(-1)!;
      const known = await this.l1.batch(this.rollup, BigInt(found.batches.length));
      if (!known.settled || known.hash !== last.hash || known.stateRoot !== word(last.rootAfter)) {
        throw new Error(`the L1 has not settled batch ${found.batches.length} to ${word(last.rootAfter)}`);
      }
      this.#takeOver(found);
    } catch (error) {
      this.log(`${this.#snapshot} is not used: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #takeOver({ batches, state }: Snapshot): void {
    batches.forEach((batch, i) => this.#batches.push({
      ...batch, sequence: BigInt(i + 1), rootBefore: batches[i - 1]?.rootAfter ?? this.#genesisRoot, payload: new Uint8Array(), witness: undefined, state: undefined,
      settled: true,
    }));
    this.#kept = batches.length;
    this.#state = state;
    this.#lastSettled = state;
    this.#queue.rebase(state.accounts, () => false);
  }

  #keep(): void {
    const settled = this.#batches.filter((batch) => batch.settled);
    if (this.#snapshot === undefined || settled.length <= this.#kept) return;
    try {
      writeSnapshot(this.#snapshot, { rollup: this.rollup, batches: settled, state: this.#lastSettled });
      this.#kept = settled.length;
    } catch (error) {
      this.log(`${this.#snapshot} is not written: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #noteSettled(batch: Batch): void {
    batch.settled = true;
    this.#lastSettled = batch.state ?? this.#lastSettled;
    batch.state = undefined;
    batch.witness = undefined;
    batch.payload = new Uint8Array();
  }

  /** What a batch means for known orders, and for those that still wait behind it. */
  #noteOrders(batch: bigint, { table, transfers }: Payload, refusals: readonly (Refusal | undefined)[]): void {
    transfers.forEach((transfer, i) => {
      const from = table[transfer.fromEntry];
      if (from !== undefined && refusals[i] === undefined) this.#orders.note(orderMessage(this.domain, { ...transfer, from }), { batch });
    });
    const refused = this.#queue.rebase(this.state.accounts, (id) => this.#orders.get(id)?.batch !== undefined);
    for (const { message, reason } of refused) this.#orders.note(message, { reason });
  }

  /** Why the payload cannot be read, or the payload. */
  async #payloadOf({ native, reference, payloadBytes: size }: DecodedHeader): Promise<Uint8Array | string> {
    if (reference === undefined) return new Uint8Array();
    if (!native) return 'its payload lies in EIP-4844 blobs, which this operator does not read';
    try {
      if (size > payloadBytes) return `its payload of ${size} bytes is longer than ${payloadBytes}, which is what a proof has room for`;
      const payload = await this.l1.published(reference);
      return payload.length === size ? payload : `${payload.length} bytes are published as its payload of ${size}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Takes over a batch that somebody else has registered, or this operator before it was started again. */
  async #replay({ header, isVoid }: Registered): Promise<Batch | Unreadable> {
    const decoded = decodeHeader(header);
    const payload = isVoid ? new Uint8Array() : await this.#payloadOf(decoded);
    if (typeof payload === 'string') return { sequence: decoded.sequence, reason: payload };
    const first = this.#batches.reduce((sum, batch) => sum + BigInt(batch.inboxCount), 0n);
    const inbox: Message[] = [];
    for (let index = first; index < decoded.inboxEnd; index++) inbox.push((await this.l1.inboxMessage(this.rollup, index)).message);
    return this.#append(header, await this.l1.timestampOf(decoded.anchorHeight), inbox, payload);
  }

  #noteUnreadable(found: Unreadable | undefined): void {
    if (found !== undefined && found.reason !== this.#unreadable?.reason) this.log(`batch ${found.sequence} cannot be read: ${found.reason}`);
    this.#unreadable = found;
  }

  /**
   * Reads batches that this operator has not registered itself, and what is settled. Stops at a batch that it cannot read; the ones
   * before are proven and settled all the same, and the next round tries again.
   */
  async #catchUp(): Promise<void> {
    const { lastSequence, settledSequence, settledStateRoot } = await this.l1.status(this.rollup);
    for (const batch of this.#batches) {
      if (!batch.settled && batch.sequence <= settledSequence) this.#noteSettled(batch);
    }
    let unreadable: Unreadable | undefined;
    if (lastSequence > BigInt(this.#batches.length)) {
      const known = BigInt(this.#batches.length);
      const from = known === 0n ? 0n : (await this.l1.batch(this.rollup, known)).height;
      for (const registered of await this.l1.batches(this.rollup, from)) {
        const { sequence } = registered;
        if (sequence <= BigInt(this.#batches.length)) continue;
        const replayed = await this.#replay(registered);
        if ('reason' in replayed) {
          unreadable = replayed;
          break;
        }
        if (sequence <= settledSequence) this.#noteSettled(replayed);
      }
    }
    this.#noteUnreadable(unreadable);
    if (settledSequence > BigInt(this.#batches.length)) return;  // registered since, or not readable
    const root = settledSequence === 0n ? this.#genesisRoot : this.#batches[Number(settledSequence) - 1]!.rootAfter;
    if (word(root) !== settledStateRoot) throw new Error(`the L1 has settled the state ${settledStateRoot}, and these batches lead to ${word(root)}`);
    this.#keep();
  }

  claimOf(batch: Batch): ProvenClaim {
    return {
      rollup: this.rollup, firstSequence: batch.sequence, stateRoot: word(batch.rootAfter), outboxRoot: toHex(merkleRoot(batch.outbox.map(messageLeaf))),
      outboxCount: BigInt(batch.outbox.length), data: toHex(batch.payload), outbox: toHex(Buffer.concat(batch.outbox)),
    };
  }

  /** A proof of the next unsettled batch, checked against what the L1 will verify it for. */
  async prove(batch: Batch): Promise<Proven> {
    const claim = this.claimOf(batch);
    const [statement, expected] = await this.l1.call<[Hex, bigint[]]>('IRollupRegistry', 'settlementInputs', claimArguments(claim));
    const [high, low] = statementHalves(statement);
    const { proof, inputs } = await this.#prover.prove({ ...batch.witness, statement_high: high, statement_low: low });
    const different = expected.findIndex((value, i) => value !== BigInt(inputs[i] ?? -1));
    if (different >= 0 || inputs.length !== expected.length) throw new Error(`batch ${batch.sequence}: public input ${different} is not the L1's`);
    return { claim, proof: toHex(proof) };
  }

  /** Settles a batch with its proof: an ordinary transaction, which anybody may send. */
  async claim(batch: Batch, { claim, proof }: Proven): Promise<Receipt> {
    const sent = await this.l1.send('IRollupRegistry', 'claimProven', [...claimArguments(claim), proof]);
    this.#noteSettled(batch);
    this.#keep();
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
