import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What a container or a service manager allows this process; nothing where it sets no limit, or off Linux. */
export interface CgroupLimits {
  memory?: { limitBytes: number; usedBytes: number };
  cpu?: { cores: number; usedMs: number };
}

interface CgroupFiles {
  /** /proc/self/cgroup */
  membership: string;
  /** /proc/self/mountinfo */
  mounts: string;
}

/** A process stays where it was started; what it is allowed there may change. */
let own: CgroupFiles | undefined;

export function cgroupLimits(files: CgroupFiles = (own ??= { membership: read('/proc/self/cgroup'), mounts: read('/proc/self/mountinfo') })): CgroupLimits {
  // The tightest of the groups around this process binds it.
  const memory = foldersOf('memory', files).flatMap(memoryOf).sort((a, b) => a.limitBytes - a.usedBytes - (b.limitBytes - b.usedBytes))[0];
  const cpu = foldersOf('cpu', files).flatMap((folder) => cpuOf(folder, files)).sort((a, b) => a.cores - b.cores)[0];
  return { ...(memory ? { memory } : {}), ...(cpu ? { cpu } : {}) };
}

/** Pages of files that were read once go when somebody needs the memory: like Kubernetes, they do not count as used. */
function memoryOf(folder: string): NonNullable<CgroupLimits['memory']>[] {
  const limitBytes = number(folder, 'memory.max') ?? number(folder, 'memory.limit_in_bytes');
  const current = number(folder, 'memory.current') ?? number(folder, 'memory.usage_in_bytes');
  // "No limit" is "max" in version 2, and in version 1 as many bytes as fit a signed 64-bit number.
  if (limitBytes === undefined || current === undefined || limitBytes >= 2 ** 62) return [];
  const [, idle] = /^(?:total_)?inactive_file (\d+)$/m.exec(totalsFirst(read(path.join(folder, 'memory.stat')))) ?? [];
  return [{ limitBytes, usedBytes: Math.max(0, current - Number(idle ?? 0)) }];
}

/** Version 1 lists the group alone before it and the groups in it. */
const totalsFirst = (stat: string) => (stat.includes('total_inactive_file') ? stat.slice(stat.indexOf('total_')) : stat);

function cpuOf(folder: string, files: CgroupFiles): NonNullable<CgroupLimits['cpu']>[] {
  const [quota, period] = read(path.join(folder, 'cpu.max')).split(' ').map(Number);
  const [, usageUs] = /^usage_usec (\d+)$/m.exec(read(path.join(folder, 'cpu.stat'))) ?? [];
  if (quota && period && usageUs) return [{ cores: quota / period, usedMs: Number(usageUs) / 1e3 }];
  const quotaUs = number(folder, 'cpu.cfs_quota_us');
  const periodUs = number(folder, 'cpu.cfs_period_us');
  const accounted = foldersOf('cpuacct', files)[0];
  const usageNs = accounted && number(accounted, 'cpuacct.usage');
  // -1: no limit
  return quotaUs && periodUs && usageNs && quotaUs > 0 ? [{ cores: quotaUs / periodUs, usedMs: usageNs / 1e6 }] : [];
}

/** The groups this process is in, innermost first, as far as they can be seen from inside a container. */
function foldersOf(controller: string, { membership, mounts }: CgroupFiles): string[] {
  const groups = membership.split('\n').map((line) => line.split(':'));
  const ofVersion1 = groups.find(([, controllers]) => controllers?.split(',').includes(controller));
  const group = ofVersion1 ?? groups.find(([id, controllers]) => id === '0' && controllers === '');
  const mount = mounts.split('\n').map(mountOf).find((each) => each && (ofVersion1 ? each.type === 'cgroup' && each.options.includes(controller) : each.type === 'cgroup2'));
  if (!group || !mount) return [];
  const whole = group.slice(2).join(':');
  // Without a cgroup namespace the path is the host's, of which the mount shows the part below its root.
  const below = path.posix.relative(mount.root, whole);
  const folders = [];
  for (let folder = below.startsWith('..') ? '' : below; ; folder = path.posix.dirname(folder)) {
    const absolute = path.join(mount.point, folder);
    if (existsSync(absolute)) folders.push(absolute);
    if (folder === '' || folder === '.') return folders;
  }
}

/** "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory" */
function mountOf(line: string) {
  const [left, right] = line.split(' - ');
  const [, , , root, point] = left?.split(' ') ?? [];
  const [type, , options] = right?.split(' ') ?? [];
  return root && point && type && options ? { root, point, type, options: options.split(',') } : undefined;
}

function number(folder: string, name: string): number | undefined {
  const text = read(path.join(folder, name)).trim();
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
