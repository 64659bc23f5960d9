import { execFileSync } from 'node:child_process';
import os from 'node:os';

/** What the run was made with: recorded once, when it starts. */
export function environmentFacts(command: readonly string[]): Record<string, unknown> {
  const cpus = os.cpus();
  return {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    os: `${os.type()} ${os.release()}`,
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cpus: cpus.length,
    /** bytes */
    memory: os.totalmem(),
    hostname: os.hostname(),
    pid: process.pid,
    command: command.join(' '),
  };
}

const commits = new Map<string, string | null>();

/** The commit checked out around `folder`; null outside a checkout, or where git is not installed. */
export function gitCommit(folder: string): string | null {
  const known = commits.get(folder);
  if (known !== undefined) return known;
  let commit: string | null = null;
  try {
    commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 2_000 }).trim();
  } catch {
    // Not a checkout.
  }
  commits.set(folder, commit);
  return commit;
}
