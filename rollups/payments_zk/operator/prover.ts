// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Proofs of batches, by snarkjs.
import * as snarkjs from 'snarkjs';
import { witnessCalculator, type CircuitFiles, type WitnessCalculator } from './circuit_files.ts';

/** Decimal coordinates, as snarkjs writes them. */
export interface Groth16Proof {
  pi_a: string[];
  pi_b: string[][];
  pi_c: string[];
}
export interface Proven {
  proof: Groth16Proof;
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
    return { proof: made.proof as unknown as Groth16Proof, inputs: made.publicSignals };
  }

  /** Ends the threads of snarkjs, which keep the process alive. */
  async end(): Promise<void> {
    await (await snarkjs.curves.getCurveFromName('bn128')).terminate();
  }
}

/** A(x, y) ‖ B(x, y, the coordinate of u first) ‖ C(x, y): the proof as the L1 takes it. docs/spec/proofs/groth16.md [GROTH.6] */
export function proofBytes(proof: Groth16Proof): Uint8Array {
  const { pi_a: a, pi_b: b, pi_c: c } = proof;
  const numbers = [a[0], a[1], b[0]?.[1], b[0]?.[0], b[1]?.[1], b[1]?.[0], c[0], c[1]];
  return Buffer.from(numbers.map((number) => BigInt(number ?? 0).toString(16).padStart(64, '0')).join(''), 'hex');
}
