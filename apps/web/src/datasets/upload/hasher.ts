import type { HashAnswer, HashRequest } from './hash-worker';

export interface Hasher {
  /** Rejects when the file cannot be read. */
  hash(file: Blob): Promise<string>;
  close(): void;
}

/** Digests files off the page's own thread. */
export function openHasher(): Hasher {
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { resolve: (sha256: string) => void; reject: (error: Error) => void }>();
  let nextId = 0;
  const settle = (id: number) => {
    const waiter = waiting.get(id);
    waiting.delete(id);
    return waiter;
  };
  worker.onmessage = ({ data }: MessageEvent<HashAnswer>) => {
    if ('sha256' in data) settle(data.id)?.resolve(data.sha256);
    else settle(data.id)?.reject(new Error(data.problem));
  };
  worker.onerror = (event) => {
    for (const id of [...waiting.keys()]) settle(id)?.reject(new Error(`The digest of a file could not be made: ${event.message || 'its worker did not start'}. Reload the page and try again.`));
  };
  return {
    hash: (file) => new Promise((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, file } satisfies HashRequest);
    }),
    close: () => worker.terminate(),
  };
}
