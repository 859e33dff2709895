// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// What functional tests share: a folder of their own, processes that end with the test.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { Devnet } from '../../scripts/scenario/devnet.ts';
import { binary, repository } from '../../scripts/scenario/paths.ts';
import { run, type Finished } from '../../scripts/scenario/processes.ts';

/** A folder that is removed behind the last test of the file, unless ENSHRINE_KEEP is set. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `enshrine-${name}-`));
  after(() => {
    if (process.env['ENSHRINE_KEEP'] === undefined) rmSync(folder, { recursive: true, force: true });
    else console.log(`kept ${folder}`);
  });
  return folder;
}

/** A devnet of this test file, on a free port, with quick blocks. */
export async function startDevnet(folder: string, args: string[] = []): Promise<Devnet> {
  return Devnet.open({
    dataDir: join(folder, 'devnet'),
    args: ['--port', '0', '--block-time-ms', '300', '--batch-interval-ms', '200', ...args],
  });
}

/** A devnet where the tutorials look for it: below the folder in which their commands run. */
export async function startDevnetHere(folder: string): Promise<Devnet> {
  return Devnet.open({ dataDir: join(folder, '.enshrine', 'devnet'), args: ['--port', '0', '--block-time-ms', '300', '--batch-interval-ms', '200'] });
}

/**
 * Runs all blocks marked `sh` of a page of docs/tutorials, in their order, as one script in `folder`. A first listing in C++ is
 * written to program.cpp where it stands. `change` adapts the commands, a port for instance.
 */
export async function runTutorial(page: string, folder: string, change: (commands: string) => string = (commands) => commands): Promise<Finished> {
  const text = readFileSync(join(repository, 'docs', 'tutorials', page), 'utf8');
  const blocks = [...text.matchAll(/^```(sh|cpp)\n([^]*?)^```$/gm)].map(([, language, block]) => ({ language, block: block ?? '' }));
  const program = blocks.find(({ language }) => language === 'cpp');
  const commands = blocks
    .filter((each) => each === program || each.language === 'sh')
    .map((each) => (each === program ? `cat > program.cpp <<'PROGRAM_CPP'\n${each.block}PROGRAM_CPP\n` : each.block));
  if (commands.length < 4) throw new Error(`${page} has hardly any commands`);
  const script = join(folder, 'tutorial.sh');
  writeFileSync(script, `set -eux -o pipefail\ntrap 'kill $(jobs -p) 2> /dev/null || true' EXIT\ncd "$1"\nexport PATH="$2:$PATH"\n${change(commands.join('\n'))}`);
  const path = [dirname(binary('enshrine')), join(repository, 'node_modules', '.bin'), dirname(process.execPath)].join(':');
  return run('bash', [script, folder, path], { timeoutMs: 500_000 });
}
