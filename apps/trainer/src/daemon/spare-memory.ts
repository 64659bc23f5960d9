import { processTree } from '../system/process-tree';
import { availableMemory } from '../system/machine';
import type { HeldRun } from './held-run';

/** Left to the machine, and to what it does besides. */
const reserveBytes = 512 * 2 ** 20;
/** What a run is taken to need until it has it, when it says nothing: the process, and a gigabyte of pictures and features. */
const usualBytes = 1.5 * 2 ** 30;

/** What a further run may take: what is free, less what those under way are still going to take. */
export async function spareMemory(held: Iterable<HeldRun>): Promise<number> {
  let spoken = reserveBytes;
  for (const { claim, executor } of held) {
    const used = (await processTree(executor.pid)).reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
    spoken += Math.max(0, Math.max(usualBytes, claim.memoryBytes) - used);
  }
  return Math.max(0, (await availableMemory()) - spoken);
}

/** A first run is always tried: its machine has nothing better to do. */
export const hasRoom = (held: number, spareBytes: number): boolean => held === 0 || spareBytes >= usualBytes;
