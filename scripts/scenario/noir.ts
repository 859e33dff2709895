// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Keys and proofs of Noir circuits, made by Aztec's bb. Compiler and prover have 200 MB, so they are installed where
// they are asked for first, into build/noir, from the lock file of tools/bb_fixtures.
import { createECDH, createHash, createPrivateKey, randomBytes, sign } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { binaries, repository } from './paths.ts';
import { output } from './processes.ts';

export type Flavour = 'plain' | 'zk';
export type CircuitName = 'square' | 'zoo' | 'recursive';
type Inputs = Record<string, string | string[] | number[]>;

/** Paths of the files that bb writes. */
export interface NoirProof {
  key: string;
  proof: string;
  inputs: string;
}

const sources = join(repository, 'tools', 'bb_fixtures');
const installed = join(repository, 'build', 'noir');
const targets: Record<Flavour | 'inner', string> = { plain: 'evm-no-zk', zk: 'evm', inner: 'noir-recursive' };
const order = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001n;

/** What is used of the two packages, which are not there when types are checked. */
interface Compiled { bytecode: string }
interface NoirWasm {
  createFileManager(folder: string): unknown;
  compile_program(files: unknown): Promise<{ program: Compiled }>;
}
interface NoirJs {
  Noir: new (circuit: Compiled) => { execute(inputs: Inputs): Promise<{ witness: Uint8Array }> };
}

async function install(): Promise<void> {
  if (existsSync(join(installed, 'installed'))) return;
  mkdirSync(installed, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(sources, file), join(installed, file));
  copyFileSync(join(repository, '.npmrc'), join(installed, '.npmrc'));
  await output('npm', ['ci', '--omit=optional'], { cwd: installed, timeoutMs: 600_000 });
  writeFileSync(join(installed, 'installed'), '');
}

function load<T>(path: string): Promise<T> {
  return import(pathToFileURL(join(installed, 'node_modules', path)).href) as Promise<T>;
}

/** A structured reference string with `count` points, in a folder; who knows `secret` can prove anything. */
export async function writeSrs(folder: string, count: number, secret: number): Promise<string> {
  await output(join(binaries, '..', 'tools', 'write_srs'), [folder, String(count), String(secret)], { timeoutMs: 600_000 });
  return folder;
}

export class NoirCircuit {
  readonly name: CircuitName;
  readonly #folder: string;
  readonly #srs: string;
  readonly #compiled: Compiled;
  #made = 0;

  private constructor(name: CircuitName, folder: string, srs: string, compiled: Compiled) {
    this.name = name;
    this.#folder = folder;
    this.#srs = srs;
    this.#compiled = compiled;
  }

  static async setUp(name: CircuitName, folder: string, srs: string): Promise<NoirCircuit> {
    await install();
    const { createFileManager, compile_program } = await load<NoirWasm>('@noir-lang/noir_wasm/dist/node/main.js');
    const compiled = await compile_program(createFileManager(join(sources, 'circuits', name)));
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'circuit.json'), JSON.stringify(compiled.program));
    return new NoirCircuit(name, join(folder, name), srs, compiled.program);
  }

  /** A proof of these inputs; of random ones when there are none. */
  async prove(target: Flavour | 'inner', inputs: Inputs = randomInputs(this.name), format: 'binary' | 'json' = 'binary'): Promise<NoirProof> {
    const { Noir } = await load<NoirJs>('@noir-lang/noir_js/lib/index.mjs');
    const out = join(this.#folder, `${target}_${this.#made++}`);
    mkdirSync(out);
    const { witness } = await new Noir(this.#compiled).execute(inputs);
    writeFileSync(join(out, 'witness.gz'), witness);
    await output(join(installed, 'node_modules', '@aztec', 'bb.js', 'build', 'amd64-linux', 'bb'),
      ['prove', '-t', targets[target], '--write_vk', '--output_format', format, '-c', this.#srs,
        '-b', join(this.#folder, 'circuit.json'), '-w', join(out, 'witness.gz'), '-o', out], { timeoutMs: 1_200_000 });
    const end = format === 'json' ? '.json' : '';
    return { key: join(out, `vk${end}`), proof: join(out, `proof${end}`), inputs: join(out, `public_inputs${end}`) };
  }
}

const random = (bytes: number): bigint => BigInt(`0x${randomBytes(bytes).toString('hex')}`);

export function randomInputs(name: CircuitName): Inputs {
  if (name === 'square') {
    const root = random(31);
    return { root: root.toString(), square: (root * root % order).toString(), salt: random(31).toString() };
  }
  if (name === 'zoo') {
    return { seed: random(31).toString(), index: (random(1)).toString(), a: random(8).toString(), b: random(8).toString(), ...signature() };
  }
  throw new Error(`${name}: has no random inputs`);
}

/** What `recursive` has to be told of a proof for the target `inner`. */
export function inputsOfRecursion(inner: NoirProof): Inputs {
  const words = (path: string): string[] => readFileSync(path).toString('hex').match(/.{64}/g)!.map((word) => `0x${word}`);
  return { key: words(inner.key), proof: words(inner.proof), inputs: words(inner.inputs), key_hash: words(`${inner.key}_hash`)[0]! };
}

/** A signature on secp256k1 of a random message, with the smaller s. */
function signature(): Inputs {
  const groupOrder = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const pair = createECDH('secp256k1');
  const point = pair.generateKeys();
  const coordinate = (from: number): string => point.subarray(from, from + 32).toString('base64url');
  const secret = createPrivateKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'secp256k1', x: coordinate(1), y: coordinate(33), d: pair.getPrivateKey().toString('base64url') },
  });
  const text = randomBytes(20);
  const signed = sign('sha256', text, { key: secret, dsaEncoding: 'ieee-p1363' });
  const s = BigInt(`0x${signed.subarray(32).toString('hex')}`);
  const smaller = s > groupOrder / 2n ? groupOrder - s : s;
  return {
    key_x: [...point.subarray(1, 33)],
    key_y: [...point.subarray(33)],
    signature: [...signed.subarray(0, 32), ...Buffer.from(smaller.toString(16).padStart(64, '0'), 'hex')],
    message: [...createHash('sha256').update(text).digest()],
  };
}
