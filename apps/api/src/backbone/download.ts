import { setTimeout as sleep } from 'node:timers/promises';
import { type Blob, BlobError, type BlobStore } from '../blob/blob-store';

export interface DownloadOptions {
  blobs: BlobStore;
  signal: AbortSignal;
  /** bytes of this file so far; goes back to 0 when it is tried again */
  onProgress(bytes: number): void;
  /** milliseconds before the 2nd, 3rd, … attempt */
  retryAfter?: readonly number[];
  /** milliseconds without a byte before an attempt is given up */
  stallAfter?: number;
  maxBytes?: number;
}

/** A download that did not come; the message names the address and the cause. */
export class DownloadFailed extends Error {}

/** Stores what an address answers. Tries again when the server or the network fails, not when the answer is a plain no. */
export async function download(address: string, options: DownloadOptions): Promise<Blob> {
  const { signal, onProgress, retryAfter = [500, 2_000, 5_000] } = options;
  for (let attempt = 0; ; attempt++) {
    try {
      return await downloadOnce(address, options);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof BlobError && error.code !== 'UPLOAD_ABORTED') throw error;
      const delay = error instanceof FinalAnswer ? undefined : retryAfter[attempt];
      if (delay === undefined) throw new DownloadFailed(`GET ${address} ${causeOf(error)}${attempt > 0 ? ` (tried ${attempt + 1} times)` : ''}`, { cause: error });
      onProgress(0);
      await sleep(delay, undefined, { signal });
    }
  }
}

async function downloadOnce(address: string, { blobs, signal, onProgress, stallAfter = 30_000, maxBytes = 4 * 1024 ** 3 }: DownloadOptions): Promise<Blob> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new Error(`sent nothing for ${stallAfter / 1000} s`)), stallAfter);
  try {
    const response = await fetch(address, { signal: AbortSignal.any([signal, stalled.signal]) });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      const message = `answered ${response.status} ${response.statusText}`.trim();
      throw response.status >= 500 || response.status === 429 || response.status === 408 ? new Error(message) : new FinalAnswer(message);
    }
    return await blobs.put(response.body, { maxBytes, onProgress: (bytes) => (timer.refresh(), onProgress(bytes)) });
  } finally {
    clearTimeout(timer);
  }
}

/** Asking again would change nothing. */
class FinalAnswer extends Error {}

/** "fetch failed" says nothing; its cause does. */
function causeOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: Partial<AggregateError> };
  const inner: Partial<Error> | undefined = cause?.errors?.[0] ?? cause;
  if (inner?.message) return `failed: ${inner.message}`;
  return message.startsWith('answered') || message.startsWith('sent') ? message : `failed: ${message}`;
}
