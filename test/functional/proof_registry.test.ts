// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// IProofVerifier on a devnet: a key and proofs that snarkjs makes in this run, registered, verified and read back
// through cast and through `enshrine proof`, and files of gnark beside them.
import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { encodeFunctionData, parseAbi, type Hex } from 'viem';
import { binary, castProgram, loadAbi, repository } from '../../scripts/scenario/paths.ts';
import { rpc, RpcFailure, type Account, type Devnet } from '../../scripts/scenario/devnet.ts';
import { describeRevert } from '../../scripts/scenario/chain.ts';
import { Ceremony, endProver, type Circuit, type Statement } from '../../scripts/scenario/prover.ts';
import { cast, output, run, waitFor } from '../../scripts/scenario/processes.ts';
import { runTutorial, startDevnet, startDevnetHere, temporaryFolder } from './environment.ts';

const verifier = '0x454e000000000000000000000000000000000005';
const depositPerByte = 10n ** 13n;
const folder = temporaryFolder('proof-registry');

const word = (value: string | bigint): string => BigInt(value).toString(16).padStart(64, '0');
/** A ‖ B ‖ C, the coordinate of u first in B. */
function proofBytes(proof: Record<string, unknown>): Hex {
  const a = proof['pi_a'] as string[];
  const b = proof['pi_b'] as string[][];
  const c = proof['pi_c'] as string[];
  const parts = [a[0], a[1], b[0]![1], b[0]![0], b[1]![1], b[1]![0], c[0], c[1]];
  return `0x${parts.map((part) => word(part!)).join('')}`;
}

interface Receipt {
  status: Hex;
  gasUsed: Hex;
  blockNumber: Hex;
  logs: { address: Hex; topics: Hex[]; data: Hex }[];
}
interface KeyStatus {
  status: string;
  inputs: Hex;
  verificationGas: Hex;
  activeFrom: Hex;
  holders: Hex;
  key: Hex | null;
}

describe('keys, proofs and receipts on the L1', () => {
  let devnet: Devnet;
  let url: string;
  let circuit: Circuit;
  let statement: Statement;
  let keyId: Hex;
  let keyBytes: Hex;
  let alice: Account;
  const path = (name: string): string => join(folder, name);
  // Uncompressed points on BLS12-381: what WriteRawTo of gnark writes.
  const gnark = (part: string): string => join(repository, 'enshrine', 'prover_files', 'testdata', `gnark_0.14_bls12381_plain.${part}`);
  const onChain = async (...args: string[]): Promise<Record<string, unknown>> =>
    JSON.parse(await output(binary('enshrine'), ['proof', ...args, '--l1', url, '--json'])) as Record<string, unknown>;

  const send = async (from: Account, method: string, args: string[], value = 0n): Promise<Receipt> =>
    JSON.parse(await cast(['send', verifier, method, ...args, '--value', String(value), '--private-key', from.key,
      '--rpc-url', url, '--json'])) as Receipt;
  const status = (): Promise<KeyStatus> => rpc<KeyStatus>(url, 'proof_getKey', [keyId]);
  const height = async (): Promise<number> => Number(await rpc<Hex>(url, 'eth_blockNumber'));

  before(async () => {
    devnet = await startDevnet(folder);
    url = devnet.info.l1.rpc;
    alice = devnet.account('alice');
    circuit = await (await Ceremony.hold(folder, 'bn128')).circuit('groth16');
    statement = await circuit.prove(1);
    writeFileSync(path('key.json'), JSON.stringify(circuit.key));
    const shown = JSON.parse(await output(binary('enshrine'),
      ['proof', 'inspect', '--kind', 'groth16', path('key.json'), '--json'])) as { key: Hex; keyId: Hex };
    keyBytes = shown.key;
    keyId = shown.keyId;
  }, { timeout: 600_000 });
  after(async () => {
    await devnet?.stop();
    await endProver('bn128');
  });

  it('registers a key for its deposit, and for nothing less', { timeout: 120_000 }, async () => {
    const deposit = BigInt((keyBytes.length - 2) / 2) * depositPerByte;
    const poor = await run(castProgram, ['send', verifier, 'registerKey(bytes)', keyBytes, '--value', String(deposit - 1n),
      '--private-key', alice.key, '--rpc-url', url]);
    assert.notEqual(poor.status, 0);
    assert.match(poor.stderr, /WrongDeposit/);
    const made = await send(alice, 'registerKey(bytes)', [keyBytes], deposit);
    assert.equal(made.status, '0x1');
    assert.equal(made.logs[0]!.topics[1], keyId);
    const known = await status();
    assert.equal(known.inputs, '0x3');
    assert.equal(known.key, keyBytes);
    assert.equal(known.holders, '0x1');
  });

  it('registers a key that gnark has written', { timeout: 120_000 }, async () => {
    const made = await onChain('register-key', '--kind', 'groth16', '--vk', gnark('raw.vk'), '--key', 'carol');
    const shown = await output(binary('enshrine'), ['proof', 'inspect', '--kind', 'groth16', gnark('vk'), '--json']);
    assert.equal(made['keyId'], (JSON.parse(shown) as { keyId: Hex }).keyId, 'that of its compressed form');
  });

  it('waits for the end of the probation', { timeout: 120_000 }, async () => {
    const known = await status();
    if (known.status === 'probation') {
      await waitFor('the key', 60_000, async () => ((await status()).status === 'active' ? true : undefined));
    }
    assert.ok((await height()) + 1 >= Number(known.activeFrom));
  });

  it('verifies a proof of snarkjs through cast and keeps a receipt', { timeout: 120_000 }, async () => {
    const made = await send(alice, 'verify(bytes32,uint256[],bytes)',
      [keyId, `[${statement.publicSignals.join(',')}]`, proofBytes(statement.proof)]);
    assert.equal(made.status, '0x1');
    const event = made.logs[0]!;
    assert.equal(event.address, verifier);
    assert.equal(event.topics[3], keyId);
    const receipt = await rpc<{ statement: Hex; keyId: Hex; height: Hex; index: Hex; count: Hex }>(url, 'proof_getReceipt', [alice.address, 0]);
    assert.equal(receipt.statement, event.topics[1]);
    assert.equal(receipt.keyId, keyId);
    assert.equal(receipt.height, made.blockNumber);
    assert.equal(receipt.count, '0x1');
    const known = await status();
    assert.ok(BigInt(made.gasUsed) > BigInt(known.verificationGas));
  });

  it('refuses a proof of another statement, with the reason', { timeout: 120_000 }, async () => {
    const abi = loadAbi('IProofVerifier');
    const ask = async (publicSignals: string[], proof: Hex): Promise<string> => {
      const data = encodeFunctionData({
        abi: parseAbi(['function verify(bytes32 keyId, uint256[] inputs, bytes proof)']), functionName: 'verify',
        args: [keyId, publicSignals.map((signal) => BigInt(signal)), proof],
      });
      try {
        await rpc(url, 'eth_call', [{ from: alice.address, to: verifier, data }, 'latest']);
        return 'accepted';
      } catch (error) {
        assert.ok(error instanceof RpcFailure);
        return `${error.message} ${JSON.stringify(error.data)} ${typeof error.data === 'string' ? describeRevert(abi, error.data as Hex) : ''}`;
      }
    };
    const fresh = await circuit.prove(0);
    const proof = proofBytes(fresh.proof);
    assert.equal(await ask(fresh.publicSignals, proof), 'accepted');
    const [first, ...rest] = fresh.publicSignals;
    assert.match(await ask([(BigInt(first!) + 1n).toString(), ...rest], proof), /ProofRefused/);
    assert.match(await ask(rest, proof), /WrongInputCount/);
    assert.match(await ask(statement.publicSignals, proofBytes(statement.proof)), /AlreadyVerified/);
    assert.match(await ask(fresh.publicSignals, `${proof}00`), /ProofRefused/);
  });

  it('does the same from the command line', { timeout: 240_000 }, async () => {
    const bob = ['--key', 'bob'];
    const groth16 = ['--kind', 'groth16', '--vk', path('key.json')];
    assert.equal((await onChain('register-key', ...groth16, ...bob))['keyId'], keyId);
    assert.equal((await onChain('status', keyId))['holders'], '0x2');
    const fresh = await circuit.prove(0);
    writeFileSync(path('proof.json'), JSON.stringify(fresh.proof));
    writeFileSync(path('public.json'), JSON.stringify(fresh.publicSignals));
    const files = ['--proof', path('proof.json'), '--public', path('public.json')];
    const made = await onChain('submit', ...groth16, ...files, ...bob);
    assert.equal(made['index'], 0);
    const shown = await onChain('receipt', devnet.account('bob').address, String(made['statement']));
    assert.equal(shown['statement'], made['statement']);
    const again = await run(binary('enshrine'), ['proof', 'submit', ...groth16, ...files, ...bob, '--l1', url]);
    assert.equal(again.status, 1);
    assert.match(again.stderr, /AlreadyVerified/);
    const unknown = await run(binary('enshrine'), ['proof', 'status', `0x${'00'.repeat(32)}`, '--l1', url]);
    assert.equal(unknown.status, 1);
    assert.match(unknown.stderr, /no verifying key/);
  });

  it('verifies a proof that gnark has written', { timeout: 120_000 }, async () => {
    const files = ['--kind', 'groth16', '--vk', gnark('vk'), '--proof', gnark('raw.proof'), '--key', 'carol'];
    const made = await onChain('submit', ...files, '--public', gnark('pub'));
    assert.equal(made['index'], 0);
    writeFileSync(path('other.json'), '["35", "7"]');
    const other = await run(binary('enshrine'), ['proof', 'submit', ...files, '--public', path('other.json'), '--l1', url]);
    assert.equal(other.status, 1);
    assert.match(other.stderr, /ProofRefused/);
  });
});

describe('the tutorial proofs', { timeout: 300_000 }, () => {
  const here = temporaryFolder('tutorial-proofs');
  let devnet: Devnet;
  before(async () => { devnet = await startDevnetHere(here); });
  after(async () => { await devnet?.stop(); });

  it('does what it says', async () => {
    const finished = await runTutorial('proofs.md', here);
    assert.equal(finished.status, 0, finished.stdout + finished.stderr);
    assert.match(finished.stdout, /^accepted in /m);
    assert.match(finished.stdout, /^refused, status 1$/m);
    assert.match(finished.stdout, /^stateSiblings /m, 'the receipt comes with its proof');
    assert.match(finished.stderr, /public input 0: expected \d+, which the L1 verifies against, got \d+/);
    assert.match(finished.stdout, /^another state: refused, status 1$/m);
    assert.match(finished.stdout, /^batch 1 is settled in block /m);
    assert.match(finished.stdout, /^settled +batch 1, state root 0x0{63}2$/m);
    assert.match(finished.stdout, /^holder\.frozen +true$/m);
    assert.match(finished.stdout, /holds it no more, and has its deposit of \d+ wei back$/m);
  });
});
