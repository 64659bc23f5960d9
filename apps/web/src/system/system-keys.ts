/** What a run tells of its machine and of where its time goes, apart from what it learns. */
export const isSystemKey = (key: string): boolean => /^(system|time)\//.test(key) || key === 'throughput';

export interface SystemChart {
  title: string;
  unit: '%' | 'GiB' | 'MiB/s' | 'pictures/s' | null;
  lines: { key: string; label: string }[];
  /** what the steps are */
  over: 'seconds' | 'epochs' | 'steps';
}

const gpu = /^system\/gpu\.(\d+)\/(utilization|memory|process_memory)$/;
const named = (keys: readonly string[], names: Record<string, string>) => Object.entries(names).flatMap(([key, label]) => (keys.includes(key) ? [{ key, label }] : []));

/** The charts that these keys fill, GPUs by number. Keys of no chart of their own stand alone at the end. */
export function systemCharts(keys: readonly string[]): SystemChart[] {
  const gpus = (what: string, label = (number: string) => `GPU ${number}`) => keys
    .map((key) => gpu.exec(key))
    .filter((match) => match?.[2] === what)
    .sort((a, b) => Number(a![1]) - Number(b![1]))
    .map((match) => ({ key: match![0], label: label(match![1]!) }));
  const charts: SystemChart[] = [
    { title: 'CPU', unit: '%', over: 'seconds', lines: named(keys, { 'system/cpu': 'machine', 'system/process_cpu': 'run' }) },
    { title: 'Memory', unit: 'GiB', over: 'seconds', lines: named(keys, { 'system/memory': 'run' }) },
    { title: 'Memory in use', unit: '%', over: 'seconds', lines: named(keys, { 'system/memory_percent': 'machine' }) },
    { title: 'GPU utilisation', unit: '%', over: 'seconds', lines: gpus('utilization') },
    { title: 'GPU memory', unit: 'GiB', over: 'seconds', lines: [...gpus('memory'), ...gpus('process_memory', (number) => `run on GPU ${number}`)] },
    { title: 'Disk', unit: 'MiB/s', over: 'seconds', lines: named(keys, { 'system/disk_read': 'run reads', 'system/disk_write': 'run writes' }) },
    { title: 'Network', unit: 'MiB/s', over: 'seconds', lines: named(keys, { 'system/network_received': 'machine receives', 'system/network_sent': 'machine sends' }) },
    { title: 'Throughput', unit: 'pictures/s', over: 'epochs', lines: named(keys, { throughput: 'training' }) },
  ];
  const drawn = new Set(charts.flatMap(({ lines }) => lines.map(({ key }) => key)));
  const others = keys.filter((key) => key.startsWith('system/') && !drawn.has(key));
  return [
    ...charts.filter(({ lines }) => lines.length > 0),
    ...others.map((key): SystemChart => ({ title: key.slice('system/'.length), unit: null, over: 'steps', lines: [{ key, label: 'last' }] })),
  ];
}

/** Parts of an epoch, the first at the bottom of the stack. */
export const timeParts = [
  { key: 'time/step', label: 'training steps', colour: 'var(--run-0)' },
  { key: 'time/data', label: 'waiting for data', colour: 'var(--run-1)' },
  { key: 'time/evaluation', label: 'evaluation', colour: 'var(--run-2)' },
] as const;
