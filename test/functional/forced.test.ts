// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// A transaction that no sequencer was ever given, sent through the L1's inbox, runs on the rollup.
import { strict as assert } from 'node:assert';
import { after, before, describe, it } from 'node:test';
import { keccak256 } from 'viem';
import { clientOf, coin, walletOf, waitForLevel } from '../../scripts/scenario/chain.ts';
import type { Devnet } from '../../scripts/scenario/devnet.ts';
import { castDriver } from '../../scripts/scenario/drivers.ts';
import { Journey } from '../../scripts/scenario/journey.ts';
import { startDevnet, temporaryFolder } from './environment.ts';

describe('forced inclusion', { timeout: 300_000 }, () => {
  const folder = temporaryFolder('forced');
  let devnet: Devnet;
  let journey: Journey;
  before(async () => {
    devnet = await startDevnet(folder);
    journey = new Journey(devnet, castDriver);
  });
  after(async () => { await devnet?.stop(); });

  it('IInbox.send brings a signed transaction into the order', async () => {
    const alice = devnet.account('alice');
    const bob = devnet.account('bob');
    await journey.deposit(901, alice, 2n * coin);
    const payments = journey.chain(901);
    const nonce = await clientOf(payments).getTransactionCount({ address: alice.address });
    const raw = await walletOf(payments, alice).account.signTransaction!({
      chainId: 901, type: 'eip1559', nonce, to: bob.address, value: coin, gas: 21_000n, maxFeePerGas: 10n ** 9n, maxPriorityFeePerGas: 0n,
    });
    // Carol pays for it: who forces a transaction need not be who signed it.
    await journey.must('IInbox.send', devnet.info.l1.chainId, devnet.account('carol'), {
      to: devnet.info.contracts.IInbox, method: 'send(uint64 rollup, bytes transaction)', args: [901, raw],
    });
    await journey.waitForBalance(901, bob, coin);
    const receipt = await clientOf(payments).waitForTransactionReceipt({ hash: keccak256(raw), timeout: 60_000 });
    assert.equal(receipt.status, 'success');
    await waitForLevel(devnet.rollup(901).rpc, keccak256(raw), 'P4');
  });
});
