// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Wrong calls: each is refused with an error of its own that says what to mend, and nothing breaks.
import { strict as assert } from 'node:assert';
import { after, before, describe, it } from 'node:test';
import { encodeFunctionData, serializeTransaction, type Hex } from 'viem';
import { abis, clientOf, coin, describeRevert, revertDataOf, walletOf } from '../../scripts/scenario/chain.ts';
import { rpc, RpcFailure, type Devnet } from '../../scripts/scenario/devnet.ts';
import { castDriver } from '../../scripts/scenario/drivers.ts';
import { Journey } from '../../scripts/scenario/journey.ts';
import { startDevnet, temporaryFolder } from './environment.ts';

async function failureOf(call: Promise<unknown>): Promise<RpcFailure> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof RpcFailure, String(error));
    return error;
  }
  throw new Error('the call was accepted');
}

describe('bad input over RPC', { timeout: 300_000 }, () => {
  const folder = temporaryFolder('bad-input');
  let devnet: Devnet;
  let journey: Journey;
  before(async () => {
    devnet = await startDevnet(folder);
    journey = new Journey(devnet, castDriver);
  });
  after(async () => { await devnet?.stop(); });

  const urls = (): string[] => [devnet.info.l1.rpc, ...devnet.info.rollups.map((rollup) => rollup.rpc)];

  it('unknown methods answer -32601 with HTTP 200', async () => {
    for (const url of urls()) {
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"jsonrpc":"2.0","id":1,"method":"eth_noSuchMethod","params":[]}' });
      assert.equal(response.status, 200);
      assert.equal(((await response.json()) as { error: { code: number } }).error.code, -32601);
    }
  });

  it('text that is no JSON answers -32700', async () => {
    for (const url of urls()) {
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"jsonrpc":' });
      assert.equal(((await response.json()) as { error: { code: number } }).error.code, -32700);
    }
  });

  it('a wrong parameter is named', async () => {
    for (const url of urls()) {
      for (const params of [[], ['0x12', 'latest'], [17, 'latest'], ['0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266', 'yesterday']]) {
        const failure = await failureOf(rpc(url, 'eth_getBalance', params));
        assert.equal(failure.code, -32602, failure.message);
        const data = failure.data as { field?: string } | undefined;
        assert.ok(data?.field !== undefined && data.field !== '', `${JSON.stringify(params)}: the field is named in ${JSON.stringify(failure.data)}`);
      }
    }
  });

  it('transactions are refused each for its own reason', async () => {
    const alice = devnet.account('alice');
    await journey.deposit(901, alice, coin);
    await journey.driver.send(journey.chain(901), alice, { to: alice.address, value: 1n });  // so that a nonce is used
    for (const chainId of [900, 901]) {
      const chain = journey.chain(chainId);
      const url = chainId === 900 ? devnet.info.l1.rpc : devnet.rollup(chainId).rpc;
      const wallet = walletOf(chain, alice);
      const nonce = await clientOf(chain).getTransactionCount({ address: alice.address });
      const fees = { maxFeePerGas: 4n * 10n ** 9n, maxPriorityFeePerGas: 10n ** 7n };
      const base = { to: alice.address, value: 0n, gas: 100_000n, nonce, ...fees, type: 'eip1559' as const };
      const sign = (changed: object): Promise<Hex> => wallet.account.signTransaction!({ ...base, chainId, ...changed });
      const right = await sign({});
      // A signature whose r is the order of the curve: in range for nobody's key.
      const order = '0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141';
      const unsigned = { ...base, chainId };
      const wrong: Record<string, [raw: Hex, field: string]> = {
        'another chain': [await sign({ chainId: 1 }), 'chainId'],
        'more than it owns': [await sign({ value: 10n ** 30n }), 'value'],
        'too little gas': [await sign({ gas: 20_000n }), 'gas'],
        'a fee below the base fee': [await sign({ maxFeePerGas: 1n, maxPriorityFeePerGas: 1n }), 'maxFeePerGas'],
        'a nonce far ahead': [await sign({ nonce: nonce + 10_000 }), 'nonce'],
        'a nonce that is used': [await sign({ nonce: nonce - 1 }), 'nonce'],
        'a signature out of range': [serializeTransaction(unsigned, { r: order, s: '0x1', yParity: 0 }), 'r'],
        'a signature with a high s': [serializeTransaction(unsigned, { r: '0x1', s: `0x${(BigInt(order) - 1n).toString(16)}`, yParity: 0 }), 's'],
        'trailing bytes': [`${right}00`, 'transaction'],
        'cut off': [right.slice(0, -2) as Hex, 'transaction'],
        'unknown type': [`0x7f${right.slice(4)}`, 'type'],
        'no transaction': ['0x', 'transaction'],
      };
      const codes = new Map<string, string>();
      for (const [what, [raw, field]] of Object.entries(wrong)) {
        const failure = await failureOf(rpc(url, 'eth_sendRawTransaction', [raw]));
        assert.ok(failure.code < 0, `${what} on ${chainId}: ${failure.message}`);
        const data = failure.data as { code?: string; field?: string; expected?: string } | undefined;
        assert.equal(data?.field, field, `${what} on ${chainId}: ${JSON.stringify(failure.data)}`);
        assert.ok(data?.expected !== undefined && data.expected !== '', `${what} on ${chainId} says what was expected: ${JSON.stringify(failure.data)}`);
        assert.ok(data.code !== undefined && !codes.has(data.code), `${what} on ${chainId} has the error of ${codes.get(data.code ?? '')}`);
        codes.set(data.code, what);
      }
      assert.equal(await clientOf(chain).getTransactionCount({ address: alice.address }), nonce, 'no wrong transaction counted');
    }
  });

  it('system contracts refuse with named errors', async () => {
    const { contracts, l1 } = devnet.info;
    const from = devnet.account('carol').address;
    const call = (to: Hex, data: Hex, value = '0x0'): Promise<RpcFailure> => failureOf(rpc(l1.rpc, 'eth_call', [{ from, to, data, value }, 'latest']));
    const reason = async (abi: typeof abis.IInbox, failure: Promise<RpcFailure>): Promise<string> => describeRevert(abi, revertDataOf(await failure) ?? '0x');

    const deposit = (rollup: bigint): Hex => encodeFunctionData({ abi: abis.IInbox, functionName: 'deposit', args: [rollup, from] });
    assert.match(await reason(abis.IInbox, call(contracts.IInbox, deposit(12_345n), '0x1')), /^UnknownRollup\(12345\)/);
    assert.match(await reason(abis.IInbox, call(contracts.IInbox, deposit(901n))), /^ZeroValue/);
    assert.match(await reason(abis.IInbox, call(contracts.IInbox, deposit(901n).slice(0, -2) as Hex, '0x1')), /^BadArgument/);
    assert.match(await reason(abis.IInbox, call(contracts.IInbox, '0xdeadbeef')), /^UnknownSelector\(0xdeadbeef/);
    const register = encodeFunctionData({ abi: abis.IRollupRegistry, functionName: 'register', args: [901n, '0x00', '0x', from, 0, 'again'] });
    assert.match(await reason(abis.IRollupRegistry, call(contracts.IRollupRegistry, register)), /^RollupExists/);
    const submit = encodeFunctionData({ abi: abis.IRollupRegistry, functionName: 'submitBatch', args: ['0x00', '0x'] });
    assert.match(await reason(abis.IRollupRegistry, call(contracts.IRollupRegistry, submit)), /^BadBatchHeader/);
  });

  it('the devnet still works', async () => {
    await journey.deposit(901, devnet.account('alice'), coin);
  });
});
