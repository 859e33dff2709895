// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The compiled circuit and its development keys. They follow from the circuit's text alone and are made once for it, in
// a minute of computing.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as snarkjs from 'snarkjs';
import { output } from '../../../scripts/scenario/processes.ts';

const source = fileURLToPath(new URL('../circuit', import.meta.url));
const npmFile = (path: string): string => fileURLToPath(new URL(`../../../node_modules/${path}`, import.meta.url));

export interface CircuitFiles {
  folder: string;
  wasm: string;
  /** Constraints, and the names of their wires. */
  r1cs: string;
  symbols: string;
  /** circom's program that computes witnesses. */
  calculator: string;
  provingKey: string;
  /** snarkjs's JSON. */
  verifyingKey: string;
  /** SHA-256 of what the circuit is made of: the rollup's program, as far as the L1 is concerned. */
  digest: string;
}

function sources(): string[] {
  return readdirSync(source).filter((name) => name.endsWith('.circom')).sort();
}

/** What describes the circuit to the letter. */
export function circuitText(): Uint8Array {
  const versions = ['circom2', 'circomlib'].map((name) => {
    const { version } = JSON.parse(readFileSync(npmFile(`${name}/package.json`), 'utf8')) as { version: string };
    return `${name} ${version}\n`;
  });
  return Buffer.concat([Buffer.from(versions.join('')), ...sources().flatMap((name) => [Buffer.from(`${name}\n`), readFileSync(join(source, name))])]);
}

async function make(folder: string, enshrine: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const name of sources()) cpSync(join(source, name), join(folder, name));
  // The compiler reads only below its working folder.
  cpSync(npmFile('circomlib'), join(folder, 'circomlib'), { recursive: true, dereference: true });
  const timeoutMs = 900_000;
  await output(process.execPath, [npmFile('circom2/cli.js'), 'payments.circom', '--r1cs', '--sym', '--wasm', '--O2', '-l', '.'], { cwd: folder, timeoutMs });
  await output(enshrine, ['proof', 'development-setup', '--r1cs', join(folder, 'payments.r1cs'), '--zkey', join(folder, 'payments.zkey')], { timeoutMs });
  const compiled = join(folder, 'payments_js');
  renameSync(join(compiled, 'witness_calculator.js'), join(compiled, 'witness_calculator.cjs'));  // what it is
  rmSync(join(folder, 'circomlib'), { recursive: true });
  const key = await snarkjs.zKey.exportVerificationKey(join(folder, 'payments.zkey'));
  writeFileSync(join(folder, 'verification_key.json'), JSON.stringify(key, null, 1));
}

/** Makes the files in a folder of `cache` unless they are there. `enshrine` is the command line program. */
export async function circuitFiles(cache: string, enshrine: string): Promise<CircuitFiles> {
  const digest = createHash('sha256').update(circuitText()).digest('hex');
  const folder = join(cache, digest.slice(0, 16));
  const file = (...names: string[]): string => join(folder, ...names);
  const files: CircuitFiles = {
    folder,
    wasm: file('payments_js', 'payments.wasm'),
    r1cs: file('payments.r1cs'),
    symbols: file('payments.sym'),
    calculator: file('payments_js', 'witness_calculator.cjs'),
    provingKey: file('payments.zkey'),
    verifyingKey: file('verification_key.json'),
    digest,
  };
  const complete = (): boolean => Object.values({ ...files, digest: folder }).every((path) => existsSync(path));
  if (complete()) return files;
  const making = `${folder}.${process.pid}`;
  await make(making, enshrine);
  if (complete()) {
    rmSync(making, { recursive: true });  // somebody else was faster
    return files;
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(making, folder);
  return files;
}

export interface WitnessCalculator {
  calculateWitness(input: unknown, sanityCheck: boolean): Promise<bigint[]>;
  calculateWTNSBin(input: unknown, sanityCheck: boolean): Promise<Uint8Array>;
}

/** Computes witnesses in this process; throws for inputs that the circuit does not accept. */
export async function witnessCalculator(files: CircuitFiles): Promise<WitnessCalculator> {
  const program = createRequire(import.meta.url)(files.calculator) as (code: Uint8Array, options?: { logGetFunctions?: boolean }) => Promise<WitnessCalculator>;
  return program(readFileSync(files.wasm));
}
