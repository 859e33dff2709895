// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Rollups that settle by proof, as strangers make them: through the command line with the policy validity, one for each mapping,
// and through the TypeScript SDK with native-and-validity. docs/spec/settlement_by_proof.md.
import { strict as assert } from 'node:assert';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Chain, Hex } from 'viem';
import { encodeOutboxMessage, messageLeaf, toHex } from '../../rollups/payments_zk/operator/wire.ts';
import { abis, chainOf, clientOf, coin, describeRevert, revertDataOf, walletOf, type Client, type OutboxEntry } from '../../scripts/scenario/chain.ts';
import { rpc, type Account, type Devnet } from '../../scripts/scenario/devnet.ts';
import { viemDriver } from '../../scripts/scenario/drivers.ts';
import { depositMethod } from '../../scripts/scenario/journey.ts';
import { binary, loadAbi, rollupBuild } from '../../scripts/scenario/paths.ts';
import { Ceremony, endProver, type Circuit, type Statement } from '../../scripts/scenario/prover.ts';
import { run, Service, waitFor, type Finished } from '../../scripts/scenario/processes.ts';
import * as sdk from '../../sdk/typescript/src/index.ts';
import { startDevnet, temporaryFolder } from './environment.ts';

// This circuit shows nothing of a rollup: whoever runs it proves any statement. It serves only to carry proofs of statements
// through the L1. A real one hashes the statement itself and follows it to batch, state and messages; or, under the mapping words,
// computes the state after from the words that the L1 gives.
const carrier = `pragma circom 2.1.6;
template Carrier() {
  signal input high; signal input low; signal input secret;
  signal square;
  square <== secret * secret;
}
component main {public [high, low]} = Carrier();
`;

const carrierOfWords = (count: number): string => `pragma circom 2.1.6;
template Carrier() {
  signal input words[${count}]; signal input secret;
  signal square;
  square <== secret * secret;
}
component main {public [words]} = Carrier();
`;

const folder = temporaryFolder('settlement-by-proof');
const path = (name: string): string => join(folder, name);
const root = (byte: string): Hex => `0x${byte.repeat(32)}`;
let devnet: Devnet;
let l1: Chain;
let client: Client;
let circuit: Circuit;
const proofOf = (statement: Hex): Promise<Statement> => {
  const [high, low] = sdk.statementHalves(statement);
  return circuit.proveFor({ high: String(high), low: String(low), secret: '7' });
};

const enshrine = (...args: string[]): Promise<Finished> => run(binary('enshrine'), [...args, '--l1', devnet.info.l1.rpc, '--json']);
async function does<T>(...args: string[]): Promise<T> {
  const finished = await enshrine(...args);
  assert.equal(finished.status, 0, `${args.join(' ')}: ${finished.stdout}${finished.stderr}`);
  return JSON.parse(finished.stdout) as T;
}
async function isRefused(why: RegExp, args: string[], status = 1): Promise<void> {
  const finished = await enshrine(...args);
  assert.equal(finished.status, status, `${args.join(' ')}: ${finished.stdout}${finished.stderr}`);
  assert.match((JSON.parse(finished.stdout) as { error: string }).error, why);
}

before(async () => {
  devnet = await startDevnet(folder);
  l1 = chainOf(devnet.info.l1.chainId, 'L1', devnet.info.l1.rpc);
  client = clientOf(l1);
  circuit = await (await Ceremony.hold(folder, 'bn128', carrier)).circuit('groth16');
  writeFileSync(path('key.json'), JSON.stringify(circuit.key));
}, { timeout: 120_000 });
after(async () => {
  await devnet?.stop();
  await endProver('bn128');
});

describe('a rollup that settles by proofs alone, from the command line', { timeout: 120_000 }, () => {
  const vk = ['--kind', 'groth16', '--vk', path('key.json')];
  const register = (...more: string[]): string[] => ['rollup', 'register', path('bn128.circom'), '--id', '905', '--name', 'by_proof', '--sequencer', 'carol', '--key', 'carol', ...more];
  const genesis = ['--genesis-root', root('01')];
  const claim = (stateRoot: Hex, ...more: string[]): string[] => ['rollup', 'claim-proven', '905', '--state-root', stateRoot, '--proof', path('proof.json'), '--key', 'bob', ...more];
  interface Inputs { statement: Hex; statementHigh: string; statementLow: string; inputs: string[]; statementBytes: Hex; statementFields: Record<string, unknown> }
  interface RollupStatus { policy: string; settledSequence: number; settledStateRoot: Hex; validity: { keyStatus: string; frozenByOwner: boolean; mapping: string } }
  const status = (): Promise<RollupStatus> => does<RollupStatus>('rollup', 'status', '905');
  let keyId: string;
  /** Proves what the L1 asks for, and leaves the prover's files. */
  async function prove(stateRoot: Hex, ...more: string[]): Promise<Inputs> {
    const asked = await does<Inputs>('rollup', 'settlement-inputs', '905', '--state-root', stateRoot, ...more);
    const made = await proofOf(asked.statement);
    assert.deepEqual(made.publicSignals, asked.inputs);
    writeFileSync(path('proof.json'), JSON.stringify(made.proof));
    writeFileSync(path('public.json'), JSON.stringify(made.publicSignals));
    return asked;
  }

  it('is refused before anything is sent, by what is wrong', async () => {
    const validity = ['--policy', 'validity'];
    await isRefused(/^--policy: expected native, validity, .*, got "zk"/, register('--policy', 'zk'), 2);
    await isRefused(/^--policy: expected one that names validity .*, got native/, register(...vk), 2);
    await isRefused(/expected --vk-id, or --vk with --kind, got neither/, register(...validity, ...genesis), 2);
    await isRefused(/^--genesis-root: expected the first state root/, register(...validity, ...vk), 2);
    await isRefused(/^--inbox-max: expected 1 to 256 with --mapping words, got nothing/, register(...validity, ...vk, ...genesis, '--mapping', 'words'), 2);
    await isRefused(/^--outbox-max: expected 0, got 1/, register(...validity, ...vk, ...genesis, '--outbox-max', '1'), 2);
    await isRefused(/^--mapping: expected digest with --policy native-and-validity, got words/, register('--policy', 'native-and-validity', '--mapping', 'words', ...vk), 2);
    await isRefused(/: expected a registered key, got status unknown/, register(...validity, ...vk, ...genesis));
    keyId = (await does<{ keyId: string }>('proof', 'register-key', ...vk, '--key', 'bob')).keyId;
    await isRefused(/: expected a registration by 0x[0-9a-fA-F]{40}, who owns the rollup, got those of 1 other accounts/, register(...validity, '--vk-id', keyId, ...genesis));
    await does('proof', 'register-key', ...vk, '--key', 'carol');
    await isRefused(/: public inputs: expected 24 for the mapping words, 3 inbox and 2 outbox messages and 100 payload bytes, got 2/,
      register(...validity, '--vk-id', keyId, ...genesis, '--mapping', 'words', '--inbox-max', '3', '--outbox-max', '2', '--payload-max', '100'));
  });

  it('is registered for a key, from its id or its file', async () => {
    const made = await does<{ policy: string; genesisStateRoot: Hex; validity: { keyId: string } }>(...register('--policy', 'validity', ...vk, ...genesis));
    assert.deepEqual([made.policy, made.genesisStateRoot, made.validity.keyId], ['validity', root('01'), keyId]);
    const shown = await status();
    assert.deepEqual([shown.policy, shown.settledStateRoot, shown.validity.mapping], ['validity', root('01'), 'digest']);
    // Either the probation still lasts, or there is no batch to settle.
    await isRefused(/expected status active, got probation until L1 block \d+|BatchUnknown/, claim(root('02')));
    await waitFor('the key', 60_000, async () => ((await status()).validity.keyStatus === 'active' ? true : undefined));
    await isRefused(/BatchUnknown\(rollup: 905, sequence: 1\)/, claim(root('02')));
  });

  it('takes batches: of the inbox, and of a payload', async () => {
    const alice = devnet.account('alice');
    const deposited = await viemDriver.send(l1, alice, { to: devnet.info.contracts.IInbox, method: depositMethod, args: [905, alice.address], value: coin });
    await waitFor('the message to be due', 30_000, async () => (await client.getBlockNumber() > deposited.block + 1n ? true : undefined));
    await isRefused(/NotSequencer/, ['rollup', 'submit-batch', '905', '--key', 'bob']);
    const first = await does<Record<string, number>>('rollup', 'submit-batch', '905', '--key', 'carol');
    assert.deepEqual([first['sequence'], first['inboxMessages'], first['payloadBytes']], [1, 1, 0]);
    writeFileSync(path('payload'), randomBytes(500));
    const published = await does<{ blobs: { commitment: Hex }[] }>('da', 'submit', path('payload'), '--rollup', '905');
    const commitment = published.blobs[0]!.commitment;
    await isRefused(/^--payload: expected a commitment that is published/, ['rollup', 'submit-batch', '905', '--key', 'carol', '--payload', root('aa')]);
    await isRefused(/^--payload: expected a matrix of one blob in namespace 0x0{61}385/, ['rollup', 'submit-batch', '901', '--key', 'carol', '--payload', commitment]);
    const second = await does<Record<string, number>>('rollup', 'submit-batch', '905', '--key', 'carol', '--payload', commitment);
    assert.deepEqual([second['sequence'], second['inboxMessages'], second['payloadBytes']], [2, 0, 500]);
    assert.equal((await does<Record<string, number>>('rollup', 'submit-batch', '905', '--key', 'carol'))['sequence'], 3);
  });

  it('says what a proof has to show, byte by byte', async () => {
    const asked = await does<Inputs>('rollup', 'settlement-inputs', '905', '--state-root', root('02'));
    const bytes = Buffer.from(asked.statementBytes.slice(2), 'hex');
    assert.equal(bytes.length, 446);
    assert.equal(`0x${createHash('sha256').update(bytes).digest('hex')}`, asked.statement);
    assert.deepEqual(asked.inputs, sdk.statementHalves(asked.statement).map(String));
    const { rollup, firstSequence, stateRootBefore, stateRootAfter, inboxFirst, inboxEnd } = asked.statementFields;
    assert.deepEqual([rollup, firstSequence, stateRootBefore, stateRootAfter, inboxFirst, inboxEnd], [905, 1, root('01'), root('02'), 0, 1]);
    await isRefused(/policy: expected one that names validity, got native/, ['rollup', 'settlement-inputs', '901', '--state-root', root('02')]);
  });

  it('settles nothing with a wrong proof, out of order or with a frozen key', async () => {
    await prove(root('02'));
    await isRefused(/^public input 0: expected \d+, which the L1 verifies against, got \d+/, claim(root('03'), '--public', path('public.json')));
    await isRefused(/ProofRefused\(statement: 0x/, claim(root('03')));
    await isRefused(/ClaimOutOfOrder\(expected: 1, got: 2\)/, claim(root('02'), '--first', '2'));
    await isRefused(/OpeningNotEmpty\(argument: "data"/, claim(root('02'), '--data', path('payload')));
    const frozen = await does<{ status: string; holder: { frozen: boolean } }>('proof', 'freeze', keyId, '--key', 'carol');
    assert.deepEqual([frozen.status, frozen.holder.frozen], ['active', true], 'bob holds it too');
    await isRefused(/expected status active, got frozen by the rollup's owner 0x/, claim(root('02')));
    const shown = await does<{ holder: { frozen: boolean; rollups: number } }>('proof', 'status', keyId, '--holder', 'carol');
    assert.deepEqual([shown.holder.frozen, shown.holder.rollups], [true, 1]);
    assert.equal((await status()).validity.frozenByOwner, true);
    // The L1 says the same to whoever does not ask before.
    const proof = sdk.groth16Proof(JSON.parse(readFileSync(path('proof.json'), 'utf8')));
    const direct = sdk.claimProvenCall({ rollup: 905n, firstSequence: 1n, stateRoot: root('02') }, proof);
    await assert.rejects(client.call({ account: devnet.account('bob').address, ...direct }), (error: unknown) => sdk.isRefusedWith(error, 'KeyNotActive(bytes32,string)'));
    await does('proof', 'unfreeze', keyId, '--key', 'carol');
    await isRefused(/StatusUnchanged/, ['proof', 'unfreeze', keyId, '--key', 'carol']);
    assert.equal((await status()).settledSequence, 0);
  });

  it('settles a batch, once, and several with one proof', async () => {
    const settled = await does<{ settled: boolean; statement: Hex; block: number }>(...claim(root('02'), '--public', path('public.json')));
    assert.equal(settled.settled, true);
    assert.deepEqual([(await status()).settledSequence, (await status()).settledStateRoot], [1, root('02')]);
    const receipt = await does<{ statement: Hex; keyId: string }>('proof', 'receipt', '905', '0');
    assert.deepEqual([receipt.statement, receipt.keyId], [settled.statement, keyId]);
    await isRefused(/ClaimOutOfOrder\(expected: 2, got: 1\)/, claim(root('02'), '--first', '1'));
    const range = await prove(root('04'), '--last', '3');
    assert.deepEqual([range.statementFields['firstSequence'], range.statementFields['lastSequence'], range.statementFields['inboxFirst']], [2, 3, 1]);
    await does(...claim(root('04'), '--last', '3', '--public', path('public.json')));
    assert.deepEqual([(await status()).settledSequence, (await status()).settledStateRoot], [3, root('04')]);
  });

  it('gives a deposit back, unless rollups settle with the key', async () => {
    await isRefused(/KeyInUse\(keyId: 0x[0-9a-f]{64}, rollups: 1\)/, ['proof', 'retire-key', keyId, '--key', 'carol']);
    await isRefused(/^key-id: expected a key that 0x[0-9a-fA-F]{40} has registered/, ['proof', 'retire-key', keyId, '--key', 'alice']);
    const bob = devnet.account('bob').address;
    const before = await client.getBalance({ address: bob });
    const given = await does<{ depositReturned: string; holder: null; transaction: Hex }>('proof', 'retire-key', keyId, '--key', 'bob');
    const { gasUsed, effectiveGasPrice } = await client.getTransactionReceipt({ hash: given.transaction });
    assert.equal(await client.getBalance({ address: bob }), before + BigInt(given.depositReturned) - gasUsed * effectiveGasPrice);
    assert.equal((await does<{ holder: null }>('proof', 'status', keyId, '--holder', 'bob')).holder, null);
  });
});

describe('a rollup whose proofs open its batches, from the command line', { timeout: 120_000 }, () => {
  const limits = ['--inbox-max', '1', '--outbox-max', '1', '--payload-max', '40'];
  const words = 5 + 3 + 3 + 2;
  const file = (name: string): string => path(join('words', name));

  it('settles a batch with its payload and a message out', async () => {
    mkdirSync(path('words'));
    const opening = await (await Ceremony.hold(path('words'), 'bn128', carrierOfWords(words))).circuit('groth16');
    writeFileSync(file('key.json'), JSON.stringify(opening.key));
    const { keyId } = await does<{ keyId: string }>('proof', 'register-key', '--kind', 'groth16', '--vk', file('key.json'), '--key', 'carol');
    await does('rollup', 'register', '--id', '907', '--name', 'words', '--sequencer', 'carol', '--key', 'carol', '--policy', 'validity', '--vk-id', keyId,
      '--mapping', 'words', ...limits, '--genesis-root', root('01'));
    writeFileSync(file('payload'), randomBytes(40));
    const { blobs } = await does<{ blobs: { commitment: Hex }[] }>('da', 'submit', file('payload'), '--rollup', '907');
    await does('rollup', 'submit-batch', '907', '--key', 'carol', '--payload', blobs[0]!.commitment);
    const message = { form: 1, chain: 900n, sender: 0xa11cen, receiver: 0xb0bn, value: 5n } as const;
    writeFileSync(file('outbox'), encodeOutboxMessage(message, 907n, 1n, 0));
    const contents = ['--state-root', root('02'), '--data', file('payload'), '--outbox', file('outbox')];
    const asked = await does<{ inputs: string[]; outboxCount: number; outboxRoot: Hex }>('rollup', 'settlement-inputs', '907', ...contents);
    assert.equal(asked.inputs.length, words);
    assert.deepEqual([asked.outboxCount, asked.outboxRoot], [1, toHex(messageLeaf(readFileSync(file('outbox'))))]);
    assert.deepEqual(asked.inputs.slice(2, 4).map(BigInt), [root('01'), root('02')].map(BigInt));
    assert.equal(BigInt(asked.inputs[11]!), BigInt(toHex(readFileSync(file('payload')).subarray(0, 31))));
    const made = await opening.proveFor({ words: asked.inputs, secret: '7' });
    writeFileSync(file('proof.json'), JSON.stringify(made.proof));
    writeFileSync(file('public.json'), JSON.stringify(made.publicSignals));
    await waitFor('the key', 60_000, async () => ((await does<{ status: string }>('proof', 'status', keyId)).status === 'active' ? true : undefined));
    const claim = ['rollup', 'claim-proven', '907', '--proof', file('proof.json'), '--public', file('public.json'), '--key', 'bob'];
    writeFileSync(file('other'), randomBytes(40));
    await isRefused(/PayloadRefused/, [...claim, '--state-root', root('02'), '--data', file('other'), '--outbox', file('outbox')]);
    await isRefused(/^public input 0: /, [...claim, '--state-root', root('02'), '--data', file('payload')]);
    await isRefused(/^--outbox: expected messages of 134 bytes, got 40 bytes/, [...claim, '--state-root', root('02'), '--outbox', file('payload')], 2);
    assert.equal((await does<{ settled: boolean }>(...claim, ...contents)).settled, true);
  });
});

describe('a native rollup that proofs have to confirm, through the SDK', { timeout: 120_000 }, () => {
  const rollup = 906n;
  let owner: Account;
  let runner: Account;
  let sequencer: Service | undefined;
  let endpoint: string;
  let id: Hex;
  let claim: sdk.ProvenClaim;
  after(async () => { await sequencer?.stop(); });

  async function send(from: Account, call: sdk.Call): Promise<void> {
    const hash = await walletOf(l1, from).sendTransaction(call);
    assert.equal((await client.waitForTransactionReceipt({ hash })).status, 'success');
  }
  async function startSequencer(log: string): Promise<void> {
    const service = new Service('sequencer of 906', binary('enshrine-sequencer'), ['--l1', devnet.info.l1.rpc, '--rollup', String(rollup), '--key', runner.key, '--port', '0',
      '--data-dir', path('sequencer'), '--batch-interval-ms', '200'], path(log));
    sequencer = service;
    endpoint = await service.announced(/ready: rollup \d+ at (\S+)\n/);
  }
  /** "ClaimsDisagree(stateRoot, …)" */
  async function refusal(from: Account, call: sdk.Call): Promise<string> {
    try {
      await client.call({ account: from.address, ...call });
      return 'accepted';
    } catch (error) {
      return describeRevert(refusals, revertDataOf(error) ?? '0x');
    }
  }
  const refusals = [...loadAbi('IRollupRegistry'), ...loadAbi('IProofVerifier').filter((each) => 'name' in each && each.name === 'KeyInUse')];
  const registryStatus = async (): Promise<bigint[]> =>
    (await client.readContract({ address: devnet.info.contracts.IRollupRegistry, abi: abis.IRollupRegistry, functionName: 'status', args: [rollup] })) as bigint[];
  const settledSequence = async (): Promise<bigint> => (await registryStatus())[10]!;
  /** What the sequencer has computed of a batch. */
  async function executed(sequence: bigint): Promise<sdk.ProvenClaim> {
    const batch = `0x${sequence.toString(16)}`;
    const { stateRoot, outboxRoot, receiptsRoot } = await rpc<{ stateRoot: Hex; outboxRoot: Hex; receiptsRoot: Hex }>(endpoint, 'rollup_getClaimInputs', [batch]);
    const outbox = await rpc<OutboxEntry[]>(endpoint, 'msg_getOutbox', [batch]);
    return { rollup, firstSequence: sequence, stateRoot, outboxRoot, outboxCount: BigInt(outbox.length), receiptsRoot };
  }
  /** The claim with a proof that holds for it, whatever it says. */
  async function proven(changed: sdk.ProvenClaim): Promise<sdk.Call> {
    const { statement, inputs } = await sdk.settlementInputs(client, changed);
    const made = await proofOf(statement);
    assert.deepEqual(sdk.snarkjsInputs(made.publicSignals, sdk.bn254), inputs);
    return sdk.claimProvenCall(changed, sdk.groth16Proof(made.proof));
  }

  it('is described and registered', async () => {
    [runner, owner] = devnet.info.accounts.slice(3, 5) as [Account, Account];
    const key = sdk.groth16Key(circuit.key);
    id = sdk.keyId(key);
    assert.equal(await sdk.keyHolder(client, id, owner.address), undefined);
    await send(owner, sdk.registerKeyCall(key));
    assert.equal((await sdk.keyHolder(client, id, owner.address))?.deposit, sdk.depositPerKeyByte * BigInt(key.length));
    const validity: sdk.Validity = { mapping: 'digest', keyId: id };
    assert.equal(sdk.validityInputs(validity), 2);
    assert.equal(sdk.validityInputs({ mapping: 'words', keyId: id, inboxMax: 3, outboxMax: 2, payloadMax: 100 }), 24);
    const registration: sdk.ProvenRegistration = {
      rollup, program: readFileSync(join(rollupBuild, 'payments.elf')), genesis: readFileSync(join(rollupBuild, 'payments.genesis')),
      sequencer: runner.address, policy: sdk.policies.nativeAndValidity, validity, name: 'both',
    };
    for (const [field, change] of [
      ['inboxMax', { inboxMax: 0 }], ['inboxMax', { inboxMax: 257 }], ['outboxMax', { outboxMax: 1 }], ['payloadMax', { payloadMax: 761_857 }], ['keyId', { keyId: '0x00' as Hex }],
      ['mapping', { mapping: 'words' as const, inboxMax: 1, outboxMax: 0, payloadMax: 0 }],
    ] as const) {
      assert.throws(() => sdk.registerProvenCall({ ...registration, validity: { ...validity, ...change } }), (error: unknown) => error instanceof sdk.FieldError && error.field === field, field);
    }
    assert.throws(() => sdk.encodeValidity({ mapping: 'words', keyId: id }), /^FieldError: inboxMax: expected 1 to 256, got nothing/);
    await send(owner, sdk.registerProvenCall(registration));
    assert.deepEqual(await sdk.agreement(client, rollup), { native: false, validity: false, stateRoot: root('00'), outboxRoot: root('00') });
    await waitFor('the key', 60_000, async () => ((await sdk.keyState(client, id)).status === 'active' ? true : undefined));
  });

  it('is left unsettled by the native claim, and says so', async () => {
    await startSequencer('sequencer.log');
    await viemDriver.send(l1, owner, { to: devnet.info.contracts.IInbox, method: depositMethod, args: [rollup, owner.address], value: coin });
    const recorded = await waitFor('the native claim', 60_000, async () => {
      const found = await sdk.agreement(client, rollup);
      return found.native ? found : undefined;
    });
    assert.equal(recorded.validity, false);
    assert.equal(await settledSequence(), 0n);
    const shown = await does<{ recorded: string[]; missing: string[]; batch: number; stateRoot: Hex }>('rollup', 'agreement', String(rollup));
    assert.deepEqual([shown.recorded, shown.missing, shown.batch, shown.stateRoot], [['native'], ['validity'], 1, recorded.stateRoot]);
    claim = await executed(1n);
    assert.equal(claim.stateRoot, recorded.stateRoot);
  });

  it('claims nothing natively that has to wait, also behind a restart', async () => {
    await viemDriver.send(l1, owner, { to: devnet.info.contracts.IInbox, method: depositMethod, args: [rollup, owner.address], value: coin });
    await waitFor('the second batch', 60_000, async () => ((await registryStatus())[6] === 2n ? true : undefined));
    const sent = (): Promise<number> => client.getTransactionCount({ address: runner.address });
    await waitFor('what is on its way', 30_000, async () => (await client.getTransactionCount({ address: runner.address, blockTag: 'pending' }) === await sent() ? true : undefined));
    const before = await sent();
    await sequencer?.stop();
    await startSequencer('sequencer_again.log');
    const height = await client.getBlockNumber();
    await waitFor('ten blocks', 30_000, async () => (await client.getBlockNumber() >= height + 10n ? true : undefined));
    assert.equal(await sent(), before, sequencer?.tail());
    assert.doesNotMatch(readFileSync(path('sequencer.log'), 'utf8'), /was refused/);
  });

  it('refuses proofs of anything else than was executed, by the field', async () => {
    for (const [field, change] of [
      ['stateRoot', { stateRoot: root('bb') }], ['outboxRoot', { outboxRoot: root('bb') }], ['outboxCount', { outboxCount: 9n }], ['receiptsRoot', { receiptsRoot: root('bb') }],
    ] as const) {
      assert.match(await refusal(owner, await proven({ ...claim, ...change })), new RegExp(`^ClaimsDisagree\\(${field}, validity, `));
    }
    const { statement } = await sdk.settlementInputs(client, { ...claim, stateRoot: root('bb') });
    const other = sdk.claimProvenCall(claim, sdk.groth16Proof((await proofOf(statement)).proof));
    assert.match(await refusal(owner, other), /^ProofRefused\(/);
  });

  it('settles nothing while its owner has frozen the key, whatever others do with theirs', async () => {
    const right = await proven(claim);
    await send(owner, sdk.freezeKeyCall(id));
    assert.equal((await sdk.keyState(client, id)).status, 'active', 'others hold it');
    assert.equal((await sdk.keyHolder(client, id, owner.address))?.frozen, true);
    assert.match(await refusal(owner, right), /^KeyNotActive\(0x[0-9a-f]{64}, frozen\)/);
    await send(owner, sdk.unfreezeKeyCall(id));
    assert.match(await refusal(owner, sdk.retireKeyCall(id)), /^KeyInUse\(0x[0-9a-f]{64}, 1\)/);
  });

  it('settles when a proof says the same', async () => {
    await send(devnet.account('alice'), await proven(claim));
    assert.equal(await settledSequence(), 1n);
    assert.match(await refusal(owner, sdk.claimProvenCall(claim, new Uint8Array(256))), /^ClaimOutOfOrder\(2, 1\)/);
    // The sequencer goes on by itself with the next batch; whichever claim comes first, the second one settles it.
    await send(owner, await proven(await executed(2n)));
    await waitFor('the native claim', 60_000, async () => (await settledSequence() === 2n ? true : undefined));
    assert.deepEqual(await sdk.agreement(client, rollup), { native: false, validity: false, stateRoot: root('00'), outboxRoot: root('00') });
    assert.equal(await clientOf(chainOf(Number(rollup), 'both', endpoint)).getBalance({ address: owner.address }), 2n * coin);
  });

  // The owner's circuit proves anything, so that a proof of a state that nobody has executed is at hand.
  it('pays once for a native claim that cannot hold, and says why', async () => {
    await sequencer?.stop();
    await viemDriver.send(l1, owner, { to: devnet.info.contracts.IInbox, method: depositMethod, args: [rollup, owner.address], value: coin });
    const height = await client.getBlockNumber();
    await waitFor('an anchor', 30_000, async () => (await client.getBlockNumber() >= height + 3n ? true : undefined));
    await does('rollup', 'submit-batch', String(rollup), '--key', runner.key);
    await send(owner, await proven({ rollup, firstSequence: 3n, stateRoot: root('bb') }));
    await startSequencer('sequencer_alone.log');
    const log = (): string => readFileSync(path('sequencer_alone.log'), 'utf8');
    await waitFor('the refusal', 30_000, async () => (/claim of batch 3 .* was refused: ClaimsDisagree/.test(log()) ? true : undefined));
    const paid = await client.getTransactionCount({ address: runner.address });
    const seen = await client.getBlockNumber();
    await waitFor('thirty blocks', 60_000, async () => (await client.getBlockNumber() >= seen + 30n ? true : undefined));
    assert.equal(await client.getTransactionCount({ address: runner.address }), paid, log());
    assert.match(log(), /claim of batch 3 would be refused: .*ClaimsDisagree/);
  });

  it('gives the deposit back to a holder without rollups', async () => {
    const guest = devnet.account('bob');
    await send(guest, sdk.registerKeyCall(sdk.groth16Key(circuit.key)));
    await send(guest, sdk.retireKeyCall(id));
    assert.equal(await sdk.keyHolder(client, id, guest.address), undefined);
  });
});
