import { sums } from '../charts/points';
import { isSystemKey, systemCharts } from './system-keys';

test('what is about the machine and the time is told from what is learned', () => {
  expect(['system/cpu', 'time/data', 'throughput', 'train/loss', 'systems', 'time'].map(isSystemKey)).toEqual([true, true, true, false, false, false]);
});

test('each GPU is a line, by number; unknown keys stand alone', () => {
  const charts = systemCharts(['system/gpu.10/memory', 'system/gpu.2/memory', 'system/gpu.2/process_memory', 'system/cpu', 'system/process_cpu', 'system/disk_read', 'system/gpu.2/utilization', 'throughput', 'time/data', 'system/fan']);
  expect(charts.map(({ title, over, lines }) => [title, over, lines.map(({ label }) => label).join()])).toEqual([
    ['CPU', 'seconds', 'machine,run'], ['GPU utilisation', 'seconds', 'GPU 2'], ['GPU memory', 'seconds', 'GPU 2,GPU 10,run on GPU 2'], ['Disk', 'seconds', 'run reads'], ['Throughput', 'epochs', 'training'], ['fan', 'steps', 'last'],
  ]);
});

test('parts are stacked from the bottom, one that is missing counts as nothing', () => {
  expect(sums([[1, 2, null], [10, null, 30], [0.5, 0.5, 0.5]])).toEqual([[1, 2, 0], [11, 2, 30], [11.5, 2.5, 30.5]]);
});
