import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { promisify } from 'node:util';
import { cgroupLimits } from './cgroup';

export interface MachineMemory {
  totalBytes: number;
  availableBytes: number;
}

/** What there is for this process and its children: a container's limit where it is tighter than the machine. */
export async function machineMemory(): Promise<MachineMemory> {
  const { memory } = cgroupLimits();
  const total = os.totalmem();
  const available = process.platform === 'darwin' ? await availableOnMac() : os.freemem();
  if (!memory) return { totalBytes: total, availableBytes: available };
  return { totalBytes: Math.min(total, memory.limitBytes), availableBytes: Math.max(0, Math.min(available, memory.limitBytes - memory.usedBytes)) };
}

/** Bytes that a further run may take without pushing anything out. */
export async function availableMemory(): Promise<number> {
  return (await machineMemory()).availableBytes;
}

/** os.freemem() is what nobody uses even as a cache there, which on a Mac is next to nothing. */
async function availableOnMac(): Promise<number> {
  try {
    return reclaimable((await promisify(execFile)('vm_stat')).stdout);
  } catch {
    return os.freemem();
  }
}

export function reclaimable(vmStat: string): number {
  const [, pageSize] = /page size of (\d+) bytes/.exec(vmStat) ?? [];
  const pages = ['free', 'inactive', 'speculative', 'purgeable'].map((kind) => Number(new RegExp(`^Pages ${kind}:\\s+(\\d+)`, 'm').exec(vmStat)?.[1] ?? 0));
  return Number(pageSize ?? 4096) * pages.reduce((sum, each) => sum + each, 0);
}

/** Time the processors were busy since some fixed moment, and had, both over all of them. */
export interface CpuClock {
  busyMs: number;
  totalMs: number;
  cores: number;
}

export function cpuClock(): CpuClock {
  const { cpu } = cgroupLimits();
  // Under a quota the container's processors are what counts, and its clock runs at the quota.
  if (cpu) return { busyMs: cpu.usedMs, totalMs: performance.now() * cpu.cores, cores: cpu.cores };
  const [user = 0, nice = 0, system = 0, idle = 0, ioWait = 0, irq = 0, softIrq = 0, steal = 0] = processorTimes();
  const busyMs = user + nice + system + irq + softIrq + steal;
  return { busyMs, totalMs: busyMs + idle + ioWait, cores: os.availableParallelism() };
}

function processorTimes(): number[] {
  // os.cpus() asks every core for its clock rate as well, which takes milliseconds on a large machine.
  if (process.platform === 'linux') {
    const [first] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
    return first!.split(/\s+/).slice(1).map((ticks) => Number(ticks) * 10);
  }
  const times = os.cpus().map((core) => core.times);
  const sum = (kind: keyof (typeof times)[number]) => times.reduce((total, each) => total + each[kind], 0);
  return [sum('user'), sum('nice'), sum('sys'), sum('idle'), 0, sum('irq')];
}
