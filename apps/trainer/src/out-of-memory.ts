import { featureChunk } from '@thaw/training';

/** How V8, Node's buffers, Emscripten (wasm) and libtensorflow say it. */
const signs = [
  /out of memory/i,
  /\bOOM\b/,
  /RESOURCE_EXHAUSTED|ResourceExhausted/,
  /Array buffer allocation failed/,
  /Cannot enlarge memory/,
  /failed to allocate/i,
  /memory access out of bounds/,
  /Invalid typed array length/,
];

export const isOutOfMemory = (error: unknown): boolean => signs.some((sign) => sign.test(String((error as Error)?.message ?? error)));

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

/**
 * The trainer's exit code once it has settled a run that ran out of memory (EX_TEMPFAIL of sysexits.h). A backend that
 * refused an allocation keeps what the failed step had allocated, so the next run gets a new process from whoever
 * supervises this one.
 */
export const outOfMemoryExitCode = 75;
