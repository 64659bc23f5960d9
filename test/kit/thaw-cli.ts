import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './shared-data';

export interface CliAnswer {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `thaw …` as a user would, against the API at `url`. */
export function thaw(url: string, ...args: string[]): Promise<CliAnswer> {
  const child = spawn(process.execPath, [path.join(root, 'libs/client/dist/cli.js'), ...args], {
    env: { ...process.env, THAW_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs `thaw … --json`, fails with everything it printed unless it succeeds, and gives the parsed answer. */
export async function thawJson<T>(url: string, ...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await thaw(url, ...args, '--json');
  if (code !== 0) throw new Error(`thaw ${args.join(' ')} exited with ${code}\n${stdout}\n${stderr}`);
  return JSON.parse(stdout) as T;
}
