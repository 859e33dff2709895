// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// What scripts/devnet.sh shows, as a test: twice, since the second run continues the state of the first.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { repository } from '../../scripts/scenario/paths.ts';
import { run } from '../../scripts/scenario/processes.ts';
import { temporaryFolder } from './environment.ts';

describe('the scenario', { timeout: 900_000 }, () => {
  // The second run continues the state of the first in blobs: whoever follows the chain from its first block meets both.
  it('holds, also on the state that it left', async () => {
    const folder = temporaryFolder('scenario');
    const json = join(folder, 'scenario.json');
    for (const [round, da] of [['first', []], ['second', ['--da', 'kzg']]] as const) {
      const finished = await run(process.execPath, [join(repository, 'scripts', 'scenario', 'main.ts'), '--once', '--json', json, '--data-dir', join(folder, 'devnet'), ...da], { timeoutMs: 400_000 });
      assert.equal(finished.status, 0, `${round} run: ${finished.stdout.slice(-2000)}${finished.stderr.slice(-2000)}`);
      const report = JSON.parse(readFileSync(json, 'utf8')) as { succeeded: boolean; steps: { step: string; hash?: string; level?: string }[] };
      assert.ok(report.succeeded);
      assert.deepEqual([...new Set(report.steps.map((step) => step.step))], ['1', '2', '3', '4', '5', '6', '7']);
      for (const step of report.steps) if (step.hash !== undefined) assert.match(step.level ?? '', /^P[34]$/, JSON.stringify(step));
    }
  });
});
