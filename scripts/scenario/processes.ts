// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
//
// Child processes: programs that run to their end, and services that run until they are told to stop.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { castProgram } from './paths.ts';

export interface Finished {
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end. Never throws for an exit status; a program that cannot be started has status 127. */
export function run(program: string, args: string[], options: { timeoutMs?: number; env?: Record<string, string>; cwd?: string } = {}): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs ?? 120_000,
      killSignal: 'SIGKILL',
      env: { ...process.env, ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
    child.on('error', (error) => resolve({ status: 127, stdout, stderr: `${stderr}${error.message}` }));
    child.on('close', (code, signal) => {
      if (signal !== null) stderr += `\nended by ${signal}`;
      resolve({ status: code ?? 128, stdout, stderr });
    });
  });
}

export class CommandFailed extends Error {
  readonly finished: Finished;
  constructor(command: string, finished: Finished) {
    super(`${command}\n  exit status ${finished.status}\n  ${(finished.stderr || finished.stdout).trim().replaceAll('\n', '\n  ')}`);
    this.finished = finished;
  }
}

/** Runs a program and returns its stdout; throws when it does not end with status 0. */
export async function output(program: string, args: string[], options: Parameters<typeof run>[2] = {}): Promise<string> {
  const finished = await run(program, args, options);
  if (finished.status !== 0) throw new CommandFailed([program, ...args].join(' ').slice(0, 400), finished);
  return finished.stdout;
}

/** `cast …`, as a user types it. */
export function cast(args: string[]): Promise<string> {
  return output(castProgram, args);
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}

/** Asks until the answer is not undefined. `what` names the thing that did not come. */
export async function waitFor<T>(what: string, timeoutMs: number, ask: () => Promise<T | undefined>, everyMs = 50): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last = '';
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      last = '';
    } catch (error) {
      last = `; last error: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
    }
    if (Date.now() > deadline) throw new Error(`${what}: nothing after ${timeoutMs / 1000} s${last}`);
    await sleep(everyMs);
  }
}

/** A process that serves until stop(). Its output goes to a log file. */
export class Service {
  readonly name: string;
  readonly log: string;
  readonly child: ChildProcess;
  exited: { code: number | null; signal: NodeJS.Signals | null } | undefined;
  private readonly ended: Promise<void>;

  constructor(name: string, program: string, args: string[], log: string, env: Record<string, string> = {}) {
    this.name = name;
    this.log = log;
    const file = openSync(log, 'a');
    this.child = spawn(program, args, { stdio: ['ignore', file, file], env: { ...process.env, ...env } });
    closeSync(file);
    this.ended = new Promise((resolve) => {
      this.child.on('error', () => {
        this.exited = { code: 127, signal: null };
        resolve();
      });
      this.child.on('exit', (code, signal) => {
        this.exited = { code, signal };
        resolve();
      });
    });
  }

  /** The last lines of the log, for messages. */
  tail(lines = 15): string {
    return readFileSync(this.log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  }

  /** What the process writes when it is ready: the first group of `pattern` in its log. */
  announced(pattern: RegExp): Promise<string> {
    return waitFor(this.name, 60_000, async () => {
      this.assertRunning();
      return pattern.exec(readFileSync(this.log, 'utf8'))?.[1];
    });
  }

  assertRunning(): void {
    if (this.exited === undefined) return;
    throw new Error(`${this.name} ended (status ${this.exited.code ?? this.exited.signal}); the end of ${this.log}:\n${this.tail()}`);
  }

  /** Sends a signal to this process alone and waits until it is gone; SIGKILL follows when that takes too long. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', timeoutMs = 15_000): Promise<void> {
    if (this.exited === undefined) {
      this.child.kill(signal);
      const timer = setTimeout(() => this.child.kill('SIGKILL'), timeoutMs);
      await this.ended;
      clearTimeout(timer);
    }
  }

  wait(): Promise<void> {
    return this.ended;
  }
}
