#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// What forge expects of a native solc, by the compiler that npm installs: --version, and --standard-json from the
// standard input.
import { readFileSync } from 'node:fs';
import solc from 'solc';

const options = process.argv.slice(2);
if (options.includes('--version')) {
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}`);
} else if (options.includes('--standard-json')) {
  process.stdout.write(solc.compile(readFileSync(0, 'utf8')));
} else {
  console.error(`solc_shim: expected --version or --standard-json, got ${options.join(' ') || 'nothing'}`);
  process.exitCode = 1;
}
