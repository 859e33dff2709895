// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine proof` on proofs that circom and snarkjs make in this run, so that nothing can be tuned to files.
// ENSHRINE_PROOFS sets how many; the negative cases are inputs that snarkjs itself accepts or that broke other verifiers.
import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { binary } from '../../scripts/scenario/paths.ts';
import { Circuit, endProver, type CurveName, type Statement } from '../../scripts/scenario/prover.ts';
import { run } from '../../scripts/scenario/processes.ts';
import { temporaryFolder } from './environment.ts';

const count = Number(process.env['ENSHRINE_PROOFS'] ?? 20);
const folder = temporaryFolder('proofs');
const orders: Record<CurveName, bigint> = {
  bn128: 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001n,
  bls12381: 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n,
};
const moduli: Record<CurveName, bigint> = {
  bn128: 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47n,
  bls12381: 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn,
};

interface Verdict {
  status: number;
  reason: string;
}
async function verify(key: unknown, proof: unknown, inputs: unknown): Promise<Verdict> {
  const write = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const finished = await run(binary('enshrine'), ['proof', 'verify', '--kind', 'groth16', '--vk', write('key.json', key),
    '--proof', write('proof.json', proof), '--public', write('public.json', inputs)]);
  return { status: finished.status, reason: finished.stdout + finished.stderr };
}

const plus = (number: string, more: bigint): string => (BigInt(number) + more).toString();
const points = (statement: Statement): Record<string, string[]> => statement.proof as Record<string, string[]>;

for (const curve of ['bn128', 'bls12381'] as const) {
  describe(`groth16 on ${curve}`, () => {
    let circuit: Circuit;
    let statement: Statement;
    before(async () => {
      circuit = await Circuit.setUp(folder, curve);
      statement = await circuit.prove(0);
    }, { timeout: 600_000 });
    after(() => endProver(curve));

    it(`accepts ${count} fresh proofs, each for its own statement alone`, { timeout: 1_800_000 }, async () => {
      for (let i = 0; i < count; i++) {
        const fresh = await circuit.prove(i % 2 === 0 ? 0 : 1);
        const accepted = await verify(circuit.key, fresh.proof, fresh.publicSignals);
        assert.equal(accepted.status, 0, accepted.reason);
        const other = await verify(circuit.key, fresh.proof, statement.publicSignals);
        assert.equal(other.status, 1, other.reason);
        assert.match(other.reason, /does not hold/);
      }
    });

    it('refuses inputs that are missing, too many or not reduced', async () => {
      const inputs = statement.publicSignals;
      assert.equal(inputs[2], '0');
      for (const wrong of [inputs.slice(0, 2), [...inputs, '0'], []]) {
        const verdict = await verify(circuit.key, statement.proof, wrong);
        assert.equal(verdict.status, 1);
        assert.match(verdict.reason, /number of public inputs/);
      }
      for (let i = 0; i < 3; i++) {
        const lifted = inputs.map((input, k) => k === i ? plus(input, orders[curve]) : input);
        const verdict = await verify(circuit.key, statement.proof, lifted);
        assert.equal(verdict.status, 1);
        assert.match(verdict.reason, /not below/);
      }
    });

    it('refuses points in another form than the canonical one', async () => {
      const lifted = { ...statement.proof, pi_a: [plus(points(statement)['pi_a']![0]!, moduli[curve]), points(statement)['pi_a']![1], '1'] };
      const jacobian = (() => {  // (4x, 8y, 2) is the same point
        const [x, y] = points(statement)['pi_a']!.map(BigInt);
        return { ...statement.proof, pi_a: [(4n * x! % moduli[curve]).toString(), (8n * y! % moduli[curve]).toString(), '2'] };
      })();
      const infinity = { ...statement.proof, pi_a: ['0', '1', '0'] };
      for (const [proof, reason] of [[lifted, /pi_a: .*not below/], [jacobian, /pi_a: .*affine/], [infinity, /infinity/]] as const) {
        const verdict = await verify(circuit.key, proof, statement.publicSignals);
        assert.equal(verdict.status, 1, verdict.reason);
        assert.match(verdict.reason, reason);
      }
    });

    it('refuses a key whose second phase was left out, with a proof that snarkjs makes for it', { timeout: 600_000 }, async () => {
      const unsafe = await Circuit.setUp(folder, curve, { phase2: false });
      const proved = await unsafe.prove(1);
      const verdict = await verify(unsafe.key, proved.proof, proved.publicSignals);
      assert.equal(verdict.status, 1);
      assert.match(verdict.reason, /key\.json: two points of the key that must be independent/);
    });

    it('tells a file that it cannot use from one that it refuses', async () => {
      const { pi_c: _, ...incomplete } = statement.proof;
      const verdict = await verify(circuit.key, incomplete, statement.publicSignals);
      assert.equal(verdict.status, 2);
      assert.match(verdict.reason, /pi_c: missing/);
      assert.equal((await verify('no key', statement.proof, statement.publicSignals)).status, 2);
      assert.equal((await verify(circuit.key, statement.proof, { inputs: 5 })).status, 2);
    });
  });
}

describe('proof inspect', () => {
  it('shows what a key is for', async () => {
    const path = new URL('../../enshrine/prover_files/testdata/gnark_0.14_commitment.vk', import.meta.url).pathname;
    const finished = await run(binary('enshrine'), ['proof', 'inspect', '--kind', 'groth16', path, '--json']);
    assert.equal(finished.status, 0, finished.stderr);
    const shown = JSON.parse(finished.stdout) as Record<string, unknown>;
    assert.deepEqual([shown['curve'], shown['publicInputs'], shown['commitment'], shown['form']], ['bn254', 2, 'sha256', 'gnark (binary)']);
    assert.match(shown['keyId'] as string, /^0x[0-9a-f]{64}$/);
  });

  it('names the kinds that it knows', async () => {
    const finished = await run(binary('enshrine'), ['proof', 'inspect', '--kind', 'stark', '/dev/null']);
    assert.equal(finished.status, 2);
    assert.match(finished.stderr, /--kind: expected one of groth16, .*got "stark"/);
  });
});
