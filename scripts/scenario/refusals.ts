// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Wrong claims, made from public data, and what the L1 says to them.
import { strict as assert } from 'node:assert';
import { encodeFunctionData, type Hex } from 'viem';
import { abis, clientOf, describeRevert, revertDataOf, toNumber, walletOf, type BatchRecord, type ClaimInputs } from './chain.ts';
import { rpc, type Account } from './devnet.ts';
import type { Journey } from './journey.ts';
import type { Sent } from './drivers.ts';
import { waitFor } from './processes.ts';

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
    { what: 'one step more', inputs: { ...right, steps: `0x${(BigInt(right.steps) + 1n).toString(16)}` }, error: 'WrongSteps' },
    { what: 'a witness cut in half', inputs: { ...right, witness: right.witness.slice(0, 2 + 2 * Math.floor(witnessBytes / 2)) as Hex }, error: 'BadWitness' },
    { what: 'one bit of the witness', inputs: { ...right, witness: flipLastBit(right.witness) }, error: 'WitnessRefused' },
  ];
}

/** Calls claim() on the state right before the batch settled, from an account that has nothing to do with the rollup. */
export async function refusedCall(journey: Journey, rollup: number, sequence: number, inputs: ClaimInputs, block: bigint, from: Account): Promise<string> {
  const { info } = journey.devnet;
  const call = { from: from.address, to: info.contracts.IRollupRegistry, data: claimData(rollup, sequence, inputs) };
  try {
    await rpc(info.l1.rpc, 'eth_call', [call, `0x${block.toString(16)}`]);
  } catch (error) {
    const data = revertDataOf(error);
    if (data === undefined) throw error;
    return describeRevert(abis.IRollupRegistry, data);
  }
  throw new Error(`the L1 accepted a wrong claim for batch ${sequence} of ${rollup}`);
}

/**
 * Puts a wrong claim into a block before the sequencer's right one: it is sent as soon as the batch is registered, with a
 * higher tip. Returns the included, reverted transaction.
 */
export async function refusedTransaction(journey: Journey, rollup: number, from: Account): Promise<{ sent: Sent; reason: string; sequence: number }> {
  const { info } = journey.devnet;
  const l1 = journey.chain(info.l1.chainId);
  const client = clientOf(l1);
  const url = journey.devnet.rollup(rollup).rpc;
  const attempts = 8;
  let reason = '';
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const settled = toNumber((await rpc<{ settledSequence: Hex }>(info.l1.rpc, 'rollup_status', [`0x${rollup.toString(16)}`])).settledSequence);
    const sequence = settled + 1;
    await journey.pay(rollup, from, from, 0n);
    const inputs = await waitFor(`claim of batch ${sequence}`, 30_000, async () =>
      (await rpc<ClaimInputs | null>(url, 'rollup_getClaimInputs', [`0x${sequence.toString(16)}`])) ?? undefined, 20);
    await waitFor(`batch ${sequence} on the L1`, 30_000, async () =>
      (await rpc<BatchRecord | null>(info.l1.rpc, 'rollup_getBatch', [`0x${rollup.toString(16)}`, `0x${sequence.toString(16)}`])) ?? undefined, 20);
    const fees = await client.estimateFeesPerGas();
    const hash = await walletOf(l1, from).sendTransaction({
      to: info.contracts.IRollupRegistry,
      data: claimData(rollup, sequence, { ...inputs, stateRoot: flipLastBit(inputs.stateRoot) }),
      gas: 20_000_000n, maxFeePerGas: fees.maxFeePerGas * 4n + 10n ** 10n, maxPriorityFeePerGas: 10n ** 10n,
    });
    const receipt = await client.waitForTransactionReceipt({ hash, timeout: 60_000 });
    assert.equal(receipt.status, 'reverted', `a wrong claim for batch ${sequence} of ${rollup} succeeded`);
    const data = (receipt as unknown as { revertData?: Hex }).revertData
      ?? (await rpc<{ revertData?: Hex }>(info.l1.rpc, 'eth_getTransactionReceipt', [hash])).revertData;
    reason = data === undefined ? 'no revert data' : describeRevert(abis.IRollupRegistry, data);
    if (reason.startsWith('WrongStateRoot')) {
      return { sent: { hash, succeeded: false, block: receipt.blockNumber, gasUsed: receipt.gasUsed }, reason, sequence };
    }
  }
  throw new Error(`the sequencer was faster ${attempts} times; the last wrong claim met ${reason}`);
}
