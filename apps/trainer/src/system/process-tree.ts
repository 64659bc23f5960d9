import { readFileSync, readdirSync } from 'node:fs';
import pidtree from 'pidtree';
import pidusage from 'pidusage';

export interface ProcessUsage {
  pid: number;
  /** processor time since the process started */
  cpuMs: number;
  memoryBytes: number;
}

/** A process and all it started, with what each uses; empty when it is gone. */
export async function processTree(root: number): Promise<ProcessUsage[]> {
  const pids = process.platform === 'linux' ? familyOnLinux(root) : await pidtree(root, { root: true }).catch(() => []);
  if (pids.length === 0) return [];
  const usages = await pidusage(pids).catch(() => ({}));
  // One that ended meanwhile has none.
  return Object.values(usages).flatMap((usage) => (usage ? [{ pid: usage.pid, cpuMs: usage.ctime, memoryBytes: usage.memory }] : []));
}

/** pidtree runs `ps` over all processes, which costs more than all other readings together. */
function familyOnLinux(root: number): number[] {
  const family = [root];
  for (const pid of family) family.push(...childrenOf(pid));
  return family;
}

function childrenOf(pid: number): number[] {
  try {
    // Threads have children of their own.
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => numbers(readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')));
  } catch {
    return [];
  }
}

const numbers = (text: string) => text.split(' ').filter(Boolean).map(Number);
