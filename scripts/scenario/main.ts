// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// The whole system in one go: starts a devnet (or takes the one that runs), walks through what users do with it, prints a
// table, and leaves the devnet running.
//
//   main.ts [--preset NAME] [--once] [--json FILE] [--data-dir DIR] [--da native|kzg]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Devnet } from './devnet.ts';
import { castDriver } from './drivers.ts';
import { Journey } from './journey.ts';
import { binary, repository } from './paths.ts';
import { guide, Recorder } from './report.ts';
import { Scenario } from './steps.ts';
import { ZkScenario, zkRollup } from '../../rollups/payments_zk/scenario.ts';

const usage = readFileSync(join(repository, 'scripts/scenario/usage.txt'), 'utf8').trimEnd();

const presets = ['payments', 'zk-payments'];

function readOptions(): { preset: string; once: boolean; json: string | undefined; dataDir: string; da: string | undefined } {
  try {
    const { values } = parseArgs({ options: { preset: { type: 'string', default: 'payments' }, once: { type: 'boolean' }, json: { type: 'string' }, 'data-dir': { type: 'string' }, da: { type: 'string' }, 'check-arguments': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
    if (values.help === true) {
      console.log(usage);
      process.exit(0);
    }
    if (!presets.includes(values.preset)) throw new Error(`--preset: expected ${presets.join(' or ')}, got ${values.preset}`);
    if (values['check-arguments'] === true) process.exit(0);
    return { preset: values.preset, once: values.once ?? false, json: values.json, dataDir: values['data-dir'] ?? join(repository, '.enshrine', 'devnet'), da: values.da };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(2);
  }
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function main(): Promise<number> {
  const options = readOptions();
  if (!existsSync(binary('enshrine'))) throw new Error(`${binary('enshrine')} does not exist; run scripts/devnet.sh, which builds it`);
  mkdirSync(dirname(options.dataDir), { recursive: true });

  const begun = Date.now();
  const devnet = await Devnet.open({ dataDir: options.dataDir, args: options.da === undefined ? [] : ['--da', options.da] });
  console.log(devnet.service === undefined
    ? `devnet: the one of process ${devnet.info.pid} runs at ${devnet.info.l1.rpc}`
    : `devnet: ready after ${((Date.now() - begun) / 1000).toFixed(1)} s at ${devnet.info.l1.rpc}`);

  const recorder = new Recorder();
  const zk = options.preset === 'zk-payments' ? new ZkScenario(devnet, recorder) : undefined;
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupted = true;
      void Promise.all([zk?.stop(), devnet.stop()]).then(() => process.exit(signal === 'SIGINT' ? 130 : 143));
    });
  }

  let failure: string | undefined;
  let endpoint = '';
  const proven: { chainId: number; name: string; rpc: string }[] = [];  // rollups that settle by proofs
  try {
    if (zk === undefined) await new Scenario(new Journey(devnet, castDriver), recorder).run();
    else {
      const rpc = await zk.run();
      endpoint = `\n  payments_zk chain ${zkRollup}  ${rpc}`;
      proven.push({ chainId: Number(zkRollup), name: 'payments_zk', rpc });
    }
    await recorder.finishLevels(devnet);
  } catch (error) {
    if (interrupted) return 1;
    failure = message(error);
  }
  const seconds = ((Date.now() - recorder.started) / 1000).toFixed(1);
  if (failure === undefined) {
    console.log(`\n${options.preset === 'payments' ? 8 : 6}  Every transaction\n\n${recorder.table()}\n${options.once ? '' : `${guide(devnet)}${endpoint}\n`}\nscenario: every step held, ${seconds} s`);
  } else {
    console.error(`\nscenario: FAILED after ${seconds} s\n${failure}\nlog of the devnet: ${join(devnet.info.dataDir, 'devnet.log')}`);
  }
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify({ succeeded: failure === undefined, ...(failure === undefined ? {} : { failure }), devnet: { ...devnet.info, ready: !options.once && failure === undefined, rollups: [...devnet.info.rollups, ...proven] }, steps: recorder.rows }, null, 2)}\n`);
  }
  if (options.once || failure !== undefined) {
    await zk?.stop();
    await devnet.stop();
    return failure === undefined ? 0 : 1;
  }
  if (devnet.service === undefined) return 0;
  console.log('\nThe devnet stays up; Ctrl-C ends it and keeps its state.');
  await devnet.service.wait();
  devnet.service.assertRunning();
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(`scenario: ${message(error)}`);
  return 1;
});
