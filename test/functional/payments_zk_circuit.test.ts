// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The circuit of rollups/payments_zk against its model in plain arithmetic: what the model does the circuit accepts, and it
// accepts nothing else. One batch is proven and judged by `enshrine proof verify`. ENSHRINE_BATCHES sets how many random
// batches are compared, ENSHRINE_SEED where they begin.
import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { State } from '../../rollups/payments_zk/operator/accounts.ts';
import { groupOrder, PaymentKey, type Point } from '../../rollups/payments_zk/operator/babyjub.ts';
import { applyBatch, messageWords, type BatchInput, type BatchResult, type Message } from '../../rollups/payments_zk/operator/batch.ts';
import { circuitFiles, witnessCalculator, type CircuitFiles, type WitnessCalculator } from '../../rollups/payments_zk/operator/circuit_files.ts';
import { inverse, reduce } from '../../rollups/payments_zk/operator/field.ts';
import { domainOf, keyHash, kinds, orderMessage, pack, payloadToWords, payloadWords, sizes, type Order, type Payload, type SignedOrder } from '../../rollups/payments_zk/operator/payload.ts';
import { Prover } from '../../rollups/payments_zk/operator/prover.ts';
import { binary, binaries } from '../../scripts/scenario/paths.ts';
import { run } from '../../scripts/scenario/processes.ts';
import { toHex } from '../../sdk/typescript/src/index.ts';
import { temporaryFolder } from './environment.ts';
import { freeWires } from './r1cs_for_test.ts';

const l1Chain = 900n;
const rollup = 904n;
const folder = temporaryFolder('payments-zk');
let files: CircuitFiles;
let calculator: WitnessCalculator;

const alice = 0xa11cen << 140n;
const bob = 0xb0bn << 140n;
const carol = 0xca01n << 140n;
const keys = new Map([alice, bob, carol].map((address) => [address, new PaymentKey(Buffer.from(address.toString(16).padStart(64, '0'), 'hex'))]));
const keyOf = (address: bigint): PaymentKey => keys.get(address)!;
const domain = domainOf(l1Chain, rollup);

const deposit = (receiver: bigint, value: bigint, chain = l1Chain, sender = receiver): Message => ({ form: 1, chain, receiver, sender, value });
const setKey = (sender: bigint, key: bigint, chain = l1Chain): Message => ({ form: 1, chain, receiver: key, sender, value: 0n });
const leave = (sender: bigint): Message => setKey(sender, sender);
function sign(order: Order, key = keyOf(order.from)): SignedOrder {
  return { ...order, key: key.point, signature: key.sign(orderMessage(domain, order)) };
}
const pay = (from: bigint, to: bigint, amount: bigint, nonce: bigint): SignedOrder => sign({ kind: kinds.payment, from, to, amount, nonce });
const withdraw = (from: bigint, to: bigint, amount: bigint, nonce: bigint): SignedOrder => sign({ kind: kinds.withdrawal, from, to, amount, nonce });
const packed = (...orders: SignedOrder[]): Payload => pack(orders).payload;

function input(parts: { inbox?: Message[]; payload?: Payload; words?: bigint[] }): BatchInput {
  return {
    context: { rollup, sequence: 1n, timestamp: 1_764_000_000n },
    inbox: parts.inbox ?? [],
    payload: parts.words ?? payloadToWords(parts.payload ?? { table: [], transfers: [] }),
  };
}
async function accepts(witness: Record<string, unknown>): Promise<boolean> {
  try {
    await calculator.calculateWitness(witness, true);
    return true;
  } catch (error) {
    assert.match(String(error), /Assert Failed/);
    return false;
  }
}
/** Applies a batch and has the circuit confirm it. */
async function step(state: State, parts: Parameters<typeof input>[0]): Promise<BatchResult> {
  const result = applyBatch(state, input(parts));
  assert.ok(await accepts(result.witness), 'the circuit refuses what the model does');
  const balances = result.state.accounts.all().reduce((sum, account) => sum + account.balance, 0n);
  assert.equal(result.state.total, balances);
  return result;
}
/** Alice with a key and 100, Bob with 5. */
async function funded(): Promise<State> {
  const inbox = [deposit(alice, 100n), setKey(alice, keyHash(keyOf(alice).point)), deposit(bob, 5n)];
  return (await step(new State(sizes.depth, l1Chain), { inbox })).state;
}
const balance = (state: State, address: bigint): bigint | undefined => state.accounts.get(address)?.balance;

/** Deterministic numbers from a seed. */
class Random {
  #state: bigint;
  constructor(seed: number) { this.#state = BigInt(seed); }
  bits(count: number): bigint {
    let out = 0n;
    for (let i = 0; i < count; i += 32) {  // splitmix64, its upper half
      this.#state = (this.#state + 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn;
      let z = this.#state;
      z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & 0xffffffffffffffffn;
      z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & 0xffffffffffffffffn;
      out = (out << 32n) | ((z ^ (z >> 31n)) >> 32n);
    }
    return out & ((1n << BigInt(count)) - 1n);
  }
  below(limit: number): number { return Number(this.bits(32) % BigInt(limit)); }
  pick<T>(list: readonly T[]): T { return list[this.below(list.length)]!; }
}

describe('circuit of payments_zk', () => {
  before(async () => {
    files = await circuitFiles(join(binaries, '..', '..', 'payments_zk'), binary('enshrine'));
    calculator = await witnessCalculator(files);
  }, { timeout: 900_000 });

  // [ZKPAY-STATE.1…3] [ZKPAY-INBOX.1] [ZKPAY-INBOX.3] [ZKPAY-INBOX.4]
  it('credits deposits, sets keys, lets an L1 account leave', async () => {
    const state = await funded();
    assert.deepEqual([balance(state, alice), balance(state, bob), balance(state, carol)], [100n, 5n, undefined]);
    const later = await step(state, { inbox: [deposit(alice, 7n), leave(bob), setKey(carol, 77n)] });
    assert.deepEqual(later.outbox, [deposit(bob, 5n)]);
    assert.deepEqual([balance(later.state, alice), balance(later.state, bob), later.state.accounts.get(carol)?.key], [107n, 0n, 77n]);
    const again = await step(later.state, { inbox: [leave(bob), leave(0xddddn)] });
    assert.deepEqual(again.outbox, []);
    assert.equal(again.state.root, later.state.root);
  });

  // [ZKPAY-INBOX.2]
  it('sends back what it cannot credit and ignores what it does not know', async () => {
    const state = await funded();
    const other = 77n;
    const nobody = deposit(0n, 9n, other, carol);
    const tooMuch = deposit(alice, 1n << 128n);
    const asset: Message = { form: 2, chain: l1Chain, receiver: alice, sender: alice, value: 0n };
    const result = await step(state, { inbox: [nobody, tooMuch, asset] });
    assert.deepEqual(result.outbox, [deposit(carol, 9n, other, 0n), deposit(alice, 1n << 128n)]);
    assert.equal(result.state.root, state.root);
    const forged = await step(state, { inbox: [setKey(alice, 5n, other), { ...leave(alice), chain: other }] });
    assert.deepEqual([forged.outbox, forged.state.root], [[], state.root]);
  });

  // [ZKPAY-TRANSFER.3] [ZKPAY-OUTBOX.1]
  it('moves what the owner has signed', async () => {
    const result = await step(await funded(), { payload: packed(pay(alice, bob, 30n, 0n), withdraw(alice, carol, 20n, 1n), pay(alice, alice, 50n, 2n)) });
    assert.deepEqual(result.refusals.slice(0, 3), [undefined, undefined, undefined]);
    assert.deepEqual([balance(result.state, alice), balance(result.state, bob), result.state.total], [50n, 35n, 85n]);
    assert.deepEqual(result.outbox, [{ form: 1, chain: l1Chain, receiver: carol, sender: alice, value: 20n }]);
  });

  // [ZKPAY-TRANSFER.2] [ZKPAY-TRANSFER.4]
  it('does nothing for a transfer that breaks a rule, and goes on', async () => {
    const state = await funded();
    const good = pay(alice, bob, 1n, 0n);
    const cases: [string, SignedOrder][] = [
      ['signature', { ...good, amount: 2n }],
      ['signature', { ...good, to: carol, kind: kinds.withdrawal }],
      ['signature', { ...good, signature: { r: good.signature.r, s: (good.signature.s + 1n) % groupOrder } }],
      ['signature', { ...good, signature: { r: good.signature.r, s: good.signature.s + groupOrder } }],
      ['signature', { ...good, signature: { r: [1n, 1n], s: 0n } }],
      ['signature', { ...good, signature: { r: [0n, 1n], s: 0n } }],
      ['signature', { ...good, signature: { r: [0n, 0n], s: (1n << 256n) - 1n } }],
      ['key', sign({ ...good }, keyOf(bob))],
      ['key', sign({ kind: kinds.payment, from: bob, to: alice, amount: 1n, nonce: 0n })],
      ['balance', pay(alice, bob, 101n, 0n)],
      ['balance', pay(alice, bob, (1n << 128n) - 1n, 0n)],
      ['amount', pay(alice, bob, 0n, 0n)],
      ['nonce', pay(alice, bob, 1n, 1n)],
      ['unknown receiver', pay(alice, carol, 1n, 0n)],
      ['unknown receiver', withdraw(alice, 0n, 1n, 0n)],
      ['unknown sender', withdraw(carol, carol, 1n, 0n)],
      ['kind', sign({ ...good, kind: 3 })],
    ];
    for (let i = 0; i < cases.length; i += sizes.transfers - 1) {
      const some = cases.slice(i, i + sizes.transfers - 1);
      const result = await step(state, { payload: packed(...some.map(([, order]) => order), good) });
      assert.deepEqual(result.refusals.slice(0, some.length + 1), [...some.map(([reason]) => reason), undefined]);
      assert.deepEqual([balance(result.state, alice), balance(result.state, bob), result.outbox], [99n, 6n, []]);
    }
    const spare = packed(good);
    spare.transfers[0]!.spare = 1n;
    assert.equal((await step(state, { payload: spare })).refusals[0], 'spare bytes');
    const otherRollup = { ...good, signature: keyOf(alice).sign(orderMessage(domainOf(l1Chain, rollup + 1n), good)) };
    assert.equal((await step(state, { payload: packed(otherRollup) })).refusals[0], 'signature');
  });

  it('spends once what is signed once', async () => {
    const state = await funded();
    const order = pay(alice, bob, 60n, 0n);
    const result = await step(state, { payload: packed(order, order, pay(alice, bob, 60n, 1n)) });
    assert.deepEqual(result.refusals.slice(0, 3), [undefined, 'nonce', 'balance']);
    assert.equal((await step(result.state, { payload: packed(order) })).refusals[0], 'nonce');
  });

  it('has an answer for keys that are no keys', async () => {
    const points: Point[] = [[0n, 1n], [5n, 5n], [0n, 0n]];
    for (const point of points) {
      const { state } = await step(new State(sizes.depth, l1Chain), { inbox: [deposit(alice, 9n), setKey(alice, keyHash(point))] });
      const order = { ...withdraw(alice, alice, 9n, 0n), key: point };
      assert.equal((await step(state, { payload: packed(order) })).refusals[0], 'signature');
      assert.equal((await step(state, { payload: packed({ ...order, signature: { r: [0n, 1n], s: 0n } }) })).refusals[0], 'signature');
    }
  });

  // [ZKPAY-TRANSFER.1]
  it('has an answer for every payload', async () => {
    const state = await funded();
    const random = new Random(7);
    const good = packed(pay(alice, bob, 1n, 0n));
    const garbage = Array.from({ length: payloadWords }, () => random.bits(248));
    const full = Array<bigint>(payloadWords).fill((1n << 248n) - 1n);
    for (const words of [garbage, full]) assert.equal((await step(state, { words })).state.root, state.root);
    for (const table of [[bob, alice], [alice, alice], [alice, bob, alice], [alice + (1n << 160n), alice, bob], [0n, alice, bob]]) {
      const transfers = good.transfers.map((transfer) => ({ ...transfer, fromEntry: table.lastIndexOf(alice), toEntry: table.indexOf(bob) & 0xff }));
      await step(state, { payload: { table, transfers } });
    }
    const outside = good.transfers.map((transfer) => ({ ...transfer, fromEntry: 8 }));
    assert.equal((await step(state, { payload: { table: good.table, transfers: outside } })).refusals[0], 'unknown sender');
  });

  it('refuses every other outcome', async () => {
    const state = await funded();
    const inbox = [deposit(bob, 40n), deposit(carol, 3n)];
    const { witness } = await step(state, { inbox, payload: packed(pay(alice, bob, 30n, 0n), withdraw(alice, carol, 20n, 1n)) });
    const without = applyBatch(state, input({ payload: packed(pay(alice, bob, 30n, 0n), withdraw(alice, carol, 20n, 1n)) }));
    const unpaid = applyBatch(state, input({ inbox }));
    const words = (index: number, value: bigint, of: 'outbox' | 'inbox' | 'payload'): Record<string, unknown> => {
      const list = [...witness[of] as bigint[]];
      list[index] = value;
      return { ...witness, [of]: list };
    };
    const leaf = (entry: number, field: number, change: bigint, of: 'entry_leaf' | 'message_leaf'): Record<string, unknown> => {
      const list = structuredClone(witness[of] as bigint[][]);
      list[entry]![field]! += change;
      return { ...witness, [of]: list };
    };
    const outcomes: Record<string, Record<string, unknown>> = {
      'deposits left out': { ...witness, state_after: without.state.root },
      'deposits left out, with the witness of a batch without them': { ...without.witness, inbox: witness['inbox'] },
      'a deposit credited twice': words(3, (witness['inbox'] as bigint[])[0]!, 'inbox'),
      'transfers left out': { ...witness, state_after: unpaid.state.root, outbox: unpaid.witness['outbox'] },
      'nothing done': { ...witness, state_after: state.root },
      'another receiver of a withdrawal': words(0, messageWords(deposit(bob, 20n))[0]!, 'outbox'),
      'another value of a withdrawal': words(2, 21n, 'outbox'),
      'a second withdrawal': words(3, (witness['outbox'] as bigint[])[0]!, 'outbox'),
      'no withdrawal': { ...witness, outbox: Array<bigint>(3 * (sizes.inbox + sizes.transfers)).fill(0n) },
      'another payload': words(sizes.entries + 1, (witness['payload'] as bigint[])[sizes.entries + 1]! + (1n << 120n), 'payload'),
      'another state before': { ...witness, state_before: without.state.root },
      'another rollup': { ...witness, context: witness['context'] as bigint + (1n << 128n) },
      'another L1': { ...witness, l1_chain: 1n },
      'more balance than there is': leaf(0, 3, 1n, 'entry_leaf'),
      'an older nonce': leaf(0, 4, -1n, 'entry_leaf'),
      'another key': leaf(0, 2, 1n, 'entry_leaf'),
      'another account': leaf(0, 0, 1n, 'entry_leaf'),
      'a richer account in the inbox': leaf(0, 3, 1n, 'message_leaf'),
      'more coins in total': { ...witness, total: witness['total'] as bigint + 1n },
      'a lower count, to write over an account': { ...witness, count: witness['count'] as bigint - 1n },
    };
    // An account shown as absent: by the leaf before its place.
    const head = state.accounts.open(1n);
    const absent = structuredClone(witness['entry_leaf'] as bigint[][]);
    absent[0] = head.leaf;
    outcomes['an account shown as absent'] = { ...witness, entry_leaf: absent };
    for (const [name, outcome] of Object.entries(outcomes)) assert.ok(!(await accepts(outcome)), name);
  });

  // [ZKPAY-STATE.1] Both halves of nonce · 2^128 + balance, at their bounds: no honest account is locked out.
  it('opens accounts whose balance and nonce are at their bounds', async () => {
    const most = (1n << 128n) - 1n;
    const last = (1n << 64n) - 1n;
    const state = new State(sizes.depth, l1Chain);
    state.accounts.insert(alice, { key: keyHash(keyOf(alice).point), balance: most });
    state.accounts.update(alice, { nonce: last });
    state.total = most;
    const paid = await step(state, { payload: packed(pay(alice, alice, most, last)) });
    assert.deepEqual([paid.refusals[0], paid.state.accounts.get(alice)?.nonce], [undefined, last + 1n]);
    const left = await step(paid.state, { inbox: [leave(alice)], payload: packed(pay(alice, alice, 1n, last)) });
    assert.deepEqual([left.outbox, left.refusals[0]], [[deposit(alice, most)], 'nonce']);
  });

  // The leaf hashes nonce · 2^128 + balance as one number. Here a prover splits that number in another way, as whoever knows the
  // account's leaf can, and everything behind the split is what the model makes of it: state before, state after and outbox fit.
  const two128 = 1n << 128n;
  /** The state whose account has `balance`, and the nonce with which its leaf hashes to the same. */
  const split = (state: State, address: bigint, balance: bigint): State => {
    const out = state.copy();
    const account = address === 0n ? { balance: 0n, nonce: 0n } : out.accounts.get(address)!;
    out.accounts.update(address, { balance, nonce: reduce(account.nonce + (account.balance - balance) * inverse(two128)) });
    assert.equal(out.root, state.root);
    return out;
  };

  it('refuses an exit that pays out more than the account has', async () => {
    const { state } = await step(await funded(), { inbox: [deposit(carol, 1n)] });
    const parts = { inbox: [leave(carol)] };
    assert.deepEqual((await step(state, parts)).outbox, [deposit(carol, 1n)]);
    const { witness, outbox } = applyBatch(split(state, carol, state.total), input(parts));
    assert.deepEqual(outbox, [deposit(carol, 106n)]);
    assert.ok(!(await accepts(witness)), 'one account takes what all have');
  });

  it('refuses to replay a transfer that is spent', async () => {
    const spent = { payload: packed(pay(alice, bob, 60n, 0n)) };
    const { state } = await step(await funded(), spent);
    assert.equal((await step(state, spent)).refusals[0], 'nonce');
    const { witness, refusals } = applyBatch(split(state, alice, balance(state, alice)! + two128), input(spent));
    assert.equal(refusals[0], undefined);
    assert.ok(!(await accepts(witness)), 'a nonce of one less for 2^128 coins');
  });

  it('leaves nonce and balance of a leaf no room to move together', { timeout: 300_000 }, async () => {
    const state = (await step(await funded(), { payload: packed(pay(alice, bob, 1n, 0n)) })).state;
    const transfers = packed(pay(alice, bob, 1n, 1n));
    const absent = { table: [1n, ...transfers.table], transfers: transfers.transfers.map((t) => ({ ...t, fromEntry: t.fromEntry + 1, toEntry: t.toEntry + 1 })) };
    const batches: [string, Parameters<typeof input>[0]][] = [
      ['inbox', { inbox: [deposit(alice, 1n), setKey(bob, 6n), deposit(1n, 1n)] }],
      ['exits', { inbox: [leave(alice), leave(bob)] }],
      ['payload', { payload: absent }],
    ];
    for (const [name, parts] of batches) {
      const { witness } = await step(state, parts);
      const shown = [...(witness['message_leaf'] as bigint[][]).slice(0, parts.inbox?.length ?? 0),
        ...(witness['entry_leaf'] as bigint[][]).slice(0, parts.payload?.table.length ?? 0)];
      for (const address of new Set(shown.map(([owner]) => owner!))) {
        const held = balance(state, address) ?? 0n;
        for (const other of [held + two128, state.total]) {
          const moved = applyBatch(split(state, address, other), input(parts));
          assert.equal(moved.witness['state_before'], witness['state_before']);
          assert.ok(!(await accepts(moved.witness)), `${name}: 0x${address.toString(16)} with ${other} in place of ${held}`);
        }
      }
    }
  });

  // A necessary condition of soundness: what a prover may choose alone are siblings at a node's own place, which nothing
  // reads, and the inverses in IsZero of numbers that are zero.
  it('leaves no wire of a witness open', { timeout: 300_000 }, async () => {
    const inbox = [deposit(bob, 40n), setKey(bob, keyHash(keyOf(bob).point)), deposit(carol, 3n)];
    const payload = packed(pay(alice, bob, 30n, 0n), withdraw(alice, carol, 20n, 1n), pay(bob, alice, 5n, 0n), pay(bob, carol, 500n, 1n), withdraw(carol, carol, 1n, 0n));
    const { witness } = await step(await funded(), { inbox, payload });
    const free = freeWires(files.r1cs, files.symbols, await calculator.calculateWitness(witness, true));
    assert.ok(free.length > 0);
    const siblings = free.filter((name) => /_siblings\[\d+\]\[\d+\]\[\d+\]$/.test(name));
    const levels = (2 * sizes.inbox + sizes.entries) * sizes.depth;
    assert.ok(siblings.length <= levels, siblings.join(' '));
    assert.deepEqual(free.filter((name) => !siblings.includes(name) && !/\.inv$/.test(name)), []);
  });

  const batches = Number(process.env['ENSHRINE_BATCHES'] ?? 10);
  const seed = Number(process.env['ENSHRINE_SEED'] ?? 1);
  it(`agrees with its model on ${batches} random batches, seed ${seed}`, { timeout: 1_800_000 }, async () => {
    const random = new Random(seed);
    const people = [alice, bob, carol];
    let state = new State(sizes.depth, l1Chain);
    const amount = (): bigint => random.pick([random.bits(8), 1n + random.bits(4), random.bits(128), 0n]);
    const message = (): Message => {
      const person = random.pick(people);
      return random.pick([
        () => deposit(person, 1n + random.bits(10)), () => deposit(random.bits(160), random.bits(20), random.bits(64), person),
        () => setKey(person, keyHash(keyOf(person).point)), () => setKey(person, keyHash(keyOf(person).point)), () => leave(person),
        () => ({ form: 2, chain: l1Chain, receiver: person, sender: person, value: 0n }),
      ])();
    };
    for (let i = 0; i < batches; i++) {
      const inbox = Array.from({ length: random.below(sizes.inbox + 1) }, message);
      const nonces = new Map(people.map((person) => [person, state.accounts.get(person)?.nonce ?? 0n]));
      const orders = Array.from({ length: random.below(sizes.transfers + 1) }, () => {
        const from = random.pick(people);
        const nonce = nonces.get(from)!;
        nonces.set(from, nonce + BigInt(random.below(8) === 0 ? 0 : 1));
        const order = { kind: random.pick([1, 1, 1, 2, 2, 3]), from, to: random.pick(people), amount: amount(), nonce };
        return sign(order, random.below(8) === 0 ? keyOf(random.pick(people)) : keyOf(from));
      });
      state = (await step(state, { inbox, payload: packed(...orders) })).state;
    }
  });

  it('has proofs that the L1 accepts, each for its own inputs alone', { timeout: 900_000 }, async () => {
    const { witness } = await step(await funded(), { inbox: [deposit(bob, 2n)], payload: packed(pay(alice, bob, 30n, 0n), withdraw(alice, alice, 20n, 1n)) });
    const prover = new Prover(files);
    const { proof, inputs } = await prover.prove({ ...witness, statement_high: 12n, statement_low: 34n });
    await prover.end();
    const verify = async (publicInputs: string[]): Promise<{ status: number; text: string }> => {
      writeFileSync(join(folder, 'proof.hex'), toHex(proof));
      writeFileSync(join(folder, 'public.json'), JSON.stringify(publicInputs));
      const finished = await run(binary('enshrine'), ['proof', 'verify', '--kind', 'groth16', '--vk', files.verifyingKey,
        '--proof', join(folder, 'proof.hex'), '--public', join(folder, 'public.json')]);
      return { status: finished.status, text: finished.stdout + finished.stderr };
    };
    const right = await verify(inputs);
    assert.equal(right.status, 0, right.text);
    assert.deepEqual(inputs.slice(0, 5).map(BigInt), [12n, 34n, witness['state_before'], witness['state_after'], witness['context']]);
    // The statement is bound although the circuit computes nothing with it.
    for (const i of [0, 1, 3, 5, 14, 15 + 3 * sizes.transfers]) {
      const wrong = await verify(inputs.map((value, k) => (k === i ? String(BigInt(value) + 1n) : value)));
      assert.equal(wrong.status, 1, wrong.text);
    }
  });
});
