// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Wrong claims, made from public data, and what the L1 says to them. The sequencers of the devnet claim in the block that
// registers a batch, so nobody could come before them; here a rollup is run whose sequencer leaves claims to others.
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { encodeFunctionData, type Hex } from 'viem';
import { abis, clientOf, coin, describeRevert, revertDataOf, toNumber, walletOf, type ClaimInputs } from './chain.ts';
import { rpc, type Account } from './devnet.ts';
import { depositMethod, type Journey } from './journey.ts';
import { binary, rollupBuild } from './paths.ts';
import { output, Service, waitFor } from './processes.ts';

export interface Status {
  lastSequence: Hex;
  settledSequence: Hex;
  settledStateRoot: Hex;
}

export function claimData(rollup: number, sequence: number, inputs: ClaimInputs): Hex {
  return encodeFunctionData({
    abi: abis.IRollupRegistry, functionName: 'claim',
    args: [BigInt(rollup), BigInt(sequence), inputs.stateRoot, inputs.outboxRoot, inputs.receiptsRoot, BigInt(inputs.steps), inputs.machineRoot, inputs.witness],
  });
}

export function flipLastBit(hash: Hex): Hex {
  return `${hash.slice(0, -1)}${(parseInt(hash.slice(-1), 16) ^ 1).toString(16)}` as Hex;
}

/** The claim with one thing wrong, and the error that it has to meet. */
export function wrongClaims(right: ClaimInputs): { what: string; inputs: ClaimInputs; error: string }[] {
  const witnessBytes = (right.witness.length - 2) / 2;
  return [
    { what: 'one bit of the state root', inputs: { ...right, stateRoot: flipLastBit(right.stateRoot) }, error: 'WrongStateRoot' },
    { what: 'one bit of the outbox root', inputs: { ...right, outboxRoot: flipLastBit(right.outboxRoot) }, error: 'WrongOutboxRoot' },
    { what: 'one bit of the receipts root', inputs: { ...right, receiptsRoot: flipLastBit(right.receiptsRoot) }, error: 'WrongReceiptsRoot' },
    { what: 'one step more', inputs: { ...right, steps: `0x${(BigInt(right.steps) + 1n).toString(16)}` }, error: 'WrongSteps' },
    { what: 'one bit of the machine root', inputs: { ...right, machineRoot: flipLastBit(right.machineRoot) }, error: 'WrongMachineRoot' },
    { what: 'a witness cut in half', inputs: { ...right, witness: right.witness.slice(0, 2 + 2 * Math.floor(witnessBytes / 2)) as Hex }, error: 'BadWitness' },
    { what: 'one bit of the witness', inputs: { ...right, witness: flipLastBit(right.witness) }, error: 'WitnessRefused' },
  ];
}

/** A rollup with a batch that nobody has claimed yet. */
export class UnclaimedRollup {
  readonly id: number;
  readonly url: string;
  private readonly journey: Journey;
  private readonly service: Service;

  private constructor(journey: Journey, id: number, url: string, service: Service) {
    this.journey = journey;
    this.id = id;
    this.url = url;
    this.service = service;
  }

  static async open(journey: Journey, id: number, sequencer: Account): Promise<UnclaimedRollup> {
    const { l1, dataDir } = journey.devnet.info;
    const ids = await rpc<Hex[]>(l1.rpc, 'rollup_list');
    if (!ids.map(toNumber).includes(id)) {
      await output(binary('enshrine'), ['rollup', 'register', join(rollupBuild, 'payments.elf'), '--id', String(id), '--name', 'unclaimed', '--sequencer', sequencer.address, '--key', sequencer.key, '--l1', l1.rpc]);
    }
    const service = new Service(`sequencer of ${id}`, binary('enshrine-sequencer'), [
      '--l1', l1.rpc, '--rollup', String(id), '--key', sequencer.key, '--port', '0', '--no-claims', '--data-dir', join(dataDir, 'unclaimed'), '--batch-interval-ms', '200',
    ], join(dataDir, `unclaimed-${Date.now()}.log`));
    try {
      const url = await service.announced(/ready: rollup \d+ at (\S+)\n/);
      return new UnclaimedRollup(journey, id, url, service);
    } catch (error) {
      await service.stop();
      throw error;
    }
  }

  status(): Promise<Status> {
    return rpc<Status>(this.journey.devnet.info.l1.rpc, 'rollup_status', [`0x${this.id.toString(16)}`]);
  }

  async inputs(sequence: number): Promise<ClaimInputs> {
    return waitFor(`claim of batch ${sequence} of ${this.id}`, 30_000, async () =>
      (await rpc<ClaimInputs | null>(this.url, 'rollup_getClaimInputs', [`0x${sequence.toString(16)}`])) ?? undefined);
  }

  /** Deposits, so that a batch has something to do, and returns the batch once the L1 has registered it. */
  async newBatch(from: Account): Promise<number> {
    const before = toNumber((await this.status()).lastSequence);
    const { info } = this.journey.devnet;
    await this.journey.must('deposit', info.l1.chainId, from, { to: info.contracts.IInbox, method: depositMethod, args: [this.id, from.address], value: coin });
    return waitFor(`a batch of ${this.id} on the L1`, 60_000, async () => {
      const last = toNumber((await this.status()).lastSequence);
      return last > before ? last : undefined;
    });
  }

  /** What eth_call says to a claim. */
  async answer(sequence: number, inputs: ClaimInputs, from: Account): Promise<string> {
    const { info } = this.journey.devnet;
    try {
      await rpc(info.l1.rpc, 'eth_call', [{ from: from.address, to: info.contracts.IRollupRegistry, data: claimData(this.id, sequence, inputs) }, 'latest']);
      return 'accepted';
    } catch (error) {
      const data = revertDataOf(error);
      if (data === undefined) throw error;
      return describeRevert(abis.IRollupRegistry, data);
    }
  }

  /** Sends a claim as a transaction, whatever an estimate would say. */
  async claim(sequence: number, inputs: ClaimInputs, from: Account): Promise<{ hash: Hex; succeeded: boolean }> {
    const { info } = this.journey.devnet;
    const l1 = this.journey.chain(info.l1.chainId);
    const hash = await walletOf(l1, from).sendTransaction({ to: info.contracts.IRollupRegistry, data: claimData(this.id, sequence, inputs), gas: 20_000_000n });
    const receipt = await clientOf(l1).waitForTransactionReceipt({ hash, timeout: 60_000 });
    return { hash, succeeded: receipt.status === 'success' };
  }

  /** Claims what stands before `sequence`, since batches settle in order. */
  async settleBefore(sequence: number, from: Account): Promise<void> {
    for (let next = toNumber((await this.status()).settledSequence) + 1; next < sequence; next += 1) {
      const claimed = await this.claim(next, await this.inputs(next), from);
      assert.ok(claimed.succeeded, `the claim of batch ${next} of ${this.id}`);
    }
  }

  stop(): Promise<void> {
    return this.service.stop();
  }
}
