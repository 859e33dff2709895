// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Steps 2, 3 and 6 of the scenario with one tool alone, as a test.
import { strict as assert } from 'node:assert';
import { after, before, describe, it } from 'node:test';
import { abis, clientOf, coin, describeRevert, revertDataOf, type MessageProof } from '../../scripts/scenario/chain.ts';
import type { Devnet } from '../../scripts/scenario/devnet.ts';
import type { Driver } from '../../scripts/scenario/drivers.ts';
import { Journey, withdrawMethod } from '../../scripts/scenario/journey.ts';
import { loadAbi } from '../../scripts/scenario/paths.ts';
import { startDevnet, temporaryFolder } from './environment.ts';

export function testJourney(driver: Driver): void {
  describe(`value moves between chains, driven by ${driver.name}`, { timeout: 600_000 }, () => {
    const folder = temporaryFolder(driver.name);
    let devnet: Devnet;
    let journey: Journey;
    before(async () => {
      devnet = await startDevnet(folder);
      journey = new Journey(devnet, driver);
    });
    after(async () => { await devnet?.stop(); });

    it('a deposit arrives on payments', async () => {
      await journey.deposit(901, devnet.account('alice'), 10n * coin);
      assert.equal(await journey.balance(901, devnet.account('alice')), 10n * coin);
    });

    it('Alice pays Bob', async () => {
      await journey.pay(901, devnet.account('alice'), devnet.account('bob'), 3n * coin);
      assert.equal(await journey.balance(901, devnet.account('bob')), 3n * coin);
    });

    let withdrawal: MessageProof;
    it('Bob moves coins to exchange, swaps and withdraws', async () => {
      const bob = devnet.account('bob');
      const carol = devnet.account('carol');
      const sent = await journey.bridge(901, 902, bob, bob, 2n * coin);
      await journey.relay(carol, await journey.provenMessage(901, sent.hash));
      await journey.waitForBalance(902, bob, 2n * coin);

      const swap = await journey.swap(902, bob, coin / 2n, loadAbi('exchange'));
      assert.ok(swap.received > 0n);

      const leaving = await journey.bridge(902, devnet.info.l1.chainId, bob, bob, coin);
      withdrawal = await journey.provenMessage(902, leaving.hash);
      const before = await journey.balance(devnet.info.l1.chainId, bob);
      await journey.collect(carol, withdrawal);
      assert.equal(await journey.balance(devnet.info.l1.chainId, bob), before + coin);
    });

    it('nothing is withdrawn twice', async () => {
      const call = clientOf(journey.chain(devnet.info.l1.chainId)).simulateContract({
        address: devnet.info.contracts.IMessageHub, abi: abis.IMessageHub, functionName: 'withdraw', args: journey.proofArguments(withdrawal),
        account: devnet.account('carol').address,
      });
      await assert.rejects(call, (error: unknown) => describeRevert(abis.IMessageHub, revertDataOf(error) ?? '0x').startsWith('AlreadyConsumed'));
      const again = await driver.send(journey.chain(devnet.info.l1.chainId), devnet.account('carol'), {
        to: devnet.info.contracts.IMessageHub, method: withdrawMethod, args: journey.proofArguments(withdrawal), gas: 1_000_000n,
      });
      assert.equal(again.succeeded, false);
    });

    it('a changed proof is refused', async () => {
      const [message, batch, index, siblings] = journey.proofArguments(withdrawal);
      const call = clientOf(journey.chain(devnet.info.l1.chainId)).simulateContract({
        address: devnet.info.contracts.IMessageHub, abi: abis.IMessageHub, functionName: 'withdraw',
        args: [message, batch, index, [...siblings, `0x${'11'.repeat(32)}`]], account: devnet.account('carol').address,
      });
      await assert.rejects(call, (error: unknown) => describeRevert(abis.IMessageHub, revertDataOf(error) ?? '0x').startsWith('WrongProofLength'));
    });
  });
}
