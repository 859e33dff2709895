// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// What a batch does to the state, in plain arithmetic, and the witness that shows it to the circuit. docs/spec/payments_zk.md [ZKPAY-*].
import { verify } from './babyjub.ts';
import type { Account, Opening, State } from './accounts.ts';
import {
  domainOf, keyHash, kinds, orderMessage, outboxMax, sizes, wordsToPayload, type Order, type Transfer,
} from './payload.ts';

/** [MAP.5] */
export interface Message {
  form: number;
  chain: bigint;
  receiver: bigint;
  sender: bigint;
  value: bigint;
}
export interface Context {
  rollup: bigint;
  sequence: bigint;
  timestamp: bigint;
}
export interface BatchInput {
  context: Context;
  inbox: Message[];
  payload: bigint[];
  statement?: readonly [bigint, bigint];
}
export type Refusal = 'kind' | 'unknown sender' | 'unknown receiver' | 'nonce' | 'key' | 'amount' | 'balance' | 'spare bytes' | 'signature';
export interface AccountView {
  get(address: bigint): Readonly<Account> | undefined;
}
export type SignatureCheck = typeof verify;
export interface BatchResult {
  state: State;
  outbox: Message[];
  /** By transfer of the payload: why it did nothing, or undefined. */
  refusals: (Refusal | undefined)[];
  /** Public and private inputs of the circuit, by name. */
  witness: Record<string, unknown>;
}

const amountLimit = 1n << 128n;
const addressLimit = 1n << 160n;

export function messageWords(message: Message): bigint[] {
  return [((BigInt(message.form) << 64n | message.chain) << 160n) | message.receiver, message.sender, message.value];
}
export function contextWord({ rollup, sequence, timestamp }: Context): bigint {
  return (rollup << 64n | sequence) << 64n | timestamp;
}
const emptyOpening = (): Opening => ({
  index: 0,
  siblings: Array.from({ length: sizes.depth }, () => Array<bigint>(8).fill(0n)),
  leaf: Array<bigint>(5).fill(0n),
});
const noMessage: Message = { form: 0, chain: 0n, receiver: 0n, sender: 0n, value: 0n };

interface MessageTrace {
  opening: Opening;
  newSiblings: bigint[][];
}

/** [ZKPAY-INBOX.*] */
function applyMessage(state: State, message: Message, outbox: Message[]): MessageTrace {
  const { accounts } = state;
  const trace: MessageTrace = { opening: emptyOpening(), newSiblings: emptyOpening().siblings };
  const isDeposit = message.form === 1 && message.value !== 0n;
  const isOrder = message.form === 1 && message.value === 0n && message.chain === state.l1Chain;
  if (!isDeposit && !isOrder) return trace;
  const back = (value: bigint, sender: bigint): void => {
    outbox.push({ form: 1, chain: message.chain, receiver: message.sender, sender, value });
  };
  const wanted = isDeposit ? message.receiver : message.sender;
  if (wanted !== 0n) trace.opening = accounts.open(wanted);
  const account = wanted === 0n ? undefined : accounts.get(wanted);
  const possible = wanted !== 0n && (account !== undefined || !accounts.full);

  if (isDeposit) {
    if (!possible || state.total + message.value >= amountLimit) {
      back(message.value, message.receiver);
      return trace;
    }
    state.total += message.value;
    if (account !== undefined) accounts.update(wanted, { balance: account.balance + message.value });
  } else if (message.receiver === message.sender) {
    if (account !== undefined && account.balance !== 0n) {
      back(account.balance, wanted);
      state.total -= account.balance;
      accounts.update(wanted, { balance: 0n });
    }
    return trace;
  } else if (account !== undefined) {
    accounts.update(wanted, { key: message.receiver });
  }
  if (account === undefined && possible) {
    accounts.insert(wanted, isDeposit ? { key: 0n, balance: message.value } : { key: message.receiver, balance: 0n });
    trace.newSiblings = accounts.siblingsOf(wanted);
  }
  return trace;
}

/** Live entries of the table by their numbers. [ZKPAY-TRANSFER.1] */
function liveEntries(table: bigint[]): Map<number, bigint> {
  const out = new Map<number, bigint>();
  let highest = 0n;
  table.forEach((word, i) => {
    if (word >= addressLimit || word <= highest) return;
    out.set(i, word);
    highest = word;
  });
  return out;
}

/** [ZKPAY-TRANSFER.2], but for the table and the signature; `hash` is the hash of the order's key. */
export function orderRefusal(accounts: AccountView, order: Order, hash: () => bigint): Refusal | undefined {
  if (order.kind !== kinds.payment && order.kind !== kinds.withdrawal) return 'kind';
  const sender = accounts.get(order.from);
  if (sender === undefined) return 'unknown sender';
  const received = order.kind === kinds.payment ? accounts.get(order.to) !== undefined : order.to !== 0n;
  if (!received) return 'unknown receiver';
  if (order.nonce !== sender.nonce) return 'nonce';
  if (hash() !== sender.key) return 'key';
  if (order.amount === 0n) return 'amount';
  return order.amount > sender.balance ? 'balance' : undefined;
}

/** [ZKPAY-TRANSFER.2] */
function whyRefused(state: State, live: Map<number, bigint>, transfer: Transfer, domain: bigint, holds: SignatureCheck): Refusal | undefined {
  const from = live.get(transfer.fromEntry);
  if (from === undefined) return 'unknown sender';
  const order = { kind: transfer.kind, from, to: transfer.to, amount: transfer.amount, nonce: transfer.nonce };
  if (order.kind === kinds.payment && live.get(transfer.toEntry) !== order.to) return 'unknown receiver';
  const refusal = orderRefusal(state.accounts, order, () => keyHash(transfer.key));
  if (refusal !== undefined) return refusal;
  if (transfer.spare !== 0n) return 'spare bytes';
  return holds(transfer.key, orderMessage(domain, order), transfer.signature) ? undefined : 'signature';
}

function applyTransfer(state: State, live: Map<number, bigint>, transfer: Transfer, outbox: Message[]): void {
  const from = live.get(transfer.fromEntry)!;
  const sender = state.accounts.get(from)!;
  state.accounts.update(from, { balance: sender.balance - transfer.amount, nonce: sender.nonce + 1n });
  if (transfer.kind === kinds.payment) {
    const receiver = state.accounts.get(transfer.to)!;
    state.accounts.update(transfer.to, { balance: receiver.balance + transfer.amount });
    return;
  }
  state.total -= transfer.amount;
  outbox.push({ form: 1, chain: state.l1Chain, receiver: transfer.to, sender: from, value: transfer.amount });
}

/**
 * How each entry of the table lies in the tree when the ones before it are written and it is not: the order in which the
 * circuit writes them.
 */
function openEntries(before: State, after: State, table: bigint[], live: Map<number, bigint>): Opening[] {
  const writing = before.copy();
  return table.map((_, i) => {
    const address = live.get(i);
    if (address === undefined) return emptyOpening();
    const opening = writing.accounts.open(address);
    const final = after.accounts.get(address);
    if (final !== undefined) writing.accounts.update(address, { balance: final.balance, nonce: final.nonce });
    return opening;
  });
}

/** `holds` says whether a signature holds. */
export function applyBatch(before: State, input: BatchInput, holds: SignatureCheck = verify): BatchResult {
  const state = before.copy();
  const outbox: Message[] = [];
  const inbox = [...input.inbox, ...Array<Message>(sizes.inbox - input.inbox.length).fill(noMessage)];
  const traces = inbox.map((message) => applyMessage(state, message, outbox));

  const afterInbox = state.copy();
  const { table, transfers } = wordsToPayload(input.payload);
  const live = liveEntries(table);
  const domain = domainOf(state.l1Chain, input.context.rollup);
  const refusals = transfers.map((transfer) => {
    const refusal = whyRefused(state, live, transfer, domain, holds);
    if (refusal === undefined) applyTransfer(state, live, transfer, outbox);
    return refusal;
  });
  const openings = openEntries(afterInbox, state, table, live);
  const sent = [...outbox, ...Array<Message>(outboxMax - outbox.length).fill(noMessage)];
  const witness = {
    statement_high: input.statement?.[0] ?? 0n,
    statement_low: input.statement?.[1] ?? 0n,
    state_before: before.root,
    state_after: state.root,
    context: contextWord(input.context),
    inbox: inbox.flatMap(messageWords),
    outbox: sent.flatMap(messageWords),
    payload: input.payload,
    accounts: before.accounts.root,
    total: before.total,
    count: BigInt(before.accounts.count),
    l1_chain: before.l1Chain,
    message_index: traces.map((trace) => BigInt(trace.opening.index)),
    message_siblings: traces.map((trace) => trace.opening.siblings),
    message_leaf: traces.map((trace) => trace.opening.leaf),
    new_siblings: traces.map((trace) => trace.newSiblings),
    entry_index: openings.map((opening) => BigInt(opening.index)),
    entry_siblings: openings.map((opening) => opening.siblings),
    entry_leaf: openings.map((opening) => opening.leaf),
  };
  return { state, outbox, refusals, witness };
}
