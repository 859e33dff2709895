// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The command line: what it prints is JSON when asked, and its exit status tells how it went.
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { binary } from '../../scripts/scenario/paths.ts';
import { run } from '../../scripts/scenario/processes.ts';
import { temporaryFolder } from './environment.ts';

const enshrine = (args: string[]): ReturnType<typeof run> => run(binary('enshrine'), args);

describe('vm run', () => {
  const folder = temporaryFolder('vm');
  const build = async (name: string, body: string): Promise<string> => {
    const source = join(folder, `${name}.S`);
    const elf = join(folder, `${name}.elf`);
    writeFileSync(source, `.globl _start\n_start:\n${body}\n`);
    const built = await run('riscv64-unknown-elf-gcc', ['-march=rv64im', '-mabi=lp64', '-nostdlib', '-static', '-Wl,--build-id=none', '-Wl,-Ttext=0x10000', '-o', elf, source]);
    assert.equal(built.status, 0, built.stderr);
    return elf;
  };

  it('ends with 0 only when the program halted with code 0', async () => {
    const good = await enshrine(['vm', 'run', await build('good', 'li a7, 0\nli a0, 0\necall'), '--json']);
    assert.equal(good.status, 0, good.stderr);
    const report = JSON.parse(good.stdout) as { status: string; exitCode: number; steps: number; machineRoot: string };
    assert.deepEqual([report.status, report.exitCode, report.steps], ['halted', 0, 3]);
    assert.match(report.machineRoot, /^0x[0-9a-f]{64}$/);

    const seven = await enshrine(['vm', 'run', await build('seven', 'li a7, 0\nli a0, 7\necall'), '--json']);
    assert.equal(seven.status, 1);
    assert.equal((JSON.parse(seven.stdout) as { exitCode: number }).exitCode, 7);

    const trap = await enshrine(['vm', 'run', await build('trap', 'ebreak'), '--json']);
    assert.equal(trap.status, 1);
    assert.equal((JSON.parse(trap.stdout) as { trap: string }).trap, 'illegal instruction');

    const endless = await enshrine(['vm', 'run', await build('endless', '1: j 1b'), '--steps-max', '1000', '--json']);
    assert.equal(endless.status, 1);
    assert.deepEqual([(JSON.parse(endless.stdout) as { status: string }).status, (JSON.parse(endless.stdout) as { steps: number }).steps], ['overflow', 1000]);
  });

  it('refuses what is no program', async () => {
    const finished = await enshrine(['vm', 'run', '/bin/ls', '--json']);
    assert.equal(finished.status, 1);
    assert.match((JSON.parse(finished.stdout) as { error: string }).error, /no program of the machine/);
    assert.equal((await enshrine(['vm', 'run', join(folder, 'absent')])).status, 2);
  });
});

describe('usage', () => {
  it('wrong usage has status 2', async () => {
    for (const args of [[], ['nonsense'], ['vm', 'run'], ['da', 'sample', '0x12'], ['rollup', 'status']]) {
      assert.equal((await enshrine(args)).status, 2, args.join(' '));
    }
    assert.equal((await enshrine(['--help'])).status, 0);
  });

  it('an L1 that is not there is named', async () => {
    const finished = await enshrine(['rollup', 'list', '--l1', 'http://127.0.0.1:1']);
    assert.equal(finished.status, 1);
    assert.match(finished.stderr, /127\.0\.0\.1/);
  });
});

describe('devnet', { timeout: 180_000 }, () => {
  it('up, status, env, down, reset', async () => {
    const dataDir = join(temporaryFolder('devnet'), 'devnet');
    const up = ['devnet', 'up', '--background', '--data-dir', dataDir, '--port', '0', '--block-time-ms', '300'];
    const started = await enshrine(up);
    assert.equal(started.status, 0, started.stderr);
    let heightBefore = 0;
    try {
      assert.notEqual((await enshrine(up)).status, 0, 'a second one in the same folder');
      const status = JSON.parse((await enshrine(['devnet', 'status', '--data-dir', dataDir, '--json'])).stdout) as { running: boolean; l1: { rpc: string; height: number } };
      assert.equal(status.running, true);
      heightBefore = status.l1.height;
      assert.match(status.l1.rpc, /^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
      const env = await enshrine(['devnet', 'env', '--data-dir', dataDir]);
      assert.match(env.stdout, /^export ALICE_KEY='0xac0974/m);
      assert.notEqual((await enshrine(['devnet', 'reset', '--data-dir', dataDir])).status, 0, 'a running devnet is not removed');
    } finally {
      assert.equal((await enshrine(['devnet', 'down', '--data-dir', dataDir])).status, 0);
    }
    assert.equal((await enshrine(['devnet', 'status', '--data-dir', dataDir])).status, 1);
    assert.ok(existsSync(join(dataDir, 'l1')), 'the state stays');

    const again = await enshrine(up);
    assert.equal(again.status, 0, again.stderr);
    const height = (JSON.parse((await enshrine(['devnet', 'status', '--data-dir', dataDir, '--json'])).stdout) as { l1: { height: number } }).l1.height;
    assert.ok(height >= heightBefore && height > 0, `it resumes at ${height}, it was at ${heightBefore}: ${readFileSync(join(dataDir, 'devnet.log'), 'utf8').slice(-500)}`);
    assert.equal((await enshrine(['devnet', 'down', '--data-dir', dataDir])).status, 0);
    assert.equal((await enshrine(['devnet', 'reset', '--data-dir', dataDir])).status, 0);
    assert.ok(!existsSync(join(dataDir, 'l1')));
  });
});
