import { featureChunk } from '@thaw/training';

/** What stood when memory ran out. */
export interface MemoryUse {
  batchSize: number;
  /** The phase the run was in. */
  phase: string;
}

/** What happened, and the batch size to try: half of what did not fit. */
export function outOfMemoryMessage(error: unknown, { batchSize, phase }: MemoryUse): string {
  const pictures = phase === 'features' ? featureChunk(batchSize) : batchSize;
  const half = Math.floor(pictures / 2);
  const advice = half > 0 ? `Try batchSize ${half}.` : 'batchSize is already 1: use a smaller backbone, or freeze more of it.';
  return `Memory ran out in phase ${phase}, ${pictures} ${pictures === 1 ? 'picture' : 'pictures'} at a time. ${advice} (${String((error as Error)?.message ?? error).trim()})`;
}
