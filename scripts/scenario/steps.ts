// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The steps of the scenario. Each asserts what it shows.
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { formatEther, parseAbiItem, type Hex } from 'viem';
import { abis, clientOf, coin, describeRevert, revertDataOf, settleTimeoutMs, toNumber, waitForLevel, type BatchRecord, type ClaimInputs, type Finality, type MessageProof } from './chain.ts';
import { rpc, type Account } from './devnet.ts';
import { castDriver, viemDriver, type Sent } from './drivers.ts';
import { Journey, withdrawMethod } from './journey.ts';
import { binary, loadAbi } from './paths.ts';
import { output, waitFor } from './processes.ts';
import { UnclaimedRollup, wrongClaims } from './refusals.ts';
import type { Recorder } from './report.ts';

const payments = 901;
const exchange = 902;
const unclaimed = 903;

const quantity = (value: number | bigint): Hex => `0x${value.toString(16)}`;
const coins = (wei: bigint): string => `${formatEther(wei)} coins`;
const short = (hash: Hex): string => `${hash.slice(0, 10)}…`;

interface Publication {
  known: boolean;
  height: bigint;
  expiresAt: bigint;
  epoch: bigint;
  dataRows: bigint;
  parityRows: bigint;
  rowBytes: bigint;
  namespaces: Hex[];
  sizes: bigint[];
}

export class Scenario {
  private readonly cast: Journey;
  private readonly viem: Journey;
  private readonly recorder: Recorder;
  private readonly alice: Account;
  private readonly bob: Account;
  private readonly carol: Account;
  private readonly l1: number;
  private payment: Sent | undefined;
  private readonly settledBatches: { rollup: number; sequence: number }[] = [];

  constructor(journey: Journey, recorder: Recorder) {
    this.cast = new Journey(journey.devnet, castDriver);
    this.viem = new Journey(journey.devnet, viemDriver);
    this.recorder = recorder;
    this.alice = journey.devnet.account('alice');
    this.bob = journey.devnet.account('bob');
    this.carol = journey.devnet.account('carol');
    this.l1 = journey.devnet.info.l1.chainId;
  }

  async run(): Promise<void> {
    await this.blocksAndRollups();
    await this.deposit();
    await this.pay();
    await this.publish();
    await this.settle();
    await this.messages();
    await this.lightCheck();
  }

  private get l1Url(): string { return this.cast.devnet.info.l1.rpc; }
  private get l1Client(): ReturnType<typeof clientOf> { return clientOf(this.cast.chain(this.l1)); }

  private async blocksAndRollups(): Promise<void> {
    const { recorder } = this;
    recorder.begin('1', 'The L1 makes blocks; two rollups are registered');
    assert.equal(await this.l1Client.getChainId(), this.l1);
    const first = await this.l1Client.getBlockNumber();
    const later = await waitFor('the next block', 30_000, async () => {
      const height = await this.l1Client.getBlockNumber();
      return height > first ? height : undefined;
    });
    recorder.add('L1', `chain ${this.l1} went from block ${first} to ${later}`);
    const logs = await this.l1Client.getLogs({
      address: this.cast.devnet.info.contracts.IRollupRegistry, fromBlock: 0n,
      event: parseAbiItem('event RollupRegistered(uint64 indexed rollup, address indexed owner, address sequencer, bytes32 programId, bytes32 genesisStateRoot, uint8 policy, string name)'),
    });
    for (const id of [payments, exchange]) {
      const log = logs.find((entry) => entry.args.rollup === BigInt(id));
      assert.ok(log !== undefined, `rollup ${id} is registered`);
      const program = await rpc<Hex>(this.l1Url, 'rollup_getProgram', [quantity(id)]);
      assert.equal(program.slice(2, 10), '7f454c46', `the program of ${id} is an ELF file`);
      assert.equal(await clientOf(this.cast.chain(id)).getChainId(), id);
      recorder.add(`register ${log.args.name}`, `rollup ${id}, RISC-V program ${short(log.args.programId ?? '0x')} of ${program.length / 2 - 1} bytes`, { chain: this.l1, hash: log.transactionHash });
    }
  }

  private async deposit(): Promise<void> {
    this.recorder.begin('2', 'Alice deposits from the L1 into payments (cast send to IInbox)');
    const before = await this.cast.balance(payments, this.alice);
    const sent = await this.cast.deposit(payments, this.alice, 10n * coin);
    const after = await this.cast.balance(payments, this.alice);
    assert.equal(after, before + 10n * coin);
    this.recorder.add('deposit', `Alice has ${coins(after)} on ${payments}`, { chain: this.l1, hash: sent.hash });
  }

  private async pay(): Promise<void> {
    this.recorder.begin('3', 'Alice pays Bob on payments (cast send, EIP-1559)');
    const sent = await this.cast.pay(payments, this.alice, this.bob, 3n * coin);
    const finality = await rpc<Finality>(this.cast.devnet.rollup(payments).rpc, 'rollup_getFinality', [sent.hash]);
    assert.equal(finality.status, 'included');
    this.payment = sent;
    this.recorder.add('payment', `Bob has ${coins(await this.cast.balance(payments, this.bob))} on ${payments}; level ${finality.level} so far`, { chain: payments, hash: sent.hash });
  }

  private async publish(): Promise<void> {
    const { recorder } = this;
    const native = this.cast.devnet.info.da === 'native';
    recorder.begin('4', `The sequencer orders, publishes the batch ${native ? 'with the storage nodes' : 'in a blob'}, registers it, claims the new state`);
    assert.ok(this.payment !== undefined);
    const finality = await waitForLevel(this.cast.devnet.rollup(payments).rpc, this.payment.hash, 'P2');
    assert.ok(finality.batch !== undefined);
    const sequence = toNumber(finality.batch);
    const batch = await waitFor(`batch ${sequence} on the L1`, settleTimeoutMs, async () =>
      (await rpc<BatchRecord | null>(this.l1Url, 'rollup_getBatch', [quantity(payments), quantity(sequence)])) ?? undefined);
    assert.equal(batch.da, this.cast.devnet.info.da, 'the batch is published as the devnet was told');
    if (batch.da === 'native') await this.showMatrix(sequence, batch);
    else await this.showBlob(sequence, batch);
    this.settledBatches.push({ rollup: payments, sequence });
  }

  private async showMatrix(sequence: number, batch: BatchRecord): Promise<void> {
    const { recorder } = this;
    const [commitment] = batch.references;
    assert.ok(commitment !== undefined, 'the batch names its matrix');
    const publication = await this.publication(commitment);
    assert.ok(publication.known, 'the L1 knows the publication');
    assert.deepEqual(publication.sizes, [BigInt(batch.payloadBytes)], 'the matrix carries the payload and nothing else');
    assert.deepEqual(publication.namespaces, [`0x${payments.toString(16).padStart(64, '0')}`], 'it is published for the rollup');
    assert.ok(publication.height <= BigInt(batch.l1Height), 'the matrix was published before its batch was registered');
    recorder.add('batch', `batch ${sequence} in matrix ${short(commitment)}, L1 block ${toNumber(batch.l1Height)}`, { chain: this.l1, hash: batch.l1Transaction });
    recorder.add('matrix', `${toNumber(batch.payloadBytes)} bytes in ${publication.dataRows} + ${publication.parityRows} rows of ${publication.rowBytes} bytes, certified by committee ${publication.epoch}, published in block ${publication.height}, kept until block ${publication.expiresAt}`);
  }

  private async publication(commitment: Hex): Promise<Publication> {
    const fields = await this.l1Client.readContract({
      address: this.cast.devnet.info.contracts.IDataAvailability, abi: abis.IDataAvailability, functionName: 'publication', args: [commitment],
    }) as [boolean, bigint, bigint, bigint, bigint, bigint, bigint, Hex[], bigint[], bigint[]];
    const [known, height, expiresAt, epoch, dataRows, parityRows, rowBytes, namespaces, sizes] = fields;
    return { known, height, expiresAt, epoch, dataRows, parityRows, rowBytes, namespaces, sizes };
  }

  private async showBlob(sequence: number, batch: BatchRecord): Promise<void> {
    const { recorder } = this;
    const txn = await this.l1Client.getTransaction({ hash: batch.l1Transaction });
    assert.equal(txn.type, 'eip4844', 'a batch with transactions travels in a blob transaction');
    const [blob] = batch.versionedHashes;
    assert.ok(blob !== undefined, 'the batch names its blob');
    assert.ok(txn.blobVersionedHashes?.includes(blob), 'the blob belongs to the transaction');
    recorder.add('batch', `batch ${sequence} in blob ${short(blob)}, L1 block ${toNumber(batch.l1Height)}`, { chain: this.l1, hash: batch.l1Transaction });
    const stored = await rpc<{ blob: Hex; commitment: Hex }>(this.l1Url, 'da_getBlob', [blob]);
    assert.equal(stored.blob.length, 2 + 2 * 131_072);
    recorder.add('blob', `131,072 bytes are served under commitment ${stored.commitment.slice(0, 18)}…`);
  }

  private async settle(): Promise<void> {
    const { recorder } = this;
    recorder.begin('5', 'The L1 settles by running the program on the witness, and refuses wrong claims');
    assert.ok(this.payment !== undefined);
    const [batch] = this.settledBatches;
    assert.ok(batch !== undefined);
    await waitForLevel(this.cast.devnet.rollup(payments).rpc, this.payment.hash, 'P4');
    const logs = await this.l1Client.getLogs({
      address: this.cast.devnet.info.contracts.IRollupRegistry, fromBlock: 0n, args: { rollup: BigInt(payments), sequence: BigInt(batch.sequence) },
      event: parseAbiItem('event BatchSettled(uint64 indexed rollup, uint64 indexed sequence, bytes32 stateRoot, bytes32 outboxRoot, uint64 outboxCount, bytes32 receiptsRoot)'),
    });
    const [settled] = logs;
    assert.ok(settled !== undefined, `batch ${batch.sequence} has settled`);
    const inputs = await rpc<ClaimInputs | null>(this.cast.devnet.rollup(payments).rpc, 'rollup_getClaimInputs', [quantity(batch.sequence)]);
    assert.ok(inputs !== null, `the inputs of claim ${batch.sequence} are still public`);
    assert.equal(inputs.stateRoot, settled.args.stateRoot);
    recorder.add('claim', `batch ${batch.sequence} settled: ${toNumber(inputs.steps)} steps, witness of ${inputs.witness.length / 2 - 1} bytes, state root ${short(inputs.stateRoot)}`, { chain: this.l1, hash: settled.transactionHash });

    const rollup = await UnclaimedRollup.open(this.cast, unclaimed, this.cast.devnet.account('account_3'));
    try {
      await this.refuse(rollup);
    } finally {
      await rollup.stop();
    }
  }

  private async refuse(rollup: UnclaimedRollup): Promise<void> {
    const { recorder } = this;
    const claimant = this.cast.devnet.account('account_4');
    const sequence = await rollup.newBatch(this.alice);
    await rollup.settleBefore(sequence, claimant);
    const right = await rollup.inputs(sequence);
    recorder.add('an unclaimed batch', `batch ${sequence} of ${rollup.id}, whose sequencer leaves claims to others`);
    const before = await rollup.status();
    for (const wrong of wrongClaims(right)) {
      const reason = await rollup.answer(sequence, wrong.inputs, claimant);
      assert.ok(reason.startsWith(wrong.error), `a claim with ${wrong.what} wrong: expected ${wrong.error}, got ${reason}`);
      recorder.add(`refused: ${wrong.what}`, reason);
    }
    for (const wrong of wrongClaims(right).slice(0, 1)) {
      const lie = await rollup.claim(sequence, wrong.inputs, claimant);
      assert.equal(lie.succeeded, false, 'a wrong claim in a block');
      assert.deepEqual(await rollup.status(), before, 'a refused claim changes nothing');
      recorder.add('wrong claim in a block', 'included with status 0, nothing changed', { chain: this.l1, hash: lie.hash });
    }
    const truth = await rollup.claim(sequence, right, claimant);
    assert.ok(truth.succeeded, 'the right claim of somebody who is not the sequencer');
    assert.equal((await rollup.status()).settledStateRoot, right.stateRoot);
    recorder.add('right claim', 'by an account that has nothing to do with the rollup: settled', { chain: this.l1, hash: truth.hash });
  }

  private async messages(): Promise<void> {
    const { recorder } = this;
    recorder.begin('6', 'Bob moves coins to exchange by message, swaps, and withdraws to the L1');
    const before = await this.cast.balance(exchange, this.bob);
    const bridged = await this.cast.bridge(payments, exchange, this.bob, this.bob, 2n * coin);
    recorder.add('bridge', `Bob sends 2 coins from ${payments} to ${exchange}`, { chain: payments, hash: bridged.hash });
    const message = await this.cast.provenMessage(payments, bridged.hash);
    recorder.add('proof', `message ${toNumber(message.index)} of ${toNumber(message.count)} in the outbox of batch ${toNumber(message.batch)}, ${message.siblings.length} siblings, root ${short(message.outboxRoot)}`);
    const relayed = await this.viem.relay(this.carol, message);
    recorder.add('relay', 'Carol carries the message and its Merkle proof to the L1 (viem)', { chain: this.l1, hash: relayed.hash });
    await this.cast.waitForBalance(exchange, this.bob, before + 2n * coin);
    recorder.add('arrival', `Bob has ${coins(await this.cast.balance(exchange, this.bob))} on ${exchange}`);

    const swap = await this.cast.swap(exchange, this.bob, coin / 2n, loadAbi('exchange'));
    recorder.add('swap', `0.5 coins for ${formatEther(swap.received)} tokens`, { chain: exchange, hash: swap.sent.hash });

    const withdrawal = await this.cast.bridge(exchange, this.l1, this.bob, this.bob, coin);
    recorder.add('withdraw', `Bob sends 1 coin from ${exchange} to the L1`, { chain: exchange, hash: withdrawal.hash });
    const proof = await this.cast.provenMessage(exchange, withdrawal.hash);
    const l1Before = await this.cast.balance(this.l1, this.bob);
    const collected = await this.viem.collect(this.carol, proof);
    assert.equal(await this.cast.balance(this.l1, this.bob), l1Before + coin, 'Bob on the L1 behind the withdrawal');
    recorder.add('collect', `paid out on the L1 against outbox root ${short(proof.outboxRoot)}`, { chain: this.l1, hash: collected.hash });
    await this.withdrawTwice(proof);
    this.settledBatches.push({ rollup: exchange, sequence: toNumber(proof.batch) });
  }

  private async withdrawTwice(proof: MessageProof): Promise<void> {
    const again = { to: this.cast.devnet.info.contracts.IMessageHub, method: withdrawMethod, args: this.cast.proofArguments(proof) };
    const call = this.l1Client.simulateContract({ address: again.to, abi: abis.IMessageHub, functionName: 'withdraw', args: again.args, account: this.carol.address });
    const reason = await call.then(() => 'accepted', (error: unknown) => {
      const data = revertDataOf(error);
      return data === undefined ? String(error) : describeRevert(abis.IMessageHub, data);
    });
    assert.ok(reason.startsWith('AlreadyConsumed'), `a second withdrawal: expected AlreadyConsumed, got ${reason}`);
    const sent = await this.viem.driver.send(this.viem.chain(this.l1), this.carol, { ...again, gas: 1_000_000n });
    assert.equal(sent.succeeded, false, 'a second withdrawal in a block');
    this.recorder.add('withdraw again', `refused, ${reason}`, { chain: this.l1, hash: sent.hash });
  }

  private async lightCheck(): Promise<void> {
    const { recorder } = this;
    recorder.begin('7', 'Light check: samples of what was published, and both rollups from data availability alone');
    let samples = 0;
    for (const { rollup, sequence } of this.settledBatches) {
      const batch = await rpc<BatchRecord>(this.l1Url, 'rollup_getBatch', [quantity(rollup), quantity(sequence)]);
      for (const commitment of batch.da === 'native' ? batch.references : []) {
        const sampled = JSON.parse(await output(binary('enshrine'), ['da', 'sample', commitment, '--l1', this.l1Url, '--json'])) as { verdict: string; verified: number; rows: { valid: boolean }[] };
        assert.equal(sampled.verdict, 'available', `rows of ${commitment}`);
        assert.ok(sampled.rows.length > 0 && sampled.rows.every((row) => row.valid), `every sampled row of ${commitment} has a proof that holds`);
        recorder.add(`matrix of batch ${sequence} of ${rollup}`, `${sampled.rows.length} random rows: their proofs hold`);
        samples += 1;
      }
      for (const blob of batch.versionedHashes) {
        samples += 1;
        const sampled = JSON.parse(await output(binary('enshrine'), ['da', 'sample', blob, '--cells', '8', '--l1', this.l1Url, '--json'])) as { cells: { index: number; valid: boolean }[] };
        assert.equal(sampled.cells.length, 8);
        assert.ok(sampled.cells.every((cell) => cell.valid), `every sampled cell of ${blob} has a proof that holds`);
        recorder.add(`blob of batch ${sequence} of ${rollup}`, `cells ${sampled.cells.map((cell) => cell.index).join(', ')}: KZG proofs hold`);
        await this.sampleOnChain(blob);
      }
    }
    assert.ok(samples >= this.settledBatches.length, 'what every batch published has been sampled');
    for (const id of [payments, exchange]) await this.reExecute(id);
  }

  private async sampleOnChain(blob: Hex): Promise<void> {
    const index = Math.floor(Math.random() * 128);
    const sample = await rpc<{ commitment: Hex; cells: { index: Hex; cell: Hex; proof: Hex }[] }>(this.l1Url, 'da_sample', [blob, [quantity(index)]]);
    const [cell] = sample.cells;
    assert.ok(cell !== undefined);
    const verify = (bytes: Hex): Promise<unknown> => this.l1Client.readContract({
      address: this.cast.devnet.info.contracts.IDataAvailability, abi: abis.IDataAvailability, functionName: 'verifySample',
      args: [blob, sample.commitment, BigInt(cell.index), bytes, cell.proof],
    });
    assert.equal(await verify(cell.cell), true);
    const damaged = `${cell.cell.slice(0, -1)}${(parseInt(cell.cell.slice(-1), 16) ^ 1).toString(16)}` as Hex;
    const reason = await verify(damaged).then(() => 'accepted', (error: unknown) => describeRevert(abis.IDataAvailability, revertDataOf(error) ?? '0x'));
    assert.ok(reason.startsWith('SampleRefused'), `a damaged cell: expected SampleRefused, got ${reason}`);
    this.recorder.add(`cell ${index} on the L1`, 'IDataAvailability.verifySample holds; with one bit changed it is refused');
  }

  private async reExecute(rollup: number): Promise<void> {
    const status = await rpc<{ settledSequence: Hex; settledStateRoot: Hex }>(this.l1Url, 'rollup_status', [quantity(rollup)]);
    const text = await output(binary('enshrine-verifier'), [
      '--l1', this.l1Url, '--rollup', String(rollup), '--data-dir', join(this.cast.devnet.info.dataDir, '..', `verifier-${Date.now()}`), '--once', '--json',
    ], { timeoutMs: 300_000 });
    const batches = text.trim().split('\n').map((line) => JSON.parse(line) as { sequence: number; stateRoot: Hex; settled: boolean; matches: boolean; cellsSampled: number; rowsSampled: number });
    assert.ok(batches.every((batch) => batch.matches), `the verifier agrees with every batch of ${rollup}`);
    const found = batches.find((batch) => batch.sequence === toNumber(status.settledSequence));
    assert.equal(found?.stateRoot, status.settledStateRoot, `state root of batch ${toNumber(status.settledSequence)} of ${rollup}`);
    const rows = batches.reduce((sum, batch) => sum + batch.rowsSampled, 0);
    const cells = batches.reduce((sum, batch) => sum + batch.cellsSampled, 0);
    assert.ok(this.cast.devnet.info.da === 'native' ? rows > 0 : cells > 0, `the verifier has sampled what ${rollup} published`);
    this.recorder.add(`samples of ${rollup}`, `${rows} random rows of matrices and ${cells} cells of blobs came and verified`);
    this.recorder.add(`verifier of ${rollup}`, `${batches.length} batches re-executed; state root ${status.settledStateRoot} is the settled one`);
  }
}
