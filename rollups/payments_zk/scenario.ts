// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// What the preset zk-payments of the devnet shows: deposit → pay → prove → settle → withdraw, with real proofs, and what
// is refused on the way.
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatEther, type Chain, type Hex } from 'viem';
import { chainsOf, clientOf, coin, describeRevert } from '../../scripts/scenario/chain.ts';
import { rpc, type Account, type Devnet } from '../../scripts/scenario/devnet.ts';
import { castDriver, viemDriver, type Argument, type Call, type Sent } from '../../scripts/scenario/drivers.ts';
import { depositMethod, withdrawMethod } from '../../scripts/scenario/journey.ts';
import { binaries, binary, loadAbi } from '../../scripts/scenario/paths.ts';
import { Service, waitFor } from '../../scripts/scenario/processes.ts';
import type { Recorder } from '../../scripts/scenario/report.ts';
import { claimArguments } from '../../sdk/typescript/src/index.ts';
import { circuitFiles, type CircuitFiles } from './operator/circuit_files.ts';
import { contracts, L1 } from './operator/l1.ts';
import { Operator, type Batch, type Proven } from './operator/operator.ts';
import { kinds, sizes, type Order } from './operator/payload.ts';
import { holdsKey, keyStatus, registerKey, registerRollup, verifyingKey } from './operator/register.ts';
import { keyAddress, paymentKey, signTransfer } from './operator/wallet.ts';
import { word } from './operator/wire.ts';

export const zkRollup = 904n;
const proveTimeoutMs = 600_000;
const callMethod = 'depositAndCall(uint64 rollup, address receiver, bytes data)';
const claimMethod = 'claimProven(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 stateRoot, bytes32 outboxRoot, uint64 outboxCount, bytes32 receiptsRoot, bytes data, bytes outbox, bytes proof)';

const coins = (wei: bigint): string => `${formatEther(wei)} coins`;
const number = (address: Hex): bigint => BigInt(address);

interface WithdrawalAnswer {
  message: Hex;
  batch: Hex;
  index: Hex;
  siblings: Hex[];
  settled: boolean;
}

export class ZkScenario {
  readonly #devnet: Devnet;
  readonly #recorder: Recorder;
  readonly #chain: Chain;
  readonly #alice: Account;
  readonly #bob: Account;
  readonly #sequencer: Account;
  readonly #l1: L1;
  #operator: Service | undefined;

  constructor(devnet: Devnet, recorder: Recorder) {
    this.#devnet = devnet;
    this.#recorder = recorder;
    this.#chain = chainsOf(devnet).l1;
    this.#alice = devnet.account('alice');
    this.#bob = devnet.account('bob');
    this.#sequencer = devnet.account('carol');
    this.#l1 = new L1(devnet.info.l1.rpc, this.#sequencer.key);
  }

  async run(): Promise<string> {
    const files = await this.#circuit();
    await this.#register(files);
    await this.#deposit(files);
    const endpoint = await this.#pay();
    await this.#withdraw(endpoint);
    return endpoint;
  }

  async stop(): Promise<void> {
    await this.#operator?.stop();
  }

  async #send(what: string, driver: typeof viemDriver, from: Account, call: Call): Promise<Sent> {
    const sent = await driver.send(this.#chain, from, call);
    assert.ok(sent.succeeded, `${what}: transaction ${sent.hash} was included and reverted (${sent.revertData ?? 'no revert data'})`);
    return sent;
  }
  #onL1(hash: Hex): { chain: number; hash: Hex } {
    return { chain: this.#devnet.info.l1.chainId, hash };
  }

  async #circuit(): Promise<CircuitFiles> {
    this.#recorder.begin('1', 'The circuit is compiled and has development keys');
    const started = Date.now();
    const files = await circuitFiles(join(binaries, '..', '..', 'payments_zk'), binary('enshrine'));
    this.#recorder.add('circuit', `${8 ** sizes.depth} accounts, per proof ${sizes.inbox} inbox messages and ${sizes.transfers} transfers; ${((Date.now() - started) / 1000).toFixed(1)} s, ${files.folder}`);
    return files;
  }

  async #register(files: CircuitFiles): Promise<void> {
    this.#recorder.begin('2', 'Key and rollup are registered on the L1');
    const registered = (await this.#l1.call<bigint[]>('IRollupRegistry', 'rollups', [])).includes(zkRollup);
    if (registered) {
      this.#recorder.add('rollup', `${zkRollup} is registered already`);
      return;
    }
    const key = await verifyingKey(files, binary('enshrine'));
    const sent = (await holdsKey(this.#l1, key.id)) ? undefined : await registerKey(this.#l1, key);
    const { activeFrom } = await keyStatus(this.#l1, key.id);
    this.#recorder.add('verifying key', `${key.id}, active from block ${activeFrom}`, sent === undefined ? undefined : this.#onL1(sent.hash));
    const rollup = await registerRollup(this.#l1, { rollup: zkRollup, key: key.id, sequencer: this.#sequencer.address, name: 'payments_zk' });
    this.#recorder.add('rollup', `${zkRollup}, policy validity`, this.#onL1(rollup.hash));
    await waitFor('the key to be active', 60_000, async () => ((await keyStatus(this.#l1, key.id)).active ? true : undefined));
  }

  /** Deposits and payment keys come through the inbox; the first batch is proven here, step by step. */
  async #deposit(files: CircuitFiles): Promise<void> {
    this.#recorder.begin('3', 'Deposits and payment keys come in; the batch is proven and settled');
    const operator = await Operator.open({ rollup: zkRollup, l1: this.#l1, files });
    while (await operator.order() !== undefined || await operator.settle() !== undefined);  // what an earlier run has left
    const inbox = contracts.IInbox;
    const deposited = 10n * coin;
    const sent = await this.#send('deposit', castDriver, this.#alice, { to: inbox, method: depositMethod, args: [zkRollup, this.#alice.address], value: deposited });
    this.#recorder.add('alice deposits', coins(deposited), this.#onL1(sent.hash));
    let last = sent.block;
    for (const person of [this.#alice, this.#bob]) {
      const keyed = await this.#send('payment key', viemDriver, person, { to: inbox, method: callMethod, args: [zkRollup, keyAddress(await paymentKey(person.key)), '0x'] });
      last = keyed.block;
      this.#recorder.add(`${person.name} sets a payment key`, 'made from a signature of the L1 wallet', this.#onL1(keyed.hash));
    }
    await waitFor('the messages to be due', 60_000, async () => ((await this.#l1.anchor()).height >= last ? true : undefined));
    const before = operator.account(number(this.#alice.address))?.balance ?? 0n;
    const batch = await operator.order();
    assert.ok(batch !== undefined && batch.inboxCount === sizes.inbox);
    assert.equal(operator.account(number(this.#alice.address))?.balance, before + deposited);
    const started = Date.now();
    const proven = await operator.prove(batch);
    this.#recorder.add('proof', `batch ${batch.sequence} proven in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    await this.#refusals(batch, proven);
    const settled = await operator.claim(batch, proven);
    this.#recorder.add('claim by proof', `batch ${batch.sequence} settled, ${settled.gasUsed} gas`, this.#onL1(settled.hash));
    const again = await this.#refusedClaim('a second claim', 'ClaimOutOfOrder', { ...proven });
    this.#recorder.add('the same claim again', `refused: ${again}`);
    assert.equal((await this.#l1.status(zkRollup)).settledStateRoot, word(batch.rootAfter));
    await operator.end();
  }

  /** Claims that must not settle anything, by somebody else, with ordinary transactions. */
  async #refusals(batch: Batch, proven: Proven): Promise<void> {
    const { claim, proof } = proven;
    const other = await this.#refusedClaim('another state root', 'ProofRefused', { claim: { ...claim, stateRoot: word(batch.rootBefore) }, proof });
    this.#recorder.add('another state root', `refused: ${other}`);
    const swapped = `0x${proof.slice(2, 130)}${proof.slice(130, 386)}${proof.slice(2, 130)}` as Hex;  // C replaced by A
    this.#recorder.add('another proof', `refused: ${await this.#refusedClaim('another proof', 'ProofRefused', { claim, proof: swapped })}`);
  }

  async #refusedClaim(what: string, error: string, { claim, proof }: Proven): Promise<string> {
    const args = [...claimArguments(claim), proof] as Argument[];
    const sent = await viemDriver.send(this.#chain, this.#bob, { to: contracts.IRollupRegistry, method: claimMethod, args, gas: 10_000_000n });
    assert.ok(!sent.succeeded, `${what}: the L1 settled it`);
    assert.ok(sent.revertData !== undefined, `${what}: no revert data`);
    const reason = describeRevert(loadAbi('IRollupRegistry'), sent.revertData);
    assert.ok(reason.startsWith(error), `${what}: refused with ${reason}, expected ${error}`);
    return reason;
  }

  /** From here on the operator runs as a process; it finds out from the L1 what has happened. */
  async #pay(): Promise<string> {
    this.#recorder.begin('4', 'An operator takes over from the L1\'s records; users pay');
    const url = await this.#startOperator(0);
    this.#recorder.add('endpoint', url);

    const key = await paymentKey(this.#alice.key);
    const domain = BigInt(await rpc<Hex>(url, 'zk_domain'));
    const from = number(this.#alice.address);
    const to = number(this.#bob.address);
    const nonce = BigInt(await rpc<Hex>(url, 'eth_getTransactionCount', [this.#alice.address]));
    const paid = BigInt(await rpc<Hex>(url, 'eth_getBalance', [this.#bob.address]));
    const order = (amount: bigint, i: bigint): Order => ({ kind: kinds.payment, from, to, amount, nonce: nonce + i });
    const ids: Hex[] = [];
    for (let i = 0n; i < 3n; i++) ids.push(await rpc<Hex>(url, 'zk_sendTransfer', [signTransfer(key, domain, order(coin, i))]));
    this.#recorder.add('alice pays bob three times', coins(3n * coin));
    const forged = signTransfer(await paymentKey(this.#bob.key), domain, order(coin, 3n));
    await assert.rejects(rpc(url, 'zk_sendTransfer', [forged]), /would do nothing: key/);
    const tooMuch = signTransfer(key, domain, order(1_000_000n * coin, 3n));
    await assert.rejects(rpc(url, 'zk_sendTransfer', [tooMuch]), /would do nothing: balance/);
    this.#recorder.add('a transfer signed by bob, one beyond the balance', 'refused');

    const withdrawal: Order = { kind: kinds.withdrawal, from, to: from, amount: 2n * coin, nonce: nonce + 3n };
    ids.push(await rpc<Hex>(url, 'zk_sendTransfer', [signTransfer(key, domain, withdrawal)]));
    this.#recorder.add('alice withdraws to the L1', coins(withdrawal.amount));
    for (const id of ids) await this.#reaches(url, id, ['ordered', 'settled']);
    await this.#operator?.stop('SIGKILL');
    await this.#startOperator(Number(new URL(url).port));
    this.#recorder.add('the operator is killed while it proves', 'another one reads the L1 and goes on');
    for (const id of ids) await this.#reaches(url, id, ['settled']);
    assert.equal(BigInt(await rpc<Hex>(url, 'eth_getBalance', [this.#bob.address])), paid + 3n * coin);
    this.#recorder.add('proof and claim', `all four transfers settled; bob has ${coins(paid + 3n * coin)} on the rollup`);
    return url;
  }

  async #startOperator(port: number): Promise<string> {
    const log = join(this.#devnet.info.dataDir, `payments_zk-${Date.now()}.log`);
    const program = fileURLToPath(new URL('operator/main.ts', import.meta.url));
    this.#operator = new Service('operator of payments_zk', process.execPath,
      [program, '--l1', this.#l1.url, '--rollup', String(zkRollup), '--key', this.#sequencer.key, '--port', String(port)], log, { ENSHRINE_BIN: binaries });
    return this.#operator.announced(/rollup \d+ at (http:\S+),/);
  }

  async #reaches(url: string, id: Hex, wanted: string[]): Promise<void> {
    await waitFor(`transfer ${id} ${wanted.join(' or ')}`, proveTimeoutMs, async () => {
      this.#operator?.assertRunning();
      const found = await rpc<{ status: string; reason?: string } | null>(url, 'zk_getTransfer', [id]);
      assert.notEqual(found?.status, 'refused', `transfer ${id}: ${found?.reason}`);
      return found !== null && wanted.includes(found.status) ? true : undefined;
    }, 500);
  }

  async #withdraw(url: string): Promise<void> {
    this.#recorder.begin('5', 'What has left the rollup is paid out on the L1, once');
    const client = clientOf(this.#chain);
    const found = await rpc<WithdrawalAnswer[]>(url, 'zk_getWithdrawals', [this.#alice.address]);
    const last = found.at(-1);
    assert.ok(last?.settled === true);
    const call: Call = { to: contracts.IMessageHub, method: withdrawMethod, args: [last.message, BigInt(last.batch), BigInt(last.index), last.siblings] };
    const before = await client.getBalance({ address: this.#alice.address });
    const sent = await this.#send('withdrawal', viemDriver, this.#bob, call);  // anybody may carry it
    const received = (await client.getBalance({ address: this.#alice.address })) - before;
    assert.equal(received, 2n * coin);
    this.#recorder.add('withdrawal', `${coins(received)} paid to alice`, this.#onL1(sent.hash));
    const again = await viemDriver.send(this.#chain, this.#bob, { ...call, gas: 1_000_000n });
    assert.ok(!again.succeeded && again.revertData !== undefined);
    this.#recorder.add('the same withdrawal again', `refused: ${describeRevert(loadAbi('IMessageHub'), again.revertData)}`);
    const escrow = await this.#l1.call<bigint>('IMessageHub', 'escrow', [zkRollup, word(0n)]);
    const balances = await Promise.all([this.#alice, this.#bob].map(async ({ address }) => BigInt(await rpc<Hex>(url, 'eth_getBalance', [address]))));
    assert.equal(escrow, balances.reduce((sum, balance) => sum + balance, 0n));
    this.#recorder.add('escrow', `${coins(escrow)} on the L1, as much as all accounts of the rollup have`);
  }
}
