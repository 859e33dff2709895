// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Compiles contracts/interfaces/*.sol with solc and compares the ABI that it derives with the generated JSON.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import solc from 'solc';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'contracts', 'interfaces');
const names = readdirSync(folder).filter((name) => name.endsWith('.sol')).sort();
if (names.length === 0) throw new Error(`no Solidity files in ${folder}`);

const output = JSON.parse(solc.compile(JSON.stringify({
  language: 'Solidity',
  sources: Object.fromEntries(names.map((name) => [name, { content: readFileSync(join(folder, name), 'utf8') }])),
  settings: { outputSelection: { '*': { '*': ['abi'] } } },
})));

let failures = 0;
for (const error of output.errors ?? []) {
  console.log(error.formattedMessage);
  failures += 1;
}

const parameters = (list) => (list ?? []).map(({ type, name, indexed }) => `${type} ${name}${indexed ? ' indexed' : ''}`).join(', ');
const entries = (abi) => abi
  .map((entry) => `${entry.type} ${entry.name}(${parameters(entry.inputs)}) ${entry.stateMutability ?? ''} (${parameters(entry.outputs)})`)
  .sort();
for (const name of names) {
  const contract = basename(name, '.sol');
  const compiled = entries(output.contracts?.[name]?.[contract]?.abi ?? []);
  const generated = entries(JSON.parse(readFileSync(join(folder, 'abi', `${contract}.json`), 'utf8')));
  if (JSON.stringify(compiled) === JSON.stringify(generated)) {
    console.log(`${contract}: ${compiled.length} entries agree`);
    continue;
  }
  failures += 1;
  for (const entry of compiled.filter((e) => !generated.includes(e))) console.log(`${contract}: only solc has ${entry}`);
  for (const entry of generated.filter((e) => !compiled.includes(e))) console.log(`${contract}: only the JSON has ${entry}`);
}
process.exit(failures === 0 ? 0 : 1);
