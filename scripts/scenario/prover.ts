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

/** One output and two public inputs, of which the last may be zero; a cubic in the secret, thirteen times. */
const circuit = `pragma circom 2.1.6;
template Chain() {
  signal input secret; signal input salt; signal input flag;
  signal output result;
  signal square[13]; signal value[14];
  value[0] <== secret + salt;
  for (var i = 0; i < 13; i++) {
    square[i] <== value[i] * value[i];
    value[i + 1] <== square[i] * value[i] + i;
  }
  result <== value[13];
  flag * (flag - 1) === 0;
}
component main {public [salt, flag]} = Chain();
`;
const power = 7;  // 2^7 constraints hold the circuit

export interface Statement {
  proof: Record<string, unknown>;
  publicSignals: string[];
}

export class Circuit {
  readonly curve: CurveName;
  readonly key: Record<string, unknown>;
  readonly #wasm: string;
  readonly #zkey: string;

  private constructor(curve: CurveName, key: Record<string, unknown>, wasm: string, zkey: string) {
    this.curve = curve;
    this.key = key;
    this.#wasm = wasm;
    this.#zkey = zkey;
  }

  /** Compiles the circuit in a folder and runs both phases of the setup. `phase2` false leaves the second one out. */
  static async setUp(folder: string, name: CurveName, options: { phase2?: boolean } = {}): Promise<Circuit> {
    const file = (end: string): string => join(folder, `${name}_${end}`);
    const source = join(folder, `${name}.circom`);
    writeFileSync(source, circuit);
    const compiler = fileURLToPath(new URL('../../node_modules/circom2/cli.js', import.meta.url));
    await output(process.execPath, [compiler, `${name}.circom`, '--r1cs', '--wasm', '-p', name], { cwd: folder });
    const entropy = (): string => randomBytes(32).toString('hex');
    const curve = await snarkjs.curves.getCurveFromName(name);
    await snarkjs.powersOfTau.newAccumulator(curve, power, file('0.ptau'));
    await snarkjs.powersOfTau.contribute(file('0.ptau'), file('1.ptau'), 'test', entropy());
    await snarkjs.powersOfTau.preparePhase2(file('1.ptau'), file('final.ptau'));
    await snarkjs.zKey.newZKey(join(folder, `${name}.r1cs`), file('final.ptau'), file('0.zkey'));
    let zkey = file('0.zkey');
    if (options.phase2 ?? true) {
      await snarkjs.zKey.contribute(file('0.zkey'), file('1.zkey'), 'test', entropy());
      zkey = file('1.zkey');
    }
    const key = await snarkjs.zKey.exportVerificationKey(zkey);
    return new Circuit(name, key, join(folder, `${name}_js`, `${name}.wasm`), zkey);
  }

  /** A proof of a random secret. */
  async prove(flag: 0 | 1): Promise<Statement> {
    const random = (): string => BigInt(`0x${randomBytes(31).toString('hex')}`).toString();
    const made = await snarkjs.groth16.fullProve({ secret: random(), salt: random(), flag: String(flag) }, this.#wasm, this.#zkey);
    return { proof: made.proof as unknown as Record<string, unknown>, publicSignals: made.publicSignals };
  }
}

/** Ends the threads of snarkjs, which keep the process alive. */
export async function endProver(...names: CurveName[]): Promise<void> {
  for (const name of names) await (await snarkjs.curves.getCurveFromName(name)).terminate();
}
