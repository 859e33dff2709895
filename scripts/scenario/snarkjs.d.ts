// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// What the tests use of snarkjs, which comes without types.
declare module 'snarkjs' {
  /** A file on disk, or one in memory. */
  type FileLike = string | { type: 'mem'; data?: Uint8Array };
  type Signals = Record<string, string | string[]>;
  interface Curve {
    r: bigint;
    q: bigint;
    terminate(): Promise<void>;
  }
  export const curves: { getCurveFromName(name: string): Promise<Curve> };
  export const powersOfTau: {
    newAccumulator(curve: Curve, power: number, out: FileLike): Promise<unknown>;
    contribute(from: FileLike, out: FileLike, name: string, entropy: string): Promise<unknown>;
    preparePhase2(from: FileLike, out: FileLike): Promise<unknown>;
  };
  export const zKey: {
    newZKey(r1cs: FileLike, ptau: FileLike, out: FileLike): Promise<unknown>;
    contribute(from: FileLike, out: FileLike, name: string, entropy: string): Promise<unknown>;
    exportVerificationKey(zkey: FileLike): Promise<Record<string, unknown>>;
  };
  interface Prover {
    fullProve(input: Signals, wasm: FileLike, zkey: FileLike): Promise<{ proof: Record<string, unknown>; publicSignals: string[] }>;
    verify(key: unknown, publicSignals: string[], proof: unknown): Promise<boolean>;
  }
  interface ProverWithSetup extends Prover {
    setup(r1cs: FileLike, ptau: FileLike, out: FileLike): Promise<unknown>;
  }
  export const groth16: Prover;
  export const plonk: ProverWithSetup;
  export const fflonk: ProverWithSetup;
}
