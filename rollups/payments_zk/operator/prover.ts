// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Proofs of batches, by snarkjs.
import * as snarkjs from 'snarkjs';
import { groth16Proof } from '../../../sdk/typescript/src/index.ts';
import { witnessCalculator, type CircuitFiles, type WitnessCalculator } from './circuit_files.ts';

export interface Proven {
  /** As the L1 takes it: docs/spec/proofs/groth16.md [GROTH.6]. */
  proof: Uint8Array;
  /** The circuit's public inputs, decimal. */
  inputs: string[];
}

export class Prover {
  readonly #files: CircuitFiles;
  readonly #calculator: Promise<WitnessCalculator>;

  constructor(files: CircuitFiles) {
    this.#files = files;
    this.#calculator = witnessCalculator(files);
  }

  /** Throws when the circuit does not accept the witness, which is a fault of whoever made it. */
  async prove(witness: Record<string, unknown>): Promise<Proven> {
    const calculator = await this.#calculator;
    const data = await calculator.calculateWTNSBin(witness, true);
    const made = await snarkjs.groth16.prove(this.#files.provingKey, { type: 'mem', data });
    return { proof: groth16Proof(made.proof), inputs: made.publicSignals };
  }

  /** Ends the threads of snarkjs, which keep the process alive. */
  async end(): Promise<void> {
    await (await snarkjs.curves.getCurveFromName('bn128')).terminate();
  }
}
