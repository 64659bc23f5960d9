import { spawn } from 'node:child_process';
import { nextSample, startSampler } from './sampler';

/** Holds 200 MB and computes, in a process that it starts: what a run's process starts is the run's as well. */
const busyGrandchild = `
  const { spawn } = require('node:child_process');
  spawn(process.execPath, ['-e', 'globalThis.held = Buffer.alloc(200e6, 1); process.on("disconnect", () => process.exit()); (function turn() { for (const end = Date.now() + 50; Date.now() < end;); setImmediate(turn); })()'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  process.on('disconnect', () => process.exit());`;

test('the memory and the computing of a process and its children show', async () => {
  const child = spawn(process.execPath, ['-e', busyGrandchild], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const seen: Record<string, number>[] = [];
  const steps: number[] = [];
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    await new Promise<void>((resolve) => {
      const sampler = startSampler({
        pid: child.pid!,
        everyMs: 200,
        onSample(metrics, second) {
          seen.push(metrics);
          steps.push(second);
          if (metrics['system/memory']! < 0.19 || metrics['system/process_cpu']! < 3) return;
          sampler[Symbol.dispose]();
          resolve();
        },
      });
    });
  } finally {
    child.disconnect();
  }
  const last = seen.at(-1)!;
  expect(last['system/memory']).toBeLessThan(2);
  expect(last['system/process_cpu']).toBeLessThanOrEqual(100);
  // It is part of what the machine does.
  expect(last['system/cpu']).toBeGreaterThan(0);
  expect(last['system/memory_percent']).toBeGreaterThan(0);
  expect(last['system/memory_percent']).toBeLessThan(100);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect(steps.every(Number.isInteger)).toBe(true);

  // A process that is gone has nothing; the machine still does.
  await ended;
  const after = await new Promise<Record<string, number>>((resolve) => {
    const sampler = startSampler({
      pid: child.pid!,
      everyMs: 200,
      onSample(metrics) {
        // The kernel's clock may not have moved since the first reading.
        if (!('system/cpu' in metrics)) return;
        sampler[Symbol.dispose]();
        resolve(metrics);
      },
    });
  });
  expect(Object.keys(after)).toEqual(expect.arrayContaining(['system/memory_percent']));
  expect(Object.keys(after)).not.toEqual(expect.arrayContaining(['system/process_cpu']));
  expect(Object.keys(after)).not.toEqual(expect.arrayContaining(['system/memory']));
});

test('samples come each second at first and grow rarer: a day has thousands, not tens of thousands', () => {
  const seconds = [0.3];
  while (seconds.at(-1)! < 86_400) seconds.push(nextSample(seconds.at(-1)! * 1_000 + 2, 10_000) / 1_000);
  expect(seconds.slice(0, 6)).toEqual([0.3, 1, 2, 3, 4, 5]);
  expect(seconds.filter((at) => at <= 60)).toHaveLength(61);
  expect(seconds.filter((at) => at <= 600).length).toBeLessThan(250);
  expect(seconds.at(-1)! - seconds.at(-2)!).toBe(10);
  expect(seconds.length).toBeLessThan(9_000);
});
