import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cgroupLimits } from './cgroup';

let root: string;
beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), 'thaw-cgroup-'))));
afterEach(() => rmSync(root, { recursive: true }));

function write(folder: string, files: Record<string, string>): void {
  mkdirSync(path.join(root, folder), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, folder, name), text);
}

const unified = (group: string, below = '/') => ({ membership: `0::${group}\n`, mounts: `30 23 0:26 ${below} ${root} rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n` });
const GiB = 2 ** 30;

test('version 2: the tightest of the groups around the process binds it; pages of files that may go do not count', () => {
  write('work/trainer', { 'memory.max': 'max\n', 'memory.current': `${3 * GiB}\n`, 'memory.stat': 'anon 1\ninactive_file 0\n', 'cpu.max': 'max 100000\n', 'cpu.stat': 'usage_usec 1000000\n' });
  write('work', { 'memory.max': `${8 * GiB}\n`, 'memory.current': `${6 * GiB}\n`, 'memory.stat': `anon 1\ninactive_file ${2 * GiB}\n`, 'cpu.max': '150000 100000\n', 'cpu.stat': 'usage_usec 2500000\nuser_usec 1\n' });
  expect(cgroupLimits(unified('/work/trainer'))).toEqual({ memory: { limitBytes: 8 * GiB, usedBytes: 4 * GiB }, cpu: { cores: 1.5, usedMs: 2_500 } });
});

test('version 2 in a container: the mount shows the part below its root', () => {
  write('', { 'memory.max': `${GiB}`, 'memory.current': '1000', 'memory.stat': 'inactive_file 400\n' });
  const expected = { memory: { limitBytes: GiB, usedBytes: 600 } };
  expect(cgroupLimits(unified('/docker/4f2e', '/docker/4f2e'))).toEqual(expected);
  expect(cgroupLimits(unified('/', '/'))).toEqual(expected);
  expect(cgroupLimits(unified('/../elsewhere', '/'))).toEqual(expected);
});

test('version 1: each controller has a tree of its own, and no limit is a very large one', () => {
  const files = {
    membership: '5:memory:/docker/1\n4:cpu,cpuacct:/docker/1\n0::/docker/1\n',
    mounts: ['memory', 'cpu,cpuacct'].map((name) => `35 31 0:32 /docker/1 ${path.join(root, name)} rw - cgroup cgroup rw,${name}\n`).join(''),
  };
  write('cpu,cpuacct', { 'cpu.cfs_quota_us': '-1', 'cpu.cfs_period_us': '100000', 'cpuacct.usage': '5000000' });
  write('memory', { 'memory.limit_in_bytes': '9223372036854771712', 'memory.usage_in_bytes': '1000', 'memory.stat': 'inactive_file 1\ntotal_inactive_file 250\n' });
  expect(cgroupLimits(files)).toEqual({});
  write('cpu,cpuacct', { 'cpu.cfs_quota_us': '200000' });
  write('memory', { 'memory.limit_in_bytes': String(2 * GiB) });
  expect(cgroupLimits(files)).toEqual({ memory: { limitBytes: 2 * GiB, usedBytes: 750 }, cpu: { cores: 2, usedMs: 5 } });
});

test('off Linux there is nothing to read', () => {
  expect(cgroupLimits({ membership: '', mounts: '' })).toEqual({});
});
