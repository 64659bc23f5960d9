import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GpuWatch } from './gpu-watch';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'thaw-gpu-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A program in nvidia-smi's place, which prints what one said and, asked to follow, stays. */
function replay({ gpus, processes = '' }: { gpus: string; processes?: string }): readonly [string, string] {
  const file = path.join(folder, 'nvidia-smi.cjs');
  writeFileSync(file, `
    const text = process.argv.includes('-l') ? ${JSON.stringify(gpus)} : ${JSON.stringify(processes)};
    process.stdout.write(text, () => process.argv.includes('-l') && setInterval(() => {}, 1e6));`);
  return [process.execPath, file];
}

/** What is taken until `enough` of it is there. */
async function watch(said: Parameters<typeof replay>[0], pids: number[], enough: (metrics: Record<string, number>) => boolean): Promise<Record<string, number>> {
  using gpus = new GpuWatch({ program: replay(said) });
  const metrics = {};
  while (!enough(metrics)) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    Object.assign(metrics, gpus.take(pids));
  }
  return metrics;
}

const recorded = (name: string) => readFileSync(path.join(__dirname, 'recorded', name), 'utf8');

test('as recorded on an H200: the mean of the utilization, the most memory', async () => {
  const gpus = recorded('h200-query-gpu.csv');
  const all = gpus.trim().split('\n').map((line) => Number(line.split(', ')[2]));
  const metrics = await watch({ gpus }, [], (seen) => 'system/gpu.0/memory' in seen);
  expect(metrics).toEqual({ 'system/gpu.0/utilization': all.reduce((sum, each) => sum + each) / all.length, 'system/gpu.0/memory': 21_581 / 1_024 });
});

test('as recorded on an H200: what the run’s own processes hold of it', async () => {
  const gpus = recorded('h200-query-gpu.csv');
  const processes = recorded('h200-query-compute-apps.csv');
  using watched = new GpuWatch({ program: repeating(gpus, processes) });
  let metrics: Record<string, number> = {};
  while (metrics['system/gpu.0/process_memory'] === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    metrics = watched.take([1, 508, 509]);
  }
  expect(metrics['system/gpu.0/process_memory']).toBe(21_572 / 1_024);
});

/** Says its last line again and again. */
function repeating(gpus: string, processes: string): readonly [string, string] {
  const file = path.join(folder, 'nvidia-smi.cjs');
  writeFileSync(file, `
    if (process.argv.includes('-l')) setInterval(() => process.stdout.write(${JSON.stringify(gpus.trim().split('\n').at(-1) + '\n')}), 20);
    else process.stdout.write(${JSON.stringify(processes)});`);
  return [process.execPath, file];
}

test('what a GPU does not say has no key: MIG, memory shared with the machine, one that fell off the bus', async () => {
  const gpus = [
    '0, GPU-a, [N/A], 1024',
    '1, GPU-b, 55, [N/A]',
    'Unable to determine the device handle for GPU0000:0A:00.0: Unknown Error',
    '2, GPU-c, [GPU is lost], [GPU is lost]',
    '3, GPU-d, 7, 2048\n',
  ].join('\n');
  expect(await watch({ gpus }, [], (seen) => 'system/gpu.3/memory' in seen)).toEqual({ 'system/gpu.0/memory': 1, 'system/gpu.1/utilization': 55, 'system/gpu.3/utilization': 7, 'system/gpu.3/memory': 2 });
});

test('on a machine without nvidia-smi nothing is taken', async () => {
  using gpus = new GpuWatch({ program: [path.join(folder, 'absent')] });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(gpus.take([process.pid])).toEqual({});
});
