// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// viem against the chain of backend_for_test.hpp: viem_client.mjs <url> <hash of each transaction of block 1>
import assert from 'node:assert/strict'
import { createPublicClient, createWalletClient, defineChain, http, parseAbi, RpcRequestError, BaseError } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

const [url, ...hashes] = process.argv.slice(2)
const chain = defineChain({ id: 900, name: 'test', nativeCurrency: { name: 'Coin', symbol: 'ETH', decimals: 18 }, rpcUrls: { default: { http: [url] } } })
const client = createPublicClient({ chain, transport: http(url, { retryCount: 0, batch: true }) })
const account = privateKeyToAccount('0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80')

assert.equal(await client.getChainId(), 900)
assert.equal(await client.getBlockNumber(), 1n)
assert.equal(await client.getBalance({ address: account.address }), 10n ** 18n)
const block = await client.getBlock({ includeTransactions: true })
assert.equal(block.number, 1n)
assert.deepEqual(block.transactions.map((txn) => txn.type), ['legacy', 'eip2930', 'eip1559', 'eip4844'])
assert.equal(block.transactions[3].maxFeePerBlobGas, 9n)
for (const [index, hash] of hashes.entries()) {
  const txn = await client.getTransaction({ hash })
  assert.equal(txn.transactionIndex, index)
  assert.equal(txn.from, account.address.toLowerCase())
  const receipt = await client.getTransactionReceipt({ hash })
  assert.equal(receipt.status, index === 1 ? 'reverted' : 'success')
  assert.equal(receipt.logs.length, index === 2 ? 1 : 0)
}
assert.equal((await client.getLogs({ fromBlock: 0n, toBlock: 'latest' })).length, 1)
const fees = await client.estimateFeesPerGas()
assert.equal(fees.maxPriorityFeePerGas, 500000000n)
assert.equal((await client.getFeeHistory({ blockCount: 2, rewardPercentiles: [50] })).reward.length, 2)

const abi = parseAbi(['function f() view', 'error BondTooSmall(uint64 rollup, uint256 required, address owner)'])
await assert.rejects(client.readContract({ address: '0x' + 'ee'.repeat(20), abi, functionName: 'f' }), (error) => {
  const reverted = error.walk((cause) => cause.name === 'ContractFunctionRevertedError')
  assert.equal(reverted.data.errorName, 'BondTooSmall')
  assert.deepEqual(reverted.data.args.slice(0, 2), [901n, 5n])
  return true
})

// Asks eth_fillTransaction first and falls back when it is told -32601.
const wallet = createWalletClient({ account, chain, transport: http(url, { retryCount: 0 }) })
const hash = await wallet.sendTransaction({ to: '0x' + '22'.repeat(20), value: 1n })
assert.match(hash, /^0x[0-9a-f]{64}$/)

await assert.rejects(client.request({ method: 'eth_nothing' }), (error) => error instanceof BaseError && error.walk((cause) => cause instanceof RpcRequestError).code === -32601)
console.log('viem: all as expected')
