// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine proof --kind ultrahonk` on proofs of Aztec's bb, versions 3.0 and 5.0: those of the test data, and fresh
// ones, for which compiler and prover are installed (200 MB a version). ENSHRINE_PROOFS sets how many of each version
// and flavour (2; 100 with ENSHRINE_CAMPAIGN=1). With ENSHRINE_CAMPAIGN=1 also circuits of every gate, and the verdicts
// of bb's own verifier, and of the one that it writes in Solidity, on what is damaged in every way (ENSHRINE_SEED).
import { strict as assert } from 'node:assert';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Bb, solidityVerifier, srsPoint, wordsOf, writeSrs, type BbVersion, type Claim, type Flavour, type NoirProof } from '../../scripts/scenario/bb.ts';
import { inputsOfRecursion, NoirCircuit } from '../../scripts/scenario/noir.ts';
import { binaries, binary, repository } from '../../scripts/scenario/paths.ts';
import { output, run, type Finished } from '../../scripts/scenario/processes.ts';
import { temporaryFolder } from './environment.ts';

const folder = temporaryFolder('ultrahonk');
const versions = ['3.0', '5.0'] as const;
const flavours = ['plain', 'zk'] as const;
const campaign = process.env['ENSHRINE_CAMPAIGN'] === '1';
const count = Number(process.env['ENSHRINE_PROOFS'] ?? (campaign ? 100 : 2));
const seed = Number(process.env['ENSHRINE_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
const wordBytes = 32;
const order = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001n;
const doesNotHold = /does not hold for these public inputs/;

const data = (version: BbVersion, name: string): string => join(repository, 'enshrine', 'prover_files', 'testdata', `bb_${version}_${name}`);
function filesOf(version: BbVersion, circuit: string, flavour: Flavour): NoirProof {
  return { key: data(version, `${circuit}.vk`), proof: data(version, `${circuit}_${flavour}.proof`), inputs: data(version, `${circuit}.public_inputs`) };
}
function verify(files: NoirProof, flavour: Flavour, srs?: string): Promise<Finished> {
  return run(binary('enshrine'), ['proof', 'verify', '--kind', 'ultrahonk', '--honk-flavour', flavour, ...(srs === undefined ? [] : ['--srs-g2', srs]),
    '--vk', files.key, '--proof', files.proof, '--public', files.inputs]);
}
const size = (path: string): number => readFileSync(path).length;
function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}
/** A copy of a file with one byte changed. */
function damaged(path: string, at: number): string {
  const bytes = readFileSync(path);
  bytes[at] = bytes[at]! ^ 1;
  return written('damaged', bytes);
}

for (const version of versions) {
  describe(`ultrahonk on files of bb ${version}`, () => {
    const point = data(version, 'srs_point');
    it('accepts proofs, and the pairing points of proofs inside of them', async () => {
      for (const circuit of ['square', 'zoo', 'recursive']) {
        for (const flavour of flavours) {
          const finished = await verify(filesOf(version, circuit, flavour), flavour, point);
          assert.equal(finished.status, 0, finished.stderr);
          assert.match(finished.stdout, /accepted/);
          assert.match(finished.stdout, new RegExp(`bb ${version}`));
        }
      }
      const json = { key: data(version, 'square_vk.json'), proof: data(version, 'square_proof.json'), inputs: data(version, 'square_public_inputs.json') };
      assert.equal((await verify(json, 'zk', point)).status, 0);
    });

    it('refuses what is not proven, and says why', async () => {
      const files = filesOf(version, 'zoo', 'zk');
      const [masked, plain] = [size(files.proof), size(filesOf(version, 'zoo', 'plain').proof)];
      for (const [changed, reason] of [
        [{ ...files, inputs: damaged(files.inputs, 31) }, doesNotHold],
        [{ ...files, inputs: data(version, 'square.public_inputs') }, doesNotHold],
        [{ ...files, inputs: '/dev/null' }, /number of public inputs/],
        [{ ...files, proof: data(version, 'zoo_plain.proof') }, new RegExp(`zoo_plain\\.proof: expected ${masked} bytes, got ${plain}, which is a plain proof`)],
        [{ ...files, key: data(version, 'recursive.vk') }, new RegExp(`expected \\d+ bytes, got ${masked}`)],
      ] as const) {
        const finished = await verify(changed, 'zk', point);
        assert.equal(finished.status, 1, finished.stdout);
        assert.match(finished.stderr, reason);
      }
      for (const at of [31, 16 * wordBytes + 31, masked / 2, masked - 1]) {
        assert.equal((await verify({ ...files, proof: damaged(files.proof, at) }, 'zk', point)).status, 1, `byte ${at}`);
      }
      // Without the option the SRS is that of Aztec's ceremony.
      assert.equal((await verify(files, 'zk')).status, 1);
    });

    it('tells a file that it cannot use from one that it refuses', async () => {
      const files = filesOf(version, 'square', 'plain');
      assert.equal((await verify({ ...files, key: '/dev/null' }, 'plain', point)).status, 2);
      assert.equal((await verify({ ...files, inputs: files.proof.replace('.proof', '.none') }, 'plain', point)).status, 2);
      assert.equal((await verify(files, 'plain', files.key)).status, 2);
      assert.equal((await verify({ ...files, key: damaged(files.key, 94) }, 'plain', point)).status, 2);
    });

    it('shows what a key is for', async () => {
      const finished = await run(binary('enshrine'), ['proof', 'inspect', '--kind', 'ultrahonk', data(version, 'recursive.vk'), '--json']);
      assert.equal(finished.status, 0, finished.stderr);
      const shown = JSON.parse(finished.stdout) as Record<string, unknown>;
      assert.deepEqual([shown['version'], shown['flavour'], shown['logSize'], shown['publicInputs'], shown['srs']],
        [`bb ${version}`, 'zero-knowledge', 20, 3, "Aztec's"]);
    });
  });
}

describe("ultrahonk on files of bb 3.0 with Aztec's ceremony", () => {
  it('accepts proofs of both flavours for their own statement', async () => {
    for (const flavour of flavours) {
      const files = filesOf('3.0', 'aztec_square', flavour);
      const accepted = await verify(files, flavour);
      assert.equal(accepted.status, 0);
      // [HONK.20]
      assert.equal(/^warning +IProofVerifier takes no such key: .*anyone can make one of any statement/m.test(accepted.stdout), flavour === 'zk');
      const other = await verify({ ...files, inputs: damaged(files.inputs, 95) }, flavour);
      assert.equal(other.status, 1);
      assert.match(other.stderr, doesNotHold);
    }
  });
});

for (const version of versions) {
  describe(`ultrahonk on fresh proofs of bb ${version}`, () => {
    let bb: Bb;
    let square: NoirCircuit;
    before(async () => {
      const points = campaign ? 2 ** 20 + 1 : 1024;
      bb = await Bb.setUp(version, await writeSrs(join(folder, `srs_${version}`), points, 1 + Math.floor(Math.random() * 2 ** 48)));
      square = await NoirCircuit.setUp('square', bb, folder);
    }, { timeout: 1_200_000 });
    after(() => bb.stop());
    const point = (): string => srsPoint(bb.srs);
    const accepts = async (files: NoirProof, flavour: Flavour): Promise<void> => {
      const finished = await verify(files, flavour, point());
      assert.equal(finished.status, 0, finished.stdout + finished.stderr);
    };
    const refuses = async (files: NoirProof, flavour: Flavour, reason: RegExp): Promise<void> => {
      const finished = await verify(files, flavour, point());
      assert.equal(finished.status, 1, finished.stdout + finished.stderr);
      assert.match(finished.stderr, reason);
    };

    for (const flavour of flavours) {
      it(`accepts ${count} ${flavour} proofs, each for its own statement alone`, { timeout: 1_800_000 }, async () => {
        let last = await square.prove(flavour);
        for (let i = 0; i < count; i++) {
          const fresh = await square.prove(flavour);
          await accepts(fresh, flavour);
          await refuses({ ...fresh, inputs: last.inputs }, flavour, doesNotHold);
          await refuses({ ...fresh, inputs: damaged(fresh.inputs, wordBytes * (i % 3) + 31) }, flavour, doesNotHold);
          await refuses({ ...fresh, proof: last.proof }, flavour, doesNotHold);
          await refuses({ ...fresh, key: data(version, 'aztec_square.vk').replace('bb_5.0', 'bb_3.0') }, flavour, version === '3.0' ? doesNotHold : /expected \d+ bytes, got/);
          await refuses(fresh, flavour === 'plain' ? 'zk' : 'plain', /which is a (plain|zero-knowledge) proof/);
          last = fresh;
        }
      });
    }

    it('accepts proofs of every gate, and of a proof', { skip: !campaign, timeout: 1_800_000 }, async () => {
      const zoo = await NoirCircuit.setUp('zoo', bb, folder);
      const recursive = await NoirCircuit.setUp('recursive', bb, folder);
      const inner = inputsOfRecursion(await square.prove('inner'));
      for (const flavour of flavours) {
        await accepts(await zoo.prove(flavour), flavour);
        await accepts(await recursive.prove(flavour, inner), flavour);
      }
    });
  });
}

/** Numbers below a limit that a seed decides. */
class Random {
  #state: bigint;
  constructor(start: number) {
    this.#state = BigInt(start) + 1n;
  }
  below(limit: number): number {
    this.#state = (this.#state * 6364136223846793005n + 1442695040888963407n) % (1n << 64n);
    return Number((this.#state >> 24n) % BigInt(limit));
  }
}

interface Case extends Claim { name: string }
/** Everything that can be wrong with the words of one file. Where that leaves them as they are, there is no case. */
function damage(part: keyof Claim, bytes: Uint8Array, random: Random): [string, Uint8Array][] {
  return [...changes(part, bytes, random)].filter(([, changed]) => Buffer.compare(changed, bytes) !== 0);
}
function* changes(part: keyof Claim, bytes: Uint8Array, random: Random): Generator<[string, Uint8Array]> {
  const words = wordsOf(bytes);
  const number = (word: Uint8Array): bigint => BigInt(`0x${Buffer.from(word).toString('hex')}`);
  const changed = (at: number, value: bigint): Uint8Array => {
    const out = Uint8Array.from(bytes);
    out.set(Buffer.from(value.toString(16).padStart(2 * wordBytes, '0'), 'hex'), wordBytes * at);
    return out;
  };
  for (const [at, word] of words.entries()) {
    yield [`${part} ${at}: a bit`, changed(at, number(word) ^ (1n << BigInt(random.below(253))))];
    yield [`${part} ${at}: one more`, changed(at, (number(word) + 1n) % order)];
    yield [`${part} ${at}: zero`, changed(at, 0n)];
    if (number(word) + order < 1n << 256n) yield [`${part} ${at}: not reduced`, changed(at, number(word) + order)];
    const other = random.below(words.length);
    const swapped = Uint8Array.from(bytes);
    swapped.set(words[other]!, wordBytes * at);
    swapped.set(word, wordBytes * other);
    yield [`${part} ${at}: swapped with ${other}`, swapped];
    if (at + 3 < words.length) {
      const points = Uint8Array.from(bytes);
      points.set(bytes.subarray(wordBytes * (at + 2), wordBytes * (at + 4)), wordBytes * at);
      yield [`${part} ${at}: the next point instead`, points];
      yield [`${part} ${at}: infinity`, Uint8Array.from(bytes, (byte, i) => (i >= wordBytes * at && i < wordBytes * (at + 2) ? 0 : byte))];
    }
  }
  yield [`${part}: a word less`, bytes.slice(0, -wordBytes)];
  yield [`${part}: a word more`, Uint8Array.of(...bytes, ...new Uint8Array(wordBytes))];
  yield [`${part}: nothing`, new Uint8Array(0)];
}

describe("ultrahonk beside bb's own verifier", { skip: !campaign }, () => {
  for (const version of versions) {
    for (const flavour of flavours) {
      it(`says the same of valid and damaged ${flavour} proofs of bb ${version} (ENSHRINE_SEED=${seed})`, { timeout: 3_000_000 }, async () => {
        const random = new Random(seed);
        const bb = await Bb.setUp(version, await writeSrs(join(folder, `beside_${version}_${flavour}`), 2 ** 16 + 1, 1 + random.below(2 ** 40)));
        const square = await NoirCircuit.setUp('square', bb, bb.srs);
        const claimOf = (files: NoirProof): Claim => ({ key: readFileSync(files.key), proof: readFileSync(files.proof), inputs: readFileSync(files.inputs) });
        const onlyBb = new Map<string, number>();
        const verdicts = { cases: 0, both: 0, neither: 0, askedAgain: 0 };
        const judge = async ({ name, ...claim }: Case, good = false): Promise<void> => {
          const files = { key: written('key', claim.key), proof: written('proof', claim.proof), inputs: written('inputs', claim.inputs) };
          const ours = await verify(files, flavour, srsPoint(bb.srs));
          assert.ok([0, 1, 2].includes(ours.status), `${name}: status ${ours.status}, ${ours.stderr}`);
          let theirs = await bb.verifies(flavour, claim);
          if (theirs !== (ours.status === 0)) {
            // A bb that has refused other claims, by exceptions, is now and then wrong of the next one. One that has not is asked.
            await bb.stop();
            const fresh = await bb.verifies(flavour, claim);
            if (fresh !== theirs) verdicts.askedAgain += 1;
            theirs = fresh;
          }
          assert.ok(ours.status !== 0 || theirs, `${name}: we alone accept`);
          assert.equal(ours.status === 0, good, `${name}: ${ours.stderr}`);
          verdicts.cases += 1;
          if (ours.status === 0) verdicts.both += 1;
          else if (!theirs) verdicts.neither += 1;
          else {
            const what = `${name.replace(/ \d+/g, '')}: ${ours.stderr.trim().replace(/^enshrine: (\S*: )?/, '')}`;
            onlyBb.set(what, (onlyBb.get(what) ?? 0) + 1);
          }
        };
        const valid = claimOf(await square.prove(flavour));
        const accepted = async (): Promise<void> => { await judge({ name: 'valid', ...valid }, true); };
        await accepted();
        for (const part of ['inputs', 'proof', 'key'] as const) {
          for (const [name, bytes] of damage(part, valid[part], random)) await judge({ ...valid, name, [part]: bytes });
          await accepted();
        }
        // Fresh ones, whose files do not go together, and with one bit of each that is wrong.
        for (let i = 0; i < count; i++) {
          const fresh = claimOf(await square.prove(flavour));
          await judge({ name: 'fresh', ...fresh }, true);
          for (const part of ['inputs', 'proof'] as const) {
            await judge({ ...fresh, name: `${part} of another`, [part]: valid[part] });
            const flipped = Uint8Array.from(fresh[part]);
            const at = random.below(flipped.length);
            flipped[at] = flipped[at]! ^ (1 << random.below(8));
            await judge({ ...fresh, name: `${part}: any bit`, [part]: flipped });
          }
        }
        const zoo = claimOf(await (await NoirCircuit.setUp('zoo', bb, bb.srs)).prove(flavour));
        await judge({ name: 'zoo', ...zoo }, true);
        for (const part of ['inputs', 'proof', 'key'] as const) {
          await judge({ ...zoo, name: `zoo with another's ${part}`, [part]: valid[part] });
          for (const [name, bytes] of damage(part, zoo[part], random).filter(() => random.below(8) === 0)) await judge({ ...zoo, name, [part]: bytes });
        }
        await judge({ name: 'zoo', ...zoo }, true);
        await bb.stop();
        console.log(`bb ${version} ${flavour}: ${verdicts.cases} cases, ${verdicts.both} accepted by both, ${verdicts.neither} by neither, ${verdicts.askedAgain} where bb changed its mind, by bb alone:`, Object.fromEntries(onlyBb));
      });
    }
  }
});

describe("ultrahonk beside bb's Solidity verifier", { skip: !campaign }, () => {
  for (const flavour of flavours) {
    it(`says the same of valid and damaged ${flavour} proofs (ENSHRINE_SEED=${seed})`, { timeout: 1_800_000 }, async () => {
      const root = join(folder, `agreement_${flavour}`);
      cpSync(join(repository, 'tools', 'bb_fixtures', 'agreement'), root, { recursive: true });
      await output(join(binaries, '..', 'tools', 'write_honk_cases'), [root, String(seed)]);
      cpSync(join(root, `${flavour}.cases`), join(root, 'cases'));
      mkdirSync(join(root, 'src'));
      const source = await solidityVerifier(join(root, `${flavour}.vk`), flavour, readFileSync(join(root, `${flavour}.srs_point`)), root);
      writeFileSync(join(root, 'src', 'HonkVerifier.sol'), source);
      const finished = await run(join(repository, 'node_modules', '@foundry-rs', 'forge-linux-amd64', 'bin', 'forge'),
        ['test', '--offline', '--root', root, '--use', join(repository, 'tools', 'solc_shim.mjs'), '-vv'],
        { timeoutMs: 1_500_000, env: { HOME: root, PATH: dirname(process.execPath) + delimiter + (process.env['PATH'] ?? '') } });
      assert.equal(finished.status, 0, finished.stdout + finished.stderr);
      console.log(finished.stdout.match(/cases: \d+|accepted: \d+/g)?.join(', '));
    });
  }
});
