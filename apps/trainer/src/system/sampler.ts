import { setTimeout as sleep } from 'node:timers/promises';
import { GpuWatch } from './gpu/gpu-watch';
import { cpuClock, machineMemory, type CpuClock } from './machine';
import { processTree, type ProcessUsage } from './process-tree';
import { traffic, type Traffic } from './traffic';

export interface SamplerOptions {
  /** The run's process; what it starts counts with it. */
  pid: number;
  /** between the samples of a run that has gone on for long; those of its first minutes are closer together */
  everyMs?: number;
  onSample(metrics: Record<string, number>, secondsSinceStart: number): void;
}

/** What can only be said between two readings. */
interface Reading {
  at: number;
  cpu: CpuClock;
  tree: ProcessUsage[];
  traffic: Traffic;
}

const GiB = 2 ** 30;
const MiB = 2 ** 20;

/** Reports how busy the machine is, and a run's processes on it, until disposed of. It never keeps this process alive. */
export function startSampler({ pid, everyMs = 10_000, onSample }: SamplerOptions): Disposable {
  const startedAt = performance.now();
  const stop = new AbortController();
  const gpus = new GpuWatch();
  void follow();

  async function follow(): Promise<void> {
    let before = await read(pid);
    let last = -1;
    for (let dueMs = Math.min(300, everyMs); ; dueMs = nextSample(performance.now() - startedAt, everyMs)) {
      await sleep(dueMs - (performance.now() - startedAt), undefined, { ref: false, signal: stop.signal }).catch(() => {});
      const now = await read(pid);
      const metrics = { ...between(before, now), ...(await memory(now.tree)), ...gpus.take(now.tree.map((each) => each.pid)) };
      if (stop.signal.aborted) return;
      const second = Math.floor((now.at - startedAt) / 1_000);
      // A timer that fires a moment early, or a late reading before it: a step is logged once.
      if (second <= last) continue;
      onSample(metrics, second);
      last = second;
      before = now;
    }
  }

  return {
    [Symbol.dispose]() {
      stop.abort();
      gpus[Symbol.dispose]();
    },
  };
}

/**
 * When the next sample is due: each second at first, so that a short run has a chart, then a sixtieth of the time so far,
 * so that a long one has a few hundred points, and from ten minutes on as often as asked for.
 */
export function nextSample(elapsedMs: number, everyMs: number): number {
  const pause = Math.min(everyMs, Math.max(1_000, elapsedMs / 60));
  // On the second, so that each sample has a step of its own.
  return pause < 1_000 ? elapsedMs + pause : Math.floor(elapsedMs / 1_000 + 0.05) * 1_000 + Math.round(pause / 1_000) * 1_000;
}

async function read(pid: number): Promise<Reading> {
  const tree = await processTree(pid);
  return { at: performance.now(), cpu: cpuClock(), tree, traffic: traffic(tree.map((each) => each.pid)) };
}

function between(before: Reading, now: Reading): Record<string, number> {
  const wallMs = now.at - before.at;
  const metrics: Record<string, number> = {};
  const machineMs = now.cpu.totalMs - before.cpu.totalMs;
  if (machineMs > 0) metrics['system/cpu'] = percent(now.cpu.busyMs - before.cpu.busyMs, machineMs);
  if (now.tree.length > 0) {
    const earlier = new Map(before.tree.map((each) => [each.pid, each.cpuMs]));
    // A process that was not there before did all its work since.
    const busyMs = now.tree.reduce((sum, each) => sum + each.cpuMs - (earlier.get(each.pid) ?? 0), 0);
    metrics['system/process_cpu'] = percent(busyMs, wallMs * now.cpu.cores);
  }
  for (const [key, name] of Object.entries(rates) as [keyof Traffic, string][]) {
    const [from, to] = [before.traffic[key], now.traffic[key]];
    // A process that ended takes its count along.
    if (from !== undefined && to !== undefined) metrics[name] = Math.max(0, to - from) / MiB / (wallMs / 1_000);
  }
  return metrics;
}

/** MiB per second */
const rates: Record<keyof Traffic, string> = {
  diskRead: 'system/disk_read',
  diskWritten: 'system/disk_write',
  received: 'system/network_received',
  sent: 'system/network_sent',
};

async function memory(tree: ProcessUsage[]): Promise<Record<string, number>> {
  const { totalBytes, availableBytes } = await machineMemory();
  const used = tree.reduce((sum, each) => sum + each.memoryBytes, 0);
  return { ...(tree.length > 0 ? { 'system/memory': used / GiB } : {}), 'system/memory_percent': percent(totalBytes - availableBytes, totalBytes) };
}

/** Clocks that tick a hundred times a second can show a little more than all of it. */
const percent = (part: number, whole: number) => Math.min(100, Math.max(0, (100 * part) / whole));
