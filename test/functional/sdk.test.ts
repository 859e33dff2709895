// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The TypeScript SDK on the files of provers in the folder of vectors: its keys are those of the command line, its proofs are
// judged like the files they come from. Set ENSHRINE_VECTORS for another folder; with CI=true it has to be there.
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { binary, repository } from '../../scripts/scenario/paths.ts';
import { run } from '../../scripts/scenario/processes.ts';
import * as sdk from '../../sdk/typescript/src/index.ts';
import { temporaryFolder } from './environment.ts';

const vectors = join(process.env['ENSHRINE_VECTORS'] ?? join(repository, '..', 'shared', 'vectors'), 'snark');
const folder = temporaryFolder('sdk');

function filesBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}

const testdata = (name: string): string => join(repository, 'enshrine', 'prover_files', 'testdata', name);
const hexFile = (path: string): Uint8Array => sdk.fromHex(readFileSync(path, 'utf8'));
const jsonFile = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

interface Inspected { key: string; keyId: string }
async function inspect(kind: string, path: string, more: string[] = []): Promise<Inspected | undefined> {
  const finished = await run(binary('enshrine'), ['proof', 'inspect', '--kind', kind, path, '--json', ...more]);
  return finished.status === 0 ? JSON.parse(finished.stdout) as Inspected : undefined;
}

const written = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
async function verdict(kind: string, key: string, proof: string, inputs: string): Promise<number> {
  return (await run(binary('enshrine'), ['proof', 'verify', '--kind', kind, '--vk', key, '--proof', proof, '--public', inputs])).status;
}

type Protocol = 'groth16' | 'plonk' | 'fflonk';
const snarkjs = {
  groth16: { key: sdk.groth16Key, proof: sdk.groth16Proof },
  plonk: { key: sdk.plonkKey, proof: sdk.plonkProof },
  fflonk: { key: sdk.fflonkKey, proof: sdk.fflonkProof },
};
const isKey = (json: unknown): json is { protocol: Protocol } =>
  typeof json === 'object' && json !== null && 'protocol' in json && 'nPublic' in json && String(json.protocol) in snarkjs;

describe('the SDK on the files of provers', { timeout: 300_000, skip: existsSync(vectors) || process.env['CI'] === 'true' ? false : `${vectors} is not there` }, () => {
  it('keys of snarkjs are those of the command line, and proofs are judged like their files', async () => {
    let keys = 0;
    let proofs = 0;
    for (const path of filesBelow(vectors).filter((each) => each.endsWith('.json'))) {
      const json = jsonFile(path);
      if (!isKey(json)) continue;
      const expected = await inspect(json.protocol, path);
      if (expected === undefined) continue;  // refused for what the SDK does not look at
      const key = snarkjs[json.protocol].key(json);
      assert.equal(sdk.toHex(key), expected.key, path);
      assert.equal(sdk.keyId(key), expected.keyId, path);
      keys += 1;
      const beside = (word: string): string => path.replace(/(verification_key|vk)\.json$/, `${word}.json`);
      const [proof, inputs] = [beside('proof'), beside('public')];
      if (proof === path || !existsSync(proof) || !existsSync(inputs)) continue;
      const canonical = written('proof.hex', sdk.toHex(snarkjs[json.protocol].proof(jsonFile(proof))));
      const status = await verdict(json.protocol, path, proof, inputs);
      assert.equal(await verdict(json.protocol, written('key.hex', sdk.toHex(key)), canonical, inputs), status, proof);
      proofs += 1;
    }
    console.log(`snarkjs: ${keys} keys, ${proofs} proofs`);
    assert.ok(keys > 0 && proofs > 0);
  });

  it('files of gnark', async () => {
    let cases = 0;
    for (const path of filesBelow(vectors).filter((each) => each.endsWith('.vk.hex'))) {
      const kind = /plonk/.test(path) ? 'plonk-gnark' : 'groth16';
      const expected = await inspect(kind, path);
      if (expected === undefined) continue;
      const key = kind === 'groth16' ? sdk.gnarkGroth16Key(hexFile(path)) : sdk.gnarkPlonkKey(hexFile(path));
      assert.equal(sdk.toHex(key), expected.key, path);
      const stem = path.slice(0, -'.vk.hex'.length);
      const proofFile = `${stem}.proof.hex`;
      const inputsFile = [`${stem}.pub.hex`, `${stem}_pub_input.pub.hex`].find(existsSync);
      if (!existsSync(proofFile) || inputsFile === undefined) continue;
      const proof = kind === 'groth16' ? sdk.gnarkGroth16Proof(hexFile(proofFile)) : sdk.gnarkPlonkProof(hexFile(proofFile));
      const inputs = written('public.json', JSON.stringify(sdk.gnarkInputs(hexFile(inputsFile)).map(String)));
      assert.equal(await verdict(kind, written('key.hex', sdk.toHex(key)), written('proof.hex', sdk.toHex(proof)), inputs),
        await verdict(kind, path, proofFile, inputsFile), path);
      cases += 1;
    }
    for (const path of filesBelow(vectors).filter((each) => each.endsWith('.vk.json'))) {
      const expected = await inspect('groth16', path);
      const json = jsonFile(path) as Record<string, unknown> | undefined;
      if (expected === undefined || json?.['G1'] === undefined) continue;
      assert.equal(sdk.toHex(sdk.gnarkGroth16KeyOfJson(json)), expected.key, path);
      const proof = path.replace(/\.vk\.json$/, '.proof.json');
      const inputs = path.replace(/\.vk\.json$/, '.inputs.json');
      if (!existsSync(proof) || !existsSync(inputs)) continue;
      const canonical = written('proof.hex', sdk.toHex(sdk.gnarkGroth16ProofOfJson(jsonFile(proof))));
      assert.equal(await verdict('groth16', written('key.hex', expected.key), canonical, inputs), await verdict('groth16', path, proof, inputs), path);
      cases += 1;
    }
    console.log(`gnark: ${cases} cases`);
    assert.ok(cases > 0);
  });

  it('files of bb, SP1 and RISC Zero', async () => {
    let cases = 0;
    for (const path of filesBelow(vectors)) {
      const name = relative(vectors, path);
      if (name.startsWith('ultrahonk') && /vk\.hex$/.test(name)) {
        for (const flavour of ['plain', 'zk'] as const) {
          const expected = await inspect('ultrahonk', path, ['--honk-flavour', flavour]);
          if (expected === undefined) continue;
          assert.equal(sdk.toHex(sdk.ultraHonkKey(hexFile(path), { flavour })), expected.key, path);
          cases += 1;
        }
      }
      const json = path.endsWith('.json') ? jsonFile(path) as Record<string, unknown> | undefined : undefined;
      if (json === undefined) continue;
      const kind = typeof json['vkey'] === 'string' && typeof json['proof'] === 'string' ? 'sp1' : typeof json['seal'] === 'string' ? 'risc0' : undefined;
      if (kind === undefined) continue;
      const expected = await inspect(kind, path);
      if (expected === undefined) continue;  // a frozen version
      assert.equal(sdk.toHex((kind === 'sp1' ? sdk.sp1Fixture(json) : sdk.risc0Fixture(json)).key), expected.key, path);
      cases += 1;
    }
    console.log(`bb, SP1, RISC Zero: ${cases} cases`);
    assert.ok(cases > 0);
  });
});

/** The constants of a verifier as a contract has them. */
const sourceOf = (constants: Record<string, string>): string =>
  `// uint256 constant ALPHA_X = 1;\ncontract Verifier {\n${Object.entries(constants).map(([name, value], i) => `  uint256 ${i % 2 === 0 ? '' : 'private '}constant ${name} = /* here */\n    ${value};`).join('\n')}\n}\n`;
const keysOfSolidity = { groth16: sdk.groth16KeyOfSolidity, 'plonk-gnark': sdk.gnarkPlonkKeyOfSolidity };

describe('keys out of verifiers of Solidity', { timeout: 120_000 }, () => {
  async function compare(kind: keyof typeof keysOfSolidity, path: string): Promise<string> {
    const constants = jsonFile(path) as Record<string, string>;
    const source = sourceOf(constants);
    const key = sdk.toHex(keysOfSolidity[kind](constants));
    assert.equal(sdk.toHex(keysOfSolidity[kind](source)), key, path);
    assert.equal((await inspect(kind, path))?.key, key, path);
    assert.equal((await inspect(kind, written('Verifier.sol', source)))?.key, key, path);
    return key;
  }
  for (const [kind, constants, file] of [
    ['groth16', 'gnark_0.14_plain.vk', 'gnark_0.14_plain.vk'], ['groth16', 'gnark_0.14_commitment.vk', 'gnark_0.14_commitment.vk'],
    ['groth16', 'snarkjs_bn128_vk', 'snarkjs_bn128_vk.json'],
    ['plonk-gnark', 'gnark_0.14_plonk_plain.vk', 'gnark_0.14_plonk_plain.vk'], ['plonk-gnark', 'gnark_0.14_plonk_commitment.vk', 'gnark_0.14_plonk_commitment.vk'],
  ] as const) {
    it(`${constants} is the key of ${file}`, async () => {
      const key = await compare(kind, testdata(`${constants}.constants.json`));
      assert.equal(key, (await inspect(kind, testdata(file), ['--commitment-hash', 'keccak256']))?.key);
    });
  }
  it('those that SP1 and RISC Zero have published', { skip: existsSync(vectors) || process.env['CI'] === 'true' ? false : `${vectors} is not there` }, async () => {
    const published = filesBelow(join(vectors, 'sp1', 'vk_constants'));
    for (const path of published) await compare(/plonk/.test(path) ? 'plonk-gnark' : 'groth16', path);
    await compare('groth16', join(vectors, 'risc0', 'risc0-groth16-vk-constants.json'));
    console.log(`SP1, RISC Zero: ${published.length + 1} keys of constants`);
  });
  it('source is read for its constants alone', () => {
    assert.deepEqual(sdk.solidityConstants('uint256 constant A = 1_0; uint32 constant b = 2; /* uint256 constant C = 3; */ string constant s = "uint256 constant D = 4;";'), { A: '10' });
    assert.throws(() => sdk.solidityConstants('uint256 constant A = 1; uint256 constant A = 2;'), /A: expected one value, got 1 and 2/);
    assert.throws(() => sdk.groth16KeyOfSolidity('contract Verifier {}'), /expected a constant of that name, got neither/);
  });
});

describe('files of UPA', { timeout: 120_000, skip: existsSync(vectors) || process.env['CI'] === 'true' ? false : `${vectors} is not there` }, () => {
  interface Item { vk: unknown; proof: unknown; inputs: string[] }
  const upa = (name: string): string => join(vectors, 'nebra-upa', name);
  async function judge({ vk, proof, inputs }: Item, where: string): Promise<number> {
    const files = [written('vk.json', JSON.stringify(vk)), written('proof.json', JSON.stringify(proof)), written('public.json', JSON.stringify(inputs))] as const;
    const expected = await verdict('groth16', ...files);
    const key = sdk.toHex(sdk.upaGroth16Key(vk));
    assert.equal((await inspect('groth16', files[0]))?.key, key, where);
    const again = written('public.json', JSON.stringify(sdk.upaInputs(inputs).map(String)));
    assert.equal(await verdict('groth16', written('key.hex', key), written('proof.hex', sdk.toHex(sdk.upaGroth16Proof(proof))), again), expected, where);
    return expected;
  }
  it('keys and proofs are those of the command line', async () => {
    let accepted = 0;
    for (const name of ['proof_batch_1_2', 'universal_batch_verifier_8_proofs', 'commitment_proof_batch_8_proofs']) {
      for (const item of jsonFile(upa(`${name}.json`)) as Item[]) accepted += await judge(item, name) === 0 ? 1 : 0;
    }
    assert.equal(accepted, 18);
    for (const name of ['proof1', 'proof2', 'proof3']) {
      const item = jsonFile(upa(`${name}.json`)) as Item;
      assert.deepEqual(sdk.upaGroth16Key(item), sdk.upaGroth16Key(item.vk), 'beside the proof');
      assert.deepEqual(sdk.upaGroth16Proof(item), sdk.upaGroth16Proof(item.proof));
      assert.deepEqual(sdk.upaInputs(item), sdk.upaInputs(item.inputs));
      assert.equal(await judge(item, name), 0);
    }
    assert.equal(await judge(jsonFile(upa('invalid_proof.upa.json')) as Item, 'invalid_proof'), 1);
    for (const name of ['no_commitment', 'private_commitment', 'brevis']) {
      const file = (ending: string): unknown => jsonFile(upa(`gnark/_upa_format/${name}.upa-${ending}.json`));
      assert.equal(await judge({ vk: file('vk'), ...file('proof-inputs') as { proof: unknown; inputs: string[] } }, name), 0);
    }
  });
});

type Document = Record<string, any>;
const plusOne = (value: string): string => String(BigInt(value) + 1n);
/** A change of a file, and whether both readers take what it makes. */
type Change = [what: string, taken: boolean, change: (document: Document) => void];
interface Twins { kind: string; vk: string; proof?: string; inputs?: string; read: (document: unknown) => Uint8Array; changes: Change[] }

const upaFile = (ending: string): string => join('..', '..', '..', 'fuzz', 'corpus', 'prover_files_groth16_files_fuzz', `private_commitment.upa-${ending}.json`);
const numbers = (at: (document: Document) => [Document, string | number]): Change[] => [
  ['a number that begins with 0', false, (d) => { const [o, k] = at(d); o[k] = `0${o[k]}`; }],
  ['a number with a sign', false, (d) => { const [o, k] = at(d); o[k] = `+${o[k]}`; }],
  ['a number with a space', false, (d) => { const [o, k] = at(d); o[k] = ` ${o[k]}`; }],
  ['a number in groups', false, (d) => { const [o, k] = at(d); o[k] = '1_000'; }],
  ['a number that is empty', false, (d) => { const [o, k] = at(d); o[k] = ''; }],
  ['a number with 0X', false, (d) => { const [o, k] = at(d); o[k] = `0X${BigInt(o[k]).toString(16)}`; }],
  ['a number without hex digits', false, (d) => { const [o, k] = at(d); o[k] = '0x'; }],
  ['a number of more digits than any', false, (d) => { const [o, k] = at(d); o[k] = `0x${BigInt(o[k]).toString(16).padStart(399, '0')}`; }],
  ['the number in hex digits', true, (d) => { const [o, k] = at(d); o[k] = `0x${BigInt(o[k]).toString(16)}`; }],
  ['a negative number', false, (d) => { const [o, k] = at(d); o[k] = -1; }],
  ['null', false, (d) => { const [o, k] = at(d); o[k] = null; }],
  ['no number', false, (d) => { const [o, k] = at(d); delete o[k]; }],
];
const g1Points = (at: string): Change[] => [
  ['a point with z = 0 that is not [0, 1, 0]', false, (d) => { d[at] = ['5', '7', '0']; }],
  ['a point of zeros', false, (d) => { d[at] = ['0', '0', '1']; }],
  ['a point of two coordinates', false, (d) => { d[at].pop(); }],
  ['a point of four coordinates', false, (d) => { d[at].push('1'); }],
  ['a point with z = 2', false, (d) => { d[at][2] = '2'; }],
  ['a coordinate plus the modulus', false, (d) => { d[at][0] = String(BigInt(d[at][0]) + sdk.bn254.modulus); }],
];
const g2Points = (at: string): Change[] => [
  ['a point of G2 with z = 0', false, (d) => { d[at][2] = ['0', '0']; }],
  ['a point of G2 with z = u', false, (d) => { d[at][2] = ['0', '1']; }],
  ['a point of G2 without z', false, (d) => { d[at].pop(); }],
  ['a coordinate of three parts', false, (d) => { d[at][0].push('0'); }],
  ['a point of zeros in G2', false, (d) => { d[at] = [['0', '0'], ['0', '0'], ['1', '0']]; }],
];
const sizes = (at: string): Change[] => [
  [`${at} as a text`, false, (d) => { d[at] = String(d[at]); }],
  [`${at} with a fraction`, false, (d) => { d[at] += 0.5; }],
  [`a negative ${at}`, false, (d) => { d[at] = -1; }],
  [`${at} of 300`, false, (d) => { d[at] = 300; }],
];
const twins: Record<string, Twins> = {
  'a key of Groth16': {
    kind: 'groth16', vk: 'snarkjs_bn128_vk.json', read: sdk.groth16Key,
    changes: [
      ['nothing', true, () => undefined], ...numbers((d) => [d['vk_alpha_1'], 0]), ...g1Points('vk_alpha_1'), ...g2Points('vk_beta_2'), ...sizes('nPublic'),
      ['a point too few', false, (d) => { d['IC'].pop(); }], ['a point too many', false, (d) => { d['IC'].push(d['IC'][0]); }],
      ['under vk', true, (d) => { d['vk'] = { ...d }; }], ['nothing under vk', false, (d) => { d['vk'] = null; }],
    ],
  },
  'a proof of Groth16': {
    kind: 'groth16', vk: 'snarkjs_bn128_vk.json', proof: 'snarkjs_bn128_proof.json', inputs: 'snarkjs_bn128_public.json', read: sdk.groth16Proof,
    changes: [
      ['nothing', true, () => undefined], ...numbers((d) => [d['pi_a'], 0]), ...g1Points('pi_a'), ...g2Points('pi_b'),
      ['under proof', true, (d) => { d['proof'] = { ...d }; }],
    ],
  },
  'a key of PLONK': {
    kind: 'plonk', vk: 'snarkjs_bn128_plonk_vk.json', read: sdk.plonkKey,
    changes: [
      ['nothing', true, () => undefined], ...numbers((d) => [d, 'k1']), ...numbers((d) => [d, 'w']), ...g1Points('Qm'), ...g2Points('X_2'), ...sizes('nPublic'), ...sizes('power'),
      ['no gates', false, (d) => { d['power'] = 0; }], ['more gates than there are roots', false, (d) => { d['power'] = 29; }],
      ['another power', false, (d) => { d['power'] += 1; }],
      ['w + 1', false, (d) => { d['w'] = plusOne(d['w']); }], ['w + r', false, (d) => { d['w'] = String(BigInt(d['w']) + sdk.bn254.order); }],
      ['another root', false, (d) => { d['w'] = String(sdk.bn254.order - BigInt(d['w'])); }], ['a k1 that is not below r', false, (d) => { d['k1'] = String(BigInt(d['k1']) + sdk.bn254.order); }],
      ['a selector at infinity', true, (d) => { d['Qm'] = ['0', '1', '0']; }],
    ],
  },
  'a key of PLONK on BLS12-381': {
    kind: 'plonk', vk: 'snarkjs_bls12381_plonk_vk.json', read: sdk.plonkKey,
    changes: [['nothing', true, () => undefined], ['w + 1', false, (d) => { d['w'] = plusOne(d['w']); }], ['more gates than there are roots', false, (d) => { d['power'] = 33; }]],
  },
  'a proof of PLONK': {
    kind: 'plonk', vk: 'snarkjs_bn128_plonk_vk.json', proof: 'snarkjs_bn128_plonk_proof.json', inputs: 'snarkjs_bn128_plonk_public.json', read: sdk.plonkProof,
    changes: [['nothing', true, () => undefined], ...numbers((d) => [d, 'eval_a']), ...g1Points('Wxi')],
  },
  'a key of FFLONK': {
    kind: 'fflonk', vk: 'snarkjs_bn128_fflonk_vk.json', read: sdk.fflonkKey,
    changes: [
      ['nothing', true, () => undefined], ...numbers((d) => [d, 'k1']), ...g1Points('C0'), ...g2Points('X_2'), ...sizes('nPublic'), ...sizes('power'),
      ...['w', 'w3', 'w4', 'w8', 'wr'].flatMap((name): Change[] => [
        [`${name} + 1`, false, (d) => { d[name] = plusOne(d[name]); }], [`${name} = 1`, false, (d) => { d[name] = '1'; }], [`no ${name}`, false, (d) => { delete d[name]; }],
      ]),
      ['another third root of unity', true, (d) => { d['w3'] = String(BigInt(d['w3']) ** 2n % sdk.bn254.order); }],
    ],
  },
  'a proof of FFLONK': {
    kind: 'fflonk', vk: 'snarkjs_bn128_fflonk_vk.json', proof: 'snarkjs_bn128_fflonk_proof.json', inputs: 'snarkjs_bn128_fflonk_public.json', read: sdk.fflonkProof,
    changes: [['nothing', true, () => undefined], ...numbers((d) => [d['evaluations'], 'ql']), ['inv + 1, which nobody reads', true, (d) => { d['evaluations']['inv'] = plusOne(d['evaluations']['inv'] ?? '0'); }]],
  },
  'a key of gnark as JSON': {
    kind: 'groth16', vk: 'gnark_0.14_commitment.vk.json', read: (d) => sdk.gnarkGroth16KeyOfJson(d),
    changes: [
      ['nothing', true, () => undefined], ...numbers((d) => [d['G1']['Alpha'], 'X']),
      ['two commitments', false, (d) => { d['PublicAndCommitmentCommitted'].push([]); }], ['a commitment to a public input', false, (d) => { d['PublicAndCommitmentCommitted'] = [[1]]; }],
      ['no key of the commitment', false, (d) => { d['CommitmentKeys'] = []; }], ['under vk', true, (d) => { d['vk'] = { ...d }; }],
    ],
  },
  'a key of UPA': {
    kind: 'groth16', vk: upaFile('vk'), read: sdk.upaGroth16Key,
    changes: [
      ['nothing', true, () => undefined], ...numbers((d) => [d['alpha'], 0]), ['under vk', true, (d) => { d['vk'] = { ...d }; }],
      ['a point of three coordinates', false, (d) => { d['alpha'].push('0x1'); }], ['a point of G2 with three', false, (d) => { d['beta'].push(['0x1', '0x0']); }],
      ['two commitments', false, (d) => { d['h1'].push(d['h1'][0]); d['h2'].push(d['h2'][0]); }], ['half a key of the commitment', false, (d) => { d['h2'] = []; }],
      ['too few points', false, (d) => { d['s'] = [d['s'][0]]; }], ['no commitment', true, (d) => { d['h1'] = []; d['h2'] = []; }],
    ],
  },
  'a proof of UPA': {
    kind: 'groth16', vk: upaFile('vk'), proof: upaFile('proof-inputs'), inputs: upaFile('proof-inputs'), read: sdk.upaGroth16Proof,
    changes: [
      ['nothing', true, () => undefined], ...numbers((d) => [d['proof']['pi_a'], 0]),
      ['two commitments', false, (d) => { d['proof']['m'].push(d['proof']['m'][0]); }], ['no proof of knowledge', false, (d) => { d['proof']['pok'] = []; }],
      ['two proofs of knowledge', false, (d) => { d['proof']['pok'].push(d['proof']['pok'][0]); }],
    ],
  },
  'constants of Groth16': {
    kind: 'groth16', vk: 'gnark_0.14_commitment.vk.constants.json', read: (d) => sdk.groth16KeyOfSolidity(d as Document),
    changes: [
      ['nothing', true, () => undefined], ...numbers((d) => [d, 'BETA_NEG_X_0']),
      ...['P', 'R'].map((name): Change => [`${name} + 1`, false, (d) => { d[name] = String(BigInt(d[name]) + 1n); }]),
      ['a gap', false, (d) => { delete d['PUB_1_X']; delete d['PUB_1_Y']; }], ['half a point', false, (d) => { delete d['PUB_2_Y']; }],
      ['half a key of the commitment', false, (d) => { delete d['PEDERSEN_GSIGMANEG_X_0']; }],
      ['Y + p', false, (d) => { d['GAMMA_NEG_Y_1'] = String(BigInt(d['GAMMA_NEG_Y_1']) + sdk.bn254.modulus); }],
    ],
  },
  'constants of snarkjs': {
    kind: 'groth16', vk: 'snarkjs_bn128_vk.constants.json', read: (d) => sdk.groth16KeyOfSolidity(d as Document),
    changes: [
      ['nothing', true, () => undefined], ...numbers((d) => [d, 'betax1']), ['q + 1', false, (d) => { d['q'] = plusOne(d['q']); }],
      ['a gap', false, (d) => { delete d['IC1x']; delete d['IC1y']; }], ['no IC', false, (d) => { for (const name of Object.keys(d)) if (name.startsWith('IC')) delete d[name]; }],
    ],
  },
  "constants of gnark's PLONK": {
    kind: 'plonk-gnark', vk: 'gnark_0.14_plonk_commitment.vk.constants.json', read: (d) => sdk.gnarkPlonkKeyOfSolidity(d as Document),
    changes: [
      ['nothing', true, () => undefined], ...numbers((d) => [d, 'VK_QL_COM_X']),
      ...['P_MOD', 'R_MOD', 'VK_INV_DOMAIN_SIZE', 'VK_OMEGA', 'VK_COSET_SHIFT', 'VK_DOMAIN_SIZE', 'VK_NB_CUSTOM_GATES'].map((name): Change => [`${name} + 1`, false, (d) => { d[name] = plusOne(d[name]); }]),
      ['another G2_SRS_0', false, (d) => { for (const end of ['X_0', 'X_1', 'Y_0', 'Y_1']) d[`G2_SRS_0_${end}`] = d[`G2_SRS_1_${end}`]; }],
      ['a gate beyond the circuit', false, (d) => { d['VK_INDEX_COMMIT_API_0'] = d['VK_DOMAIN_SIZE']; }],
      ['257 public inputs', false, (d) => { d['VK_NB_PUBLIC_INPUTS'] = '257'; }],
      ['a contract of gnark 0.9', false, (d) => { d['PROOF_QUOTIENT_POLYNOMIAL_AT_ZETA'] = '0x280'; }],
    ],
  },
  'a receipt of RISC Zero': {
    kind: 'risc0', vk: 'risc0_3.0.json', read: (d) => sdk.risc0Fixture(d).key,
    changes: [
      ['nothing', true, () => undefined], ['an image ID with a space', false, (d) => { d['imageId'] = ` ${d['imageId']}`; }], ['an image ID with 0X', false, (d) => { d['imageId'] = d['imageId'].replace('0x', '0X'); }],
      ['an image ID without 0x', true, (d) => { d['imageId'] = d['imageId'].slice(2); }], ['an image ID of 31 bytes', false, (d) => { d['imageId'] = d['imageId'].slice(0, -2); }],
      ['a name that comes first and has no hex', false, (d) => { d['SEAL'] = d['seal']; d['seal'] = 5; }],
    ],
  },
};

describe('a changed file has one verdict, of the command line and of the SDK', { timeout: 300_000 }, () => {
  for (const [name, { kind, vk, proof, inputs, read, changes }] of Object.entries(twins)) {
    it(`${name}: ${changes.length} changes`, async () => {
      for (const [what, taken, change] of changes) {
        const document = structuredClone(jsonFile(testdata(proof ?? vk)) as Document);
        change(document);
        const path = written('changed.json', JSON.stringify(document));
        const reader = (): Uint8Array => read(jsonFile(path));
        if (!taken) {
          assert.throws(reader, sdk.ProverFileError, `the SDK takes ${what}`);
          const finished = await run(binary('enshrine'), proof === undefined ? ['proof', 'inspect', '--kind', kind, path]
            : ['proof', 'verify', '--kind', kind, '--vk', testdata(vk), '--proof', path, '--public', testdata(inputs!)]);
          assert.notEqual(finished.status, 0, `the command line takes ${what}`);
          // Refused for its form, before anything is verified.
          if (proof !== undefined) assert.ok(finished.stderr.includes(path), `${what}: ${finished.stderr}`);
        } else if (proof === undefined) {
          assert.equal((await inspect(kind, path))?.key, sdk.toHex(reader()), what);
        } else {
          assert.equal(await verdict(kind, testdata(vk), path, testdata(inputs!)), 0, what);
          assert.equal(await verdict(kind, testdata(vk), written('proof.hex', sdk.toHex(reader())), testdata(inputs!)), 0, what);
        }
      }
    });
  }

  // Binary: what follows from other fields of a key of gnark's PLONK, and its generator.
  for (const form of ['', '.raw']) {
    it(`a key of gnark's PLONK${form}`, async () => {
      const file = testdata(`gnark_0.14_plonk_plain${form}.vk`);
      const content = Uint8Array.from(readFileSync(file));
      const point = form === '' ? 32 : 64;
      const generator = 112 + 8 * point + 4 + point;
      const changes: [string, (bytes: Uint8Array) => void][] = [
        ['SizeInv', (b) => { b[39]! ^= 1; }], ['Generator', (b) => { b[71]! ^= 1; }], ['CosetShift', (b) => { b[111]! ^= 2; }], ['Size', (b) => { b[7]! ^= 3; }],
        ['Kzg.G2[0]', (b) => { b.copyWithin(generator, generator + 2 * point, generator + 4 * point); }],
      ];
      for (const [field, change] of changes) {
        const bytes = content.slice();
        change(bytes);
        const path = written('changed.hex', sdk.toHex(bytes));
        const finished = await run(binary('enshrine'), ['proof', 'inspect', '--kind', 'plonk-gnark', path]);
        assert.notEqual(finished.status, 0, field);
        assert.ok(finished.stderr.includes(`${path}: ${field}: expected`), finished.stderr);
        assert.throws(() => sdk.gnarkPlonkKey(bytes), (error: unknown) => error instanceof sdk.ProverFileError && error.field === field, field);
      }
      assert.equal((await inspect('plonk-gnark', file))?.key, sdk.toHex(sdk.gnarkPlonkKey(content)));
    });
  }
});

it('takes a proof of rapidsnark, which does not name its curve', () => {
  const { curve, ...nameless } = jsonFile(join(repository, 'enshrine', 'prover_files', 'testdata', 'snarkjs_bn128_proof.json')) as Record<string, unknown>;
  assert.deepEqual(sdk.groth16Proof(nameless), sdk.groth16Proof({ ...nameless, curve }));
  assert.equal(sdk.groth16Proof({ ...nameless, curve: 'bls12381' }).length, 2 * 96 + 192, 'a curve that is named decides');
  assert.throws(() => sdk.groth16Proof({ ...nameless, curve: 'mnt4' }), sdk.ProverFileError);
  assert.throws(() => sdk.groth16Proof({ ...nameless, pi_a: ['1', '2', '2'] }), sdk.ProverFileError);
});

// Both curves, both forms of points, with and without a commitment: testdata/ of the importers of the command line.
describe('the SDK on files of gnark 0.14', { timeout: 120_000 }, () => {
  const testdata = join(repository, 'enshrine', 'prover_files', 'testdata');
  const path = (name: string): string => join(testdata, `gnark_0.14_${name}`);
  const bytes = (name: string): Uint8Array => new Uint8Array(readFileSync(path(name)));
  const canonical = (content: Uint8Array): string => written('canonical.hex', sdk.toHex(content));
  const publics = (stem: string): string => written('public.json', JSON.stringify(sdk.gnarkInputs(bytes(`${stem}.pub`)).map(String)));

  for (const [stem, curve] of [['plain', sdk.bn254], ['commitment', sdk.bn254], ['bls12381_plain', sdk.bls12381]] as const) {
    it(`Groth16, ${stem}`, async () => {
      for (const form of ['', '.raw']) {
        const key = sdk.gnarkGroth16Key(bytes(`${stem}${form}.vk`));
        assert.equal(sdk.toHex(key), (await inspect('groth16', path(`${stem}${form}.vk`)))?.key);
        assert.deepEqual(key, sdk.gnarkGroth16KeyOfJson(jsonFile(path(`${stem}.vk.json`))));
        const proof = sdk.gnarkGroth16Proof(bytes(`${stem}${form}.proof`), curve);
        assert.deepEqual(proof, sdk.gnarkGroth16ProofOfJson(jsonFile(path(`${stem}.proof.json`))));
        assert.equal(await verdict('groth16', path(`${stem}.vk`), canonical(proof), publics(stem)), 0);
        assert.equal(await verdict('groth16', path(`${stem}${form}.vk`), path(`${stem}${form}.proof`), path(`${stem}.pub`)), 0);
        assert.equal(await verdict('groth16', path(`${stem}${form}.vk`), canonical(proof), written('public.json', '["35", "7"]')), 1);
      }
    });
  }
  for (const stem of ['plonk_plain', 'plonk_commitment']) {
    it(`PLONK, ${stem}`, async () => {
      const calldata = sdk.toHex(hexFile(path(`${stem}.calldata`)));
      for (const form of ['', '.raw']) {
        const key = sdk.gnarkPlonkKey(bytes(`${stem}${form}.vk`));
        assert.equal(sdk.toHex(key), (await inspect('plonk-gnark', path(`${stem}${form}.vk`)))?.key);
        const proof = sdk.gnarkPlonkProof(bytes(`${stem}${form}.proof`));
        assert.equal(sdk.toHex(proof), calldata);
        assert.equal(await verdict('plonk-gnark', path(`${stem}${form}.vk`), canonical(proof), publics(stem)), 0);
        assert.equal(await verdict('plonk-gnark', path(`${stem}${form}.vk`), path(`${stem}${form}.proof`), path(`${stem}.pub`)), 0);
      }
    });
  }
  it('bad files, by the field', async () => {
    const changed = (name: string, at: number, ...content: number[]): Uint8Array => {
      const out = bytes(name);
      out.set(content, at);
      return out;
    };
    const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
    const refuses = (what: RegExp, read: () => unknown): void => {
      assert.throws(read, (error: unknown) => error instanceof sdk.ProverFileError && what.test(error.message));
    };
    for (const form of ['', '.raw']) {
      refuses(/^PublicAndCommitmentCommitted: expected no commitment in a key on bls12381/, () => sdk.gnarkGroth16Key(bytes(`bls12381_commitment${form}.vk`)));
      refuses(/^file: expected its end after the last field, got 1 bytes more/, () => sdk.gnarkGroth16Key(Uint8Array.of(...bytes(`plain${form}.vk`), 0)));
    }
    refuses(/^length of K: expected 1 to 258/, () => sdk.gnarkGroth16Key(changed('plain.vk', 288, 255, 255, 255, 255)));
    refuses(/^Ar: expected a coordinate below the modulus/, () => sdk.gnarkGroth16Proof(changed('plain.raw.proof', 32, ...Array.from({ length: 32 }, () => 255))));
    refuses(/^Bs: expected a point that is uncompressed, like the first one/, () => sdk.gnarkGroth16Proof(changed('plain.raw.proof', 64, 0x80)));
    refuses(/^first point: expected flag bits of a point on bls12381/, () => sdk.gnarkGroth16Proof(changed('bls12381_plain.proof', 0, 0xe0), sdk.bls12381));
    refuses(/^Ar: expected infinity with its flag and nothing else/, () => sdk.gnarkGroth16Proof(changed('bls12381_plain.raw.proof', 0, ...zeros(96)), sdk.bls12381));
    refuses(/^CommitmentPok: expected 48 bytes/, () => sdk.gnarkGroth16Proof(bytes('bls12381_plain.proof').subarray(0, -1), sdk.bls12381));
    refuses(/^S\[0\]: expected a coordinate below the modulus/, () => sdk.gnarkPlonkKey(changed('plonk_plain.vk', 112, 0)));
  });
});

describe('the SDK on what bb writes and bb.js returns', () => {
  for (const version of ['3.0', '5.0']) {
    const content = (name: string): Uint8Array => Uint8Array.from(readFileSync(testdata(`bb_${version}_${name}`)));
    const words = (bytes: Uint8Array): string[] => Array.from({ length: bytes.length / 32 }, (_, i) => sdk.toHex(bytes.subarray(32 * i, 32 * i + 32)));
    const decimal = (bytes: Uint8Array): string[] => words(bytes).map((word) => BigInt(word).toString());
    const listOf = (name: string, bytes: Uint8Array): Record<string, unknown> => ({ [name]: words(bytes) });
    /** Everything that stands for these words. */
    const forms = (bytes: Uint8Array, ...names: string[]): sdk.BbFile[] => [
      bytes, sdk.toHex(bytes), sdk.toHex(bytes).slice(2), new TextEncoder().encode(`${sdk.toHex(bytes)}\n`), words(bytes), decimal(bytes), JSON.stringify(words(bytes)),
      ...names.flatMap((name) => [
        { [name]: bytes }, { [name]: sdk.toHex(bytes) }, listOf(name, bytes), { [name]: words(bytes).map((word) => sdk.fromHex(word)) },
        JSON.stringify(listOf(name, bytes)), new TextEncoder().encode(JSON.stringify(listOf(name, bytes))),
      ]),
    ];
    const srsPoint = content('srs_point');

    it(`bb ${version}: each form of a key, of a proof and of inputs has the same bytes, which are those of the command line`, async () => {
      for (const circuit of ['square', 'zoo', 'recursive']) {
        const file = content(`${circuit}.vk`);
        const inputs = content(`${circuit}.public_inputs`);
        for (const flavour of ['plain', 'zk'] as const) {
          const expected = await inspect('ultrahonk', testdata(`bb_${version}_${circuit}.vk`),
            ['--honk-flavour', flavour, '--srs-g2', testdata(`bb_${version}_srs_point`)]);
          for (const form of forms(file, 'vk', 'vkAsFields')) assert.equal(sdk.toHex(sdk.ultraHonkKey(form, { flavour, srsPoint })), expected?.key);
          const key = sdk.ultraHonkKey(file, { flavour, srsPoint });
          assert.equal(sdk.keyId(key), expected?.keyId);
          const proof = content(`${circuit}_${flavour}.proof`);
          for (const form of forms(proof, 'proof')) assert.deepEqual(sdk.ultraHonkProof(form, key), proof);
          for (const form of forms(inputs, 'public_inputs', 'publicInputs')) assert.deepEqual(sdk.ultraHonkInputs(form), words(inputs).map(BigInt));
          const returned = { proof, publicInputs: words(inputs) };  // ProofData of bb.js
          const files = [written('key.hex', sdk.toHex(key)), written('proof.hex', sdk.toHex(sdk.ultraHonkProof(returned, key))),
            written('public.json', JSON.stringify(sdk.ultraHonkInputs(returned).map(String)))] as const;
          assert.equal(await verdict('ultrahonk', ...files), 0);
          const other = written('other.json', JSON.stringify(sdk.ultraHonkInputs(returned).map((input) => String(input ^ 1n))));
          assert.equal(await verdict('ultrahonk', files[0], files[1], other), 1);
        }
      }
    });

    it(`bb ${version}: JSON files`, async () => {
      const key = sdk.ultraHonkKey(content('square_vk.json'), { srsPoint });
      const proof = sdk.ultraHonkProof(content('square_proof.json'), key);
      const inputs = sdk.ultraHonkInputs(content('square_public_inputs.json'));
      assert.equal(await verdict('ultrahonk', written('key.hex', sdk.toHex(key)), written('proof.hex', sdk.toHex(proof)), written('public.json', JSON.stringify(inputs.map(String)))), 0);
    });

    it(`bb ${version}: what is none is refused by name`, () => {
      const key = sdk.ultraHonkKey(content('square.vk'), { flavour: 'zk', srsPoint });
      const plain = content('square_plain.proof');
      const masked = content('square_zk.proof').length;
      assert.throws(() => sdk.ultraHonkProof(plain, key), new RegExp(`proof: expected ${masked} bytes, got ${plain.length}, which is a plain proof`));
      assert.throws(() => sdk.ultraHonkProof({ proof: '0x1234' }, key), new RegExp(`proof: expected ${masked} bytes, got 2`));
      assert.throws(() => sdk.ultraHonkProof('{"proof": ', key), /proof: expected well-formed JSON/);
      assert.throws(() => sdk.ultraHonkProof({ key: [] }, key), /proof: expected a member of that name/);
      assert.throws(() => sdk.ultraHonkInputs(['0x1', 'two']), /public_inputs\[1\]: expected a number/);
      assert.throws(() => sdk.ultraHonkInputs({ publicInputs: [`0x1${'0'.repeat(64)}`] }), /publicInputs\[0\]: expected a number of 32 bytes/);
      assert.throws(() => sdk.ultraHonkKey(content('square.vk').subarray(1)), /1888 bytes of bb/);
      assert.deepEqual(sdk.ultraHonkInputs([]), []);
    });
  }
});

describe('programs of zkVMs', () => {
  it('are asked for the SHA-256 of what they have published', () => {
    // SHA-256 of "abc": FIPS 180-4.
    assert.deepEqual(sdk.programInputs(new TextEncoder().encode('abc')), [0xba7816bf8f01cfea414140de5dae2223n, 0xb00361a396177a9cb410ff61f20015adn]);
  });
});

describe('what the SDK refuses', () => {
  const key = { protocol: 'groth16', curve: 'bn128', nPublic: 0, vk_alpha_1: ['1', '2', '1'], IC: [['1', '2', '1']] };
  const generator = [['10857046999023057135944570762232829481370756359578518086990519993285655852781', '11559732032986387107991004021392285783925812861821192530917403151452391805634'],
    ['8495653923123431417604973247489272438418190587263600148770280649306958101930', '4082367875863433681332203403145435568316851327593401208105741076214120093531'], ['1', '0']];
  const whole = { ...key, vk_beta_2: generator, vk_gamma_2: generator, vk_delta_2: generator };
  it('takes what is whole', () => { assert.equal(sdk.groth16Key(whole).length, 6 + 64 + 3 * 128 + 64); });
  for (const [what, change, field] of [
    ['another protocol', { protocol: 'plonk' }, 'protocol'],
    ['another curve', { curve: 'bls12377' }, 'curve'],
    ['a missing point', { vk_beta_2: undefined }, 'vk_beta_2'],
    ['points that do not fit the inputs', { nPublic: 1 }, 'IC'],
    ['too many inputs', { nPublic: 257 }, 'nPublic'],
    ['a coordinate that is not below the modulus', { vk_alpha_1: [(sdk.bn254.modulus + 1n).toString(), '2', '1'] }, 'vk_alpha_1'],
    ['a point that is not affine', { vk_alpha_1: ['1', '2', '3'] }, 'vk_alpha_1[2]'],
    ['text that is no number', { vk_alpha_1: ['one', '2', '1'] }, 'vk_alpha_1[0]'],
  ] as const) {
    it(what, () => {
      assert.throws(() => sdk.groth16Key({ ...whole, ...change }), (error: unknown) => error instanceof sdk.ProverFileError && error.field === field);
    });
  }
  it('files that end early or go on', () => {
    for (const size of [0, 31, 100]) assert.throws(() => sdk.gnarkGroth16Key(new Uint8Array(size)), sdk.ProverFileError);
    assert.throws(() => sdk.gnarkInputs(sdk.fromHex('00000000000000000000000000')), /its end after the last field/);
    assert.throws(() => sdk.ultraHonkKey(new Uint8Array(10)), /1888 bytes of bb/);
    assert.throws(() => sdk.fromHex('0x123'), /an even number of hex digits/);
  });
});
