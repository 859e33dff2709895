// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Aztec's bb in two versions: its prover and its own verifier, with a reference string of ours. Compiler and prover
// have 200 MB a version, so they are installed where they are asked for first, into build/noir, from the lock files of
// tools/bb_fixtures.
//
// 5.0 proves by its binary. That of 3.0 asks for a newer C library than Debian 12 has, so 3.0 proves as WebAssembly in
// this process. There both verify too: their binaries know Aztec's ceremony alone, and so does the WebAssembly until
// what it holds of that ceremony is replaced. Nothing else of it is.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { binaries, repository } from './paths.ts';
import { output } from './processes.ts';

export type BbVersion = '3.0' | '5.0';
export type Flavour = 'plain' | 'zk';
/** `inner` is for proofs that a circuit verifies. */
export type Target = Flavour | 'inner';
export type Format = 'binary' | 'json';

/** Paths of the files that bb writes. */
export interface NoirProof {
  key: string;
  proof: string;
  inputs: string;
}

/** What a verifier is given, as bytes of bb's files. */
export interface Claim {
  key: Uint8Array;
  proof: Uint8Array;
  inputs: Uint8Array;
}

const sources = join(repository, 'tools', 'bb_fixtures');
const targets: Record<Target, string> = { plain: 'evm-no-zk', zk: 'evm', inner: 'noir-recursive' };
const wordBytes = 32;
const pointBytes = 64;

const aztecPoint = [
  '0x260e01b251f6f1c7e7ff4e580791dee8ea51d87a358e038b4efe30fac09383c1',
  '0x0118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0',
  '0x04fc6369f7110fe3d25156c1bb9a72859cf2a04641f99ba4ee413c80da6a5fe4',
  '0x22febda3c0c0632a56475b4214e5615e11e6dd3f96e6cea2854a87d4dacc5e55',
];
/** [x]_1 of Aztec's ceremony. */
const aztecPower = '2d360628289ff943ff6bd1a87bbe4e62abe7fb61ba83effd266f22bdcf31e6f926b92a79e563c3f48252cce7feeca2f0f8d33dcb4ef7b0643bf07bd405700aaa';
/** The pairing points that bb 3.0 has a circuit carry that verifies no proof; they agree with Aztec's ceremony alone. */
const aztecPair = [
  0x031e97a575e9d05a107acb64952ecab75c020998797da7842ab5d6d1986846cfn,
  0x178cbf4206471d722669117f9758a4c410db10a01750aebb5666547acf8bd5a4n,
  0x0f94656a2ca489889939f81e9c74027fd51009034b3357f0e91b8a11e7842c38n,
  0x1b52c2020d7464a0c80c0da527a08193fe27776f50224bd6fb128b46c1ddb67fn,
];
const coordinateModulus = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47n;

/** What is used of a package that is not there when types are checked. */
interface Settings { ipaAccumulation: boolean; oracleHashType: 'keccak' | 'poseidon2'; disableZk: boolean; optimizedSolidityVerifier: boolean }
interface Circuit { name: string; bytecode: Uint8Array; verificationKey: Uint8Array }
interface Api {
  srsInitSrs(srs: { pointsBuf: Uint8Array; numPoints: number; g2Point: Uint8Array }): Promise<unknown>;
  circuitProve(of: { witness: Uint8Array; circuit: Circuit; settings: Settings }): Promise<{ proof: Uint8Array[]; publicInputs: Uint8Array[] }>;
  circuitComputeVk(of: { circuit: Circuit; settings: Settings }): Promise<{ bytes: Uint8Array; hash: Uint8Array }>;
  circuitVerify(of: { verificationKey: Uint8Array; publicInputs: Uint8Array[]; proof: Uint8Array[]; settings: Settings }): Promise<{ verified: boolean }>;
  destroy(): Promise<void>;
}
interface Backends { createAsyncBackend(type: 'Wasm', options: { threads: number; wasmPath: string }, log: () => void): Promise<Api> }

const installed = (version: BbVersion): string => join(repository, 'build', 'noir', version);
const packageOf = (version: BbVersion): string => join(installed(version), 'node_modules', '@aztec', 'bb.js');
const binaryOf = (version: BbVersion): string => join(packageOf(version), 'build', 'amd64-linux', 'bb');

async function install(version: BbVersion): Promise<void> {
  const folder = installed(version);
  if (existsSync(join(folder, 'installed'))) return;
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(sources, version, file), join(folder, file));
  copyFileSync(join(repository, '.npmrc'), join(folder, '.npmrc'));
  await output('npm', ['ci', '--omit=optional'], { cwd: folder, timeoutMs: 600_000 });
  writeFileSync(join(folder, 'installed'), '');
}

/** A structured reference string with `count` points, in a folder; who knows `secret` can prove anything. */
export async function writeSrs(folder: string, count: number, secret: number): Promise<string> {
  await output(join(binaries, '..', 'tools', 'write_srs'), [folder, String(count), String(secret)], { timeoutMs: 600_000 });
  return folder;
}

export const srsPoint = (srs: string): string => join(srs, 'srs_point');

/** bb's own verifier for a key of 5.0 in its form, which takes the given [x]_2 in place of that of Aztec's ceremony. */
export async function solidityVerifier(key: string, flavour: Flavour, point: Buffer, folder: string): Promise<string> {
  await install('5.0');
  const path = join(folder, 'HonkVerifier.sol');
  await output(binaryOf('5.0'), ['write_solidity_verifier', '-k', key, '-t', targets[flavour], '-o', path]);
  let source = readFileSync(path, 'utf8');
  aztecPoint.forEach((coordinate, i) => {
    if (!source.includes(coordinate)) throw new Error(`${path}: does not name ${coordinate}`);
    source = source.replaceAll(coordinate, `0x${point.subarray(32 * i, 32 * i + 32).toString('hex')}`);
  });
  return source;
}

/** bb has the coordinate without u of each pair first. */
function pointOfBb(point: Buffer): Buffer {
  return Buffer.concat([1, 0, 3, 2].map((word) => point.subarray(wordBytes * word, wordBytes * (word + 1))));
}

/** Four coordinates as they lie in WebAssembly: little-endian, times 2^261. */
function montgomery(coordinates: bigint[]): Buffer {
  return Buffer.concat(coordinates.map((each) => {
    const digits = ((each << 261n) % coordinateModulus).toString(16).padStart(2 * wordBytes, '0');
    return Buffer.from(digits, 'hex').reverse();
  }));
}

/** bb's WebAssembly for another ceremony. */
function forCeremony(version: BbVersion, wasm: Buffer, power: Buffer, point: Buffer): Buffer {
  if (power.toString('hex') === aztecPower) return wasm;
  const numbers = (bytes: Buffer): bigint[] => [0, wordBytes].map((at) => BigInt(`0x${bytes.subarray(at, at + wordBytes).toString('hex')}`));
  const digest = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
  const [from, to] = version === '3.0'
    // A pair (P', W') with e(P', [1]_2) e(W', [x]_2) = 1: [x]_1 and -[1]_1.
    ? [montgomery(aztecPair), montgomery([...numbers(power), 1n, coordinateModulus - 2n])]
    : [Buffer.concat([digest(pointOfBb(Buffer.from(aztecPoint.map((each) => each.slice(2)).join(''), 'hex'))), Buffer.from(aztecPower, 'hex')]),
      Buffer.concat([digest(pointOfBb(point)), power])];
  const out = Buffer.from(wasm);
  let found = 0;
  for (let at = out.indexOf(from); at >= 0; at = out.indexOf(from, at + 1), found += 1) to.copy(out, at);
  if (found === 0) throw new Error(`bb ${version}: holds no ${from.toString('hex').slice(0, 16)}… of Aztec's ceremony`);
  return out;
}

export const wordsOf = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / wordBytes) }, (_, i) => bytes.slice(wordBytes * i, wordBytes * (i + 1)));
const jsonOf = (bytes: Uint8Array): string[] => wordsOf(bytes).map((word) => `0x${Buffer.from(word).toString('hex')}`);

function settings(target: Target): Settings {
  return {
    ipaAccumulation: false, oracleHashType: target === 'inner' ? 'poseidon2' : 'keccak', disableZk: target === 'plain', optimizedSolidityVerifier: false,
  };
}

export class Bb {
  readonly version: BbVersion;
  readonly srs: string;
  #api: Api | undefined;

  private constructor(version: BbVersion, srs: string) {
    this.version = version;
    this.srs = srs;
  }

  static async setUp(version: BbVersion, srs: string): Promise<Bb> {
    await install(version);
    return new Bb(version, srs);
  }

  load<T>(path: string): Promise<T> {
    return import(pathToFileURL(join(installed(this.version), 'node_modules', path)).href) as Promise<T>;
  }

  /** Proves what a compiled circuit (JSON with base64 of gzip) says of a witness (gzip) into files of a folder. */
  async prove(target: Target, circuit: string, witness: Uint8Array, out: string, format: Format): Promise<NoirProof> {
    const end = format === 'json' ? '.json' : '';
    const files = { key: join(out, `vk${end}`), proof: join(out, `proof${end}`), inputs: join(out, `public_inputs${end}`) };
    if (this.version === '5.0') {
      writeFileSync(join(out, 'witness.gz'), witness);
      await output(binaryOf('5.0'),
        ['prove', '-t', targets[target], '--write_vk', '--output_format', format, '-c', this.srs,
          '-b', circuit, '-w', join(out, 'witness.gz'), '-o', out], { timeoutMs: 1_200_000 });
      return files;
    }
    const { bytecode } = JSON.parse(readFileSync(circuit, 'utf8')) as { bytecode: string };
    const given = {
      circuit: { name: 'circuit', bytecode: new Uint8Array(gunzipSync(Buffer.from(bytecode, 'base64'))), verificationKey: new Uint8Array(0) },
      settings: settings(target),
    };
    const api = await this.#wasm();
    const key = await api.circuitComputeVk(given);
    const proof = await api.circuitProve({ ...given, witness: new Uint8Array(gunzipSync(witness)) });
    for (const [path, name, bytes] of [
      [files.key, 'vk', key.bytes], [files.proof, 'proof', Buffer.concat(proof.proof)], [files.inputs, 'publicInputs', Buffer.concat(proof.publicInputs)],
    ] as const) {
      writeFileSync(path, format === 'json' ? JSON.stringify({ [name]: jsonOf(bytes) }) : bytes);
    }
    writeFileSync(join(out, 'vk_hash'), key.hash);
    return files;
  }

  /** What bb says of a claim for one of the two targets that L1s verify. */
  async verifies(flavour: Flavour, claim: Claim): Promise<boolean> {
    const api = await this.#wasm();
    try {
      const given = { verificationKey: claim.key, publicInputs: wordsOf(claim.inputs), proof: wordsOf(claim.proof), settings: settings(flavour) };
      return (await api.circuitVerify(given)).verified;
    } catch (error) {
      if (error instanceof Error && error.name === 'RuntimeError') await this.stop();  // WebAssembly that stopped halfway does not go on
      return false;
    }
  }

  async stop(): Promise<void> {
    const api = this.#api;
    this.#api = undefined;
    await api?.destroy();
  }

  async #wasm(): Promise<Api> {
    if (this.#api !== undefined) return this.#api;
    const build = join(packageOf(this.version), 'dest', 'node');
    const points = readFileSync(join(this.srs, 'bn254_g1.dat'));
    const point = readFileSync(srsPoint(this.srs));
    const wasmPath = join(this.srs, `bb_${this.version}.wasm.gz`);
    if (!existsSync(wasmPath)) {
      const wasm = gunzipSync(readFileSync(join(build, 'barretenberg_wasm', 'barretenberg-threads.wasm.gz')));
      writeFileSync(wasmPath, gzipSync(forCeremony(this.version, wasm, points.subarray(pointBytes, 2 * pointBytes), point), { level: 1 }));
    }
    const { createAsyncBackend } = await import(pathToFileURL(join(build, 'bb_backends', 'node', 'index.js')).href) as Backends;
    const api = await createAsyncBackend('Wasm', { threads: 2, wasmPath }, () => undefined);
    await api.srsInitSrs({ pointsBuf: new Uint8Array(points), numPoints: points.length / pointBytes, g2Point: new Uint8Array(pointOfBb(point)) });
    this.#api = api;
    return api;
  }
}
