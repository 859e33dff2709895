// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// `enshrine proof` on files of gnark, SP1 and RISC Zero, as they are in enshrine/prover_files/testdata.
import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { binary } from '../../scripts/scenario/paths.ts';
import { run } from '../../scripts/scenario/processes.ts';
import { temporaryFolder } from './environment.ts';

const testdata = fileURLToPath(new URL('../../enshrine/prover_files/testdata/', import.meta.url));
const folder = temporaryFolder('wrapped-proofs');
const file = (name: string): string => join(testdata, name);

interface Verdict {
  status: number;
  text: string;
}
async function proof(...args: string[]): Promise<Verdict> {
  const finished = await run(binary('enshrine'), ['proof', ...args]);
  return { status: finished.status, text: finished.stdout + finished.stderr };
}
/** A copy of a JSON file with some members replaced. */
function changed(name: string, members: Record<string, unknown>): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(file(name), 'utf8')) as object, ...members }));
  return path;
}
const member = (name: string, key: string): string => (JSON.parse(readFileSync(file(name), 'utf8')) as Record<string, string>)[key]!;
/** The digit at a place behind the 0x of a hex text, replaced by another. */
function otherDigit(text: string, at: number): string {
  const i = at + 2;
  return text.slice(0, i) + (text[i] === '0' ? '1' : '0') + text.slice(i + 1);
}

describe('PLONK of gnark', () => {
  for (const circuit of ['plain', 'commitment']) {
    const stem = file(`gnark_0.14_plonk_${circuit}`);
    it(`accepts the files of the circuit "${circuit}"`, async () => {
      for (const ending of ['proof', 'calldata']) {
        const verdict = await proof('verify', '--kind', 'plonk-gnark', '--vk', `${stem}.vk`, '--proof', `${stem}.${ending}`,
          '--public', `${stem}.pub`);
        assert.equal(verdict.status, 0, verdict.text);
      }
    });
    it(`refuses another statement of the circuit "${circuit}"`, async () => {
      const inputs = join(folder, 'inputs.json');
      writeFileSync(inputs, '["35", "7"]');
      const verdict = await proof('verify', '--kind', 'plonk-gnark', '--vk', `${stem}.vk`, '--proof', `${stem}.proof`,
        '--public', inputs);
      assert.equal(verdict.status, 1);
      assert.match(verdict.text, /does not hold/);
    });
  }
  it('shows what a key is for', async () => {
    const shown = await proof('inspect', '--json', '--kind', 'plonk-gnark', file('gnark_0.14_plonk_commitment.vk'));
    assert.equal(shown.status, 0, shown.text);
    const key = JSON.parse(shown.text) as Record<string, unknown>;
    assert.equal(key['publicInputs'], 2);
    assert.equal(key['commitments'], 1);
    assert.equal(key['proofBytes'], 864);
    const again = join(folder, 'key.hex');
    writeFileSync(again, key['key'] as string);
    const same = await proof('inspect', '--json', '--kind', 'plonk-gnark', again);
    assert.equal((JSON.parse(same.text) as Record<string, unknown>)['keyId'], key['keyId']);
  });
  it('cannot use files of another form', async () => {
    const stem = file('gnark_0.14_plonk_plain');
    for (const key of [file('gnark_0.14_plain.vk'), file('snarkjs_bn128_vk.json'), `${stem}.proof`]) {
      const verdict = await proof('verify', '--kind', 'plonk-gnark', '--vk', key, '--proof', `${stem}.proof`, '--public', `${stem}.pub`);
      assert.equal(verdict.status, 2, verdict.text);
    }
    const incomplete = await proof('verify', '--kind', 'plonk-gnark', '--proof', `${stem}.proof`);
    assert.equal(incomplete.status, 2);
    assert.match(incomplete.text, /--vk is required/);
  });
});

describe('SP1', () => {
  it('accepts fixtures of both wrappers, with the file of the proof alone', async () => {
    for (const name of ['sp1_6.1.0_groth16.json', 'sp1_6.1.0_plonk.json', 'sp1_5.0.0_plonk.json']) {
      const verdict = await proof('verify', '--kind', 'sp1', '--proof', file(name));
      assert.equal(verdict.status, 0, verdict.text);
    }
  });
  it('refuses a frozen version and says why', async () => {
    const verdict = await proof('verify', '--kind', 'sp1', '--proof', file('sp1_6.0.0_groth16.json'));
    assert.equal(verdict.status, 1);
    assert.match(verdict.text, /CVE-2026-40323/);
  });
  it('refuses what the wrapper does not allow', async () => {
    const name = 'sp1_6.1.0_groth16.json';
    const text = member(name, 'proof');
    const word = (i: number): number => 8 + 64 * i + 63;
    const cases: [Record<string, unknown>, RegExp][] = [
      [{ proof: otherDigit(text, word(0)) }, /exit code/],
      [{ proof: otherDigit(text, word(1)) }, /recursion keys/],
      [{ proof: otherDigit(text, word(2)) }, /does not hold/],
      [{ proof: otherDigit(text, 0) }, /no version with this selector/],
      [{ proof: text.slice(0, -2) }, /number of bytes/],
      [{ publicValues: otherDigit(member(name, 'publicValues'), 0) }, /does not hold/],
      [{ vkey: otherDigit(member(name, 'vkey'), 63) }, /does not hold/],
    ];
    for (const [members, reason] of cases) {
      const verdict = await proof('verify', '--kind', 'sp1', '--proof', changed(name, members));
      assert.equal(verdict.status, 1, verdict.text);
      assert.match(verdict.text, reason);
    }
  });
  it('cannot use a fixture with a part missing', async () => {
    for (const part of ['vkey', 'publicValues', 'proof']) {
      const verdict = await proof('verify', '--kind', 'sp1', '--proof', changed('sp1_5.0.0_plonk.json', { [part]: undefined }));
      assert.equal(verdict.status, 2, verdict.text);
      assert.match(verdict.text, new RegExp(`${part}: missing`));
    }
  });
  it('shows which program and version a fixture is of', async () => {
    const shown = await proof('inspect', '--json', '--kind', 'sp1', file('sp1_5.0.0_plonk.json'));
    assert.equal(shown.status, 0, shown.text);
    const key = JSON.parse(shown.text) as Record<string, unknown>;
    assert.equal(key['version'], '5.0.0');
    assert.equal(key['system'], 'plonk');
    assert.equal(key['program'], member('sp1_5.0.0_plonk.json', 'vkey'));
  });
});

describe('RISC Zero', () => {
  it('accepts a receipt and a set inclusion, in one file or in three', async () => {
    for (const name of ['risc0_3.0.json', 'risc0_set_0.9.json']) {
      const whole = await proof('verify', '--kind', 'risc0', '--proof', file(name));
      assert.equal(whole.status, 0, whole.text);
      const parts = ['imageId', 'seal', 'journal'].map((part) => {
        const path = join(folder, part);
        writeFileSync(path, member(name, part));
        return path;
      });
      const three = await proof('verify', '--kind', 'risc0', '--vk', parts[0]!, '--proof', parts[1]!, '--public', parts[2]!);
      assert.equal(three.status, 0, three.text);
    }
  });
  it('refuses a frozen version, another program and another journal', async () => {
    const frozen = await proof('verify', '--kind', 'risc0', '--proof', file('risc0_2.1.json'));
    assert.equal(frozen.status, 1);
    assert.match(frozen.text, /GHSA-f6rc-24x4-ppxp/);
    for (const members of [{ imageId: member('risc0_2.1.json', 'imageId') }, { journal: '0x' }]) {
      const verdict = await proof('verify', '--kind', 'risc0', '--proof', changed('risc0_3.0.json', members));
      assert.equal(verdict.status, 1);
      assert.match(verdict.text, /does not hold/);
    }
  });
});
