// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Circuits in Noir, compiled and proven in the run by the compiler and the bb of a version.
import { createECDH, createHash, createPrivateKey, randomBytes, sign } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordsOf, type Bb, type Format, type NoirProof, type Target } from './bb.ts';
import { repository } from './paths.ts';

export type CircuitName = 'square' | 'zoo' | 'recursive';
export type Inputs = Record<string, string | string[] | number[]>;

const circuits = join(repository, 'tools', 'bb_fixtures', 'circuits');
const order = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001n;

/** What is used of the two packages, which are not there when types are checked. */
interface Compiled { bytecode: string }
interface NoirWasm {
  createFileManager(folder: string): unknown;
  compile_program(files: unknown, entry: undefined, log: () => void, debug: () => void): Promise<{ program: Compiled }>;
}
interface NoirJs {
  Noir: new (circuit: Compiled) => { execute(inputs: Inputs): Promise<{ witness: Uint8Array }> };
}

export class NoirCircuit {
  readonly name: CircuitName;
  readonly #bb: Bb;
  readonly #folder: string;
  readonly #compiled: Compiled;
  #made = 0;

  private constructor(name: CircuitName, bb: Bb, folder: string, compiled: Compiled) {
    this.name = name;
    this.#bb = bb;
    this.#folder = folder;
    this.#compiled = compiled;
  }

  static async setUp(name: CircuitName, bb: Bb, under: string): Promise<NoirCircuit> {
    const folder = join(under, `${name}_${bb.version}`);
    cpSync(join(circuits, name), folder, { recursive: true });
    // What a circuit is written differently for with each compiler.
    copyFileSync(join(circuits, `dialect_${bb.version}.nr`), join(folder, 'src', 'dialect.nr'));
    const { createFileManager, compile_program } = await bb.load<NoirWasm>('@noir-lang/noir_wasm/dist/node/main.js');
    const quiet = (): void => undefined;
    const compiled = await compile_program(createFileManager(folder), undefined, quiet, quiet);
    writeFileSync(join(folder, 'circuit.json'), JSON.stringify(compiled.program));
    return new NoirCircuit(name, bb, folder, compiled.program);
  }

  /** A proof of these inputs; of random ones when there are none. */
  async prove(target: Target, inputs: Inputs = randomInputs(this.name), format: Format = 'binary'): Promise<NoirProof> {
    const { Noir } = await this.#bb.load<NoirJs>('@noir-lang/noir_js/lib/index.mjs');
    const out = join(this.#folder, `${target}_${this.#made++}`);
    mkdirSync(out);
    const { witness } = await new Noir(this.#compiled).execute(inputs);
    return this.#bb.prove(target, join(this.#folder, 'circuit.json'), witness, out, format);
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
  const words = (path: string): string[] => wordsOf(readFileSync(path)).map((word) => `0x${Buffer.from(word).toString('hex')}`);
  return { key: words(inner.key), proof: words(inner.proof), inputs: words(inner.inputs), key_hash: words(join(inner.key, '..', 'vk_hash'))[0]! };
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
