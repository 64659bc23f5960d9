import { spawn, type ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './shared-data';

/** The built client, as `npm run build` makes it. */
export const clientPackage = path.join(root, 'libs/client');

let scripts = 0;

/** A training script in a process of its own, run by plain node: what it prints is kept, line by line. */
export class LoggingScript implements AsyncDisposable {
  readonly lines: string[] = [];
  stderr = '';
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly #waiting = new Set<() => void>();

  private constructor(readonly child: ChildProcess) {
    child.stderr!.setEncoding('utf8').on('data', (text: string) => { this.stderr += text; });
    createInterface({ input: child.stdout! }).on('line', (line) => {
      this.lines.push(line);
      for (const look of this.#waiting) look();
    });
    this.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  }

  /** `startRun` and `sleep(ms)` are at hand in the body. */
  static async start(folder: string, body: string, env: Record<string, string>): Promise<LoggingScript> {
    const file = path.join(folder, `script-${scripts++}.cjs`);
    await writeFile(file, `
      const { startRun } = require(${JSON.stringify(clientPackage)});
      const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
      (async () => {${body}\n})();`);
    return new LoggingScript(spawn(process.execPath, [file], { cwd: folder, env: { ...process.env, THAW_SPOOL: path.join(folder, 'spool'), ...env }, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  /** The first line it prints that starts so, without that start. */
  async says(start: string): Promise<string> {
    const look = () => this.lines.find((line) => line.startsWith(start));
    return new Promise((resolve, reject) => {
      const check = () => {
        const line = look();
        if (line === undefined) return;
        this.#waiting.delete(check);
        resolve(line.slice(start.length).trim());
      };
      this.#waiting.add(check);
      check();
      void this.ended.then(({ code, signal }) => {
        if (look() === undefined) reject(new Error(`The script ended (${code ?? signal}) before it said "${start}":\n${this.lines.join('\n')}\n${this.stderr}`));
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
    await this.ended;
  }
}

/** Runs a script to its end. */
export async function runLoggingScript(folder: string, body: string, env: Record<string, string>): Promise<{ code: number | null; signal: NodeJS.Signals | null; lines: string[]; stderr: string }> {
  await using script = await LoggingScript.start(folder, body, env);
  return { ...(await script.ended), lines: script.lines, stderr: script.stderr };
}
