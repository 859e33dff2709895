// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Keys and proofs of circom and snarkjs, made from nothing: circuit, powers of tau, key, witness, proof.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as snarkjs from 'snarkjs';
import { output } from './processes.ts';

export type CurveName = 'bn128' | 'bls12381';
export type ProofSystem = 'groth16' | 'plonk' | 'fflonk';

/** One output and two public inputs, of which the last may be zero; a cubic in the secret, three times. */
const circuit = `pragma circom 2.1.6;
template Chain() {
  signal input secret; signal input salt; signal input flag;
  signal output result;
  signal square[3]; signal value[4];
  value[0] <== secret + salt;
  for (var i = 0; i < 3; i++) {
    square[i] <== value[i] * value[i];
    value[i + 1] <== square[i] * value[i] + i;
  }
  result <== value[3];
  flag * (flag - 1) === 0;
}
component main {public [salt, flag]} = Chain();
`;
const power = 7;  // FFLONK asks for 9n + 18 powers of tau: n is 16, and 2^8 - 1 are made

export interface Statement {
  proof: Record<string, unknown>;
  publicSignals: string[];
}

/** The circuit compiled for one curve, and powers of tau: what the keys of every proof system are made from. */
export class Ceremony {
  readonly curve: CurveName;
  readonly #folder: string;

  private constructor(curve: CurveName, folder: string) {
    this.curve = curve;
    this.#folder = folder;
  }

  /** Of the circuit above, or of another one that is as small. */
  static async hold(folder: string, name: CurveName, text = circuit): Promise<Ceremony> {
    const out = new Ceremony(name, folder);
    writeFileSync(join(folder, `${name}.circom`), text);
    const compiler = fileURLToPath(new URL('../../node_modules/circom2/cli.js', import.meta.url));
    await output(process.execPath, [compiler, `${name}.circom`, '--r1cs', '--wasm', '-p', name], { cwd: folder });
    const curve = await snarkjs.curves.getCurveFromName(name);
    await snarkjs.powersOfTau.newAccumulator(curve, power, out.#file('0.ptau'));
    await snarkjs.powersOfTau.contribute(out.#file('0.ptau'), out.#file('1.ptau'), 'test', entropy());
    await snarkjs.powersOfTau.preparePhase2(out.#file('1.ptau'), out.#file('final.ptau'));
    return out;
  }

  /** A key and what proves for it. `phase2` false leaves the second phase of Groth16 out. */
  async circuit(system: ProofSystem, options: { phase2?: boolean } = {}): Promise<Circuit> {
    const r1cs = join(this.#folder, `${this.curve}.r1cs`);
    const wasm = join(this.#folder, `${this.curve}_js`, `${this.curve}.wasm`);
    const zkey = this.#file(`${system}.zkey`);
    if (system === 'groth16') {
      const phase1 = this.#file('phase1.zkey');
      await snarkjs.zKey.newZKey(r1cs, this.#file('final.ptau'), phase1);
      if (options.phase2 === false) return Circuit.of(system, wasm, phase1);
      await snarkjs.zKey.contribute(phase1, zkey, 'test', entropy());
    } else {
      await snarkjs[system].setup(r1cs, this.#file('final.ptau'), zkey);
    }
    return Circuit.of(system, wasm, zkey);
  }

  #file(end: string): string {
    return join(this.#folder, `${this.curve}_${end}`);
  }
}

export class Circuit {
  readonly system: ProofSystem;
  readonly key: Record<string, unknown>;
  readonly #wasm: string;
  readonly #zkey: string;

  private constructor(system: ProofSystem, key: Record<string, unknown>, wasm: string, zkey: string) {
    this.system = system;
    this.key = key;
    this.#wasm = wasm;
    this.#zkey = zkey;
  }

  static async of(system: ProofSystem, wasm: string, zkey: string): Promise<Circuit> {
    return new Circuit(system, await snarkjs.zKey.exportVerificationKey(zkey), wasm, zkey);
  }

  /** A proof of a random secret. */
  prove(flag: 0 | 1): Promise<Statement> {
    const random = (): string => BigInt(`0x${randomBytes(31).toString('hex')}`).toString();
    return this.proveFor({ secret: random(), salt: random(), flag: String(flag) });
  }

  /** A proof for these inputs of the circuit. */
  async proveFor(inputs: Record<string, string | string[]>): Promise<Statement> {
    const made = await snarkjs[this.system].fullProve(inputs, this.#wasm, this.#zkey);
    return { proof: made.proof, publicSignals: made.publicSignals };
  }
}

function entropy(): string {
  return randomBytes(32).toString('hex');
}

/** Ends the threads of snarkjs, which keep the process alive. */
export async function endProver(...names: CurveName[]): Promise<void> {
  for (const name of names) await (await snarkjs.curves.getCurveFromName(name)).terminate();
}
