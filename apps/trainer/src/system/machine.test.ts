import os from 'node:os';
import { availableMemory, cpuClock, machineMemory, reclaimable } from './machine';

test('memory that is held is not available to a further run', async () => {
  const { totalBytes, availableBytes } = await machineMemory();
  expect(totalBytes).toBeLessThanOrEqual(os.totalmem());
  expect(availableBytes).toBeGreaterThan(0);
  expect(availableBytes).toBeLessThan(totalBytes);

  // Others on the machine give back as well, now and then.
  for (let shows = false; !shows; ) {
    const before = await availableMemory();
    const held = Buffer.alloc(256 * 2 ** 20, 1);
    shows = (await availableMemory()) < before - held.length / 2;
  }
});

test('the processors’ clock counts this process’s work, out of all they could have done', () => {
  const before = cpuClock();
  const own = process.cpuUsage();
  // Ticks of 10 ms, and a moment may go by without any.
  while (process.cpuUsage(own).user < 300_000);
  const now = cpuClock();
  expect(now.busyMs - before.busyMs).toBeGreaterThan(200);
  expect(now.totalMs - before.totalMs).toBeGreaterThanOrEqual(now.busyMs - before.busyMs);
});

test('a Mac’s memory that is only a cache is available', () => {
  const vmStat = 'Mach Virtual Memory Statistics: (page size of 16384 bytes)\nPages free:                               10000.\nPages active:                            300000.\nPages inactive:                          290000.\nPages speculative:                         5000.\nPages wired down:                        120000.\nPages purgeable:                           1000.\n';
  expect(reclaimable(vmStat)).toBe(306_000 * 16_384);
});
