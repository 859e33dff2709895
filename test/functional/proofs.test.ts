// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine proof` on proofs that circom and snarkjs make in this run, so that nothing can be tuned to files.
// ENSHRINE_PROOFS sets how many of each kind (4; 100 with ENSHRINE_CAMPAIGN=1); the negative cases are inputs that
// snarkjs itself accepts or that broke other verifiers.
import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { binary } from '../../scripts/scenario/paths.ts';
import { Ceremony, endProver, type Circuit, type CurveName, type ProofSystem, type Statement } from '../../scripts/scenario/prover.ts';
import { run } from '../../scripts/scenario/processes.ts';
import { temporaryFolder } from './environment.ts';

const count = Number(process.env['ENSHRINE_PROOFS'] ?? (process.env['ENSHRINE_CAMPAIGN'] === '1' ? 100 : 4));
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
async function verify(kind: ProofSystem, key: unknown, proof: unknown, inputs: unknown): Promise<Verdict> {
  const write = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const finished = await run(binary('enshrine'), ['proof', 'verify', '--kind', kind, '--vk', write('key.json', key),
    '--proof', write('proof.json', proof), '--public', write('public.json', inputs)]);
  return { status: finished.status, reason: finished.stdout + finished.stderr };
}

const plus = (number: string, more: bigint): string => (BigInt(number) + more).toString();

/** The way to a point of G1 in the proof of a system, and to an evaluation. */
const places: Record<ProofSystem, { point: string[]; evaluation?: string[] }> = {
  groth16: { point: ['pi_a'] },
  plonk: { point: ['Wxi'], evaluation: ['eval_a'] },
  fflonk: { point: ['polynomials', 'W1'], evaluation: ['evaluations', 'ql'] },
};
type Json = Record<string, unknown>;
/** A copy of a proof in which a member, found through some objects, is another. */
function changed(proof: Json, path: string[], change: (member: never) => unknown): Json {
  const copy = structuredClone(proof);
  const last = path.at(-1)!;
  const holder = path.slice(0, -1).reduce((object, name) => object[name] as Json, copy);
  holder[last] = change(holder[last] as never);
  return copy;
}

const systems: Record<CurveName, ProofSystem[]> = { bn128: ['groth16', 'plonk', 'fflonk'], bls12381: ['groth16', 'plonk'] };
for (const curve of ['bn128', 'bls12381'] as const) {
  describe(`proofs on ${curve}`, () => {
    let ceremony: Ceremony;
    before(async () => { ceremony = await Ceremony.hold(folder, curve); }, { timeout: 600_000 });
    after(() => endProver(curve));

    for (const system of systems[curve]) {
      describe(system, () => {
        let circuit: Circuit;
        let statement: Statement;
        const { point, evaluation } = places[system];
        const judge = (proof: Json, inputs: unknown = statement.publicSignals): Promise<Verdict> => verify(system, circuit.key, proof, inputs);
        before(async () => {
          circuit = await ceremony.circuit(system);
          statement = await circuit.prove(0);
        }, { timeout: 600_000 });

        it(`accepts ${count} fresh proofs, each for its own statement alone`, { timeout: 1_800_000 }, async () => {
          for (let i = 0; i < count; i++) {
            const fresh = await circuit.prove(i % 2 === 0 ? 0 : 1);
            const accepted = await judge(fresh.proof, fresh.publicSignals);
            assert.equal(accepted.status, 0, accepted.reason);
            const other = fresh.publicSignals.map((input, k) => k === i % 3 ? (input === '1' ? '2' : '1') : input);
            for (const inputs of [other, statement.publicSignals]) {
              const refused = await judge(fresh.proof, inputs);
              assert.equal(refused.status, 1, refused.reason);
              assert.match(refused.reason, /does not hold/);
            }
          }
        });

        it('refuses inputs that are missing, too many or not reduced', async () => {
          const inputs = statement.publicSignals;
          assert.equal(inputs[2], '0');
          for (const wrong of [inputs.slice(0, 2), [...inputs, '0'], []]) {
            const verdict = await judge(statement.proof, wrong);
            assert.equal(verdict.status, 1);
            assert.match(verdict.reason, /number of public inputs/);
          }
          for (let i = 0; i < 3; i++) {
            const lifted = inputs.map((input, k) => k === i ? plus(input, orders[curve]) : input);
            const verdict = await judge(statement.proof, lifted);
            assert.equal(verdict.status, 1);
            assert.match(verdict.reason, /not below/);
          }
        });

        it('refuses numbers and points in another form than the canonical one', async () => {
          const lifted = changed(statement.proof, point, ([x, y]: string[]) => [plus(x!, moduli[curve]), y, '1']);
          const jacobian = changed(statement.proof, point, (at: string[]) => {  // (4x, 8y, 2) is the same point
            const [x, y] = at.map(BigInt);
            return [(4n * x! % moduli[curve]).toString(), (8n * y! % moduli[curve]).toString(), '2'];
          });
          const infinity = changed(statement.proof, point, () => ['0', '1', '0']);
          const cases: [Json, RegExp][] = [[lifted, /not below/], [jacobian, /affine/], [infinity, /infinity/]];
          if (evaluation !== undefined) {
            cases.push([changed(statement.proof, evaluation, (at: string) => plus(at, orders[curve])), /not below/]);
          }
          for (const [proof, reason] of cases) {
            const verdict = await judge(proof);
            assert.equal(verdict.status, 1, verdict.reason);
            assert.match(verdict.reason, reason);
          }
        });

        it('tells a file that it cannot use from one that it refuses', async () => {
          const incomplete = changed(statement.proof, point, () => undefined);
          const verdict = await judge(incomplete);
          assert.equal(verdict.status, 2);
          assert.match(verdict.reason, new RegExp(`${point.join('.')}: missing`));
          assert.equal((await verify(system, 'no key', statement.proof, statement.publicSignals)).status, 2);
          assert.equal((await judge(statement.proof, { inputs: 5 })).status, 2);
          const another = system === 'plonk' ? 'groth16' : 'plonk';
          assert.equal((await verify(another, circuit.key, statement.proof, statement.publicSignals)).status, 2);
        });
      });
    }

    it('refuses a Groth16 key whose second phase was left out, with a proof that snarkjs makes for it', { timeout: 600_000 }, async () => {
      const unsafe = await ceremony.circuit('groth16', { phase2: false });
      const proved = await unsafe.prove(1);
      const verdict = await verify('groth16', unsafe.key, proved.proof, proved.publicSignals);
      assert.equal(verdict.status, 1);
      assert.match(verdict.reason, /key\.json: gamma and delta are equal, as in a key without the second phase/);
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
