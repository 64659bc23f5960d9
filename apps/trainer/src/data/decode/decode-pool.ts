import os from 'node:os';
import { Worker } from 'node:worker_threads';
import type { DecodeAnswer, DecodeTask } from './messages';
import { decodeWorkerCode } from './worker-code';

type Request = Omit<DecodeTask, 'id' | 'into'>;

/** null: the file is not there, or not what its name says. Rejects when it is no picture. */
export type Decoder = (request: Request) => Promise<Uint8Array | null>;

interface Thread {
  worker: Worker;
  waiting: Map<number, { into: SharedArrayBuffer; resolve(bytes: Uint8Array | null): void; reject(error: Error): void }>;
}

/**
 * Reads, checks, decodes and augments pictures in threads of its own, which go on while a step of the native backend
 * blocks this one. The caller asks for no more than it wants to hold; the thread with the least to do takes the next.
 */
export class DecodePool implements Disposable {
  readonly #threads: Thread[] = [];
  #code: ReturnType<typeof decodeWorkerCode> | undefined;
  #lastId = 0;

  constructor(readonly size = Math.min(8, os.availableParallelism())) {}

  readonly decode: Decoder = (request) => new Promise((resolve, reject) => {
    const { worker, waiting } = this.#leastBusy();
    const id = ++this.#lastId;
    const into = new SharedArrayBuffer(request.inputSize ** 2 * 3);
    waiting.set(id, { into, resolve, reject });
    worker.postMessage({ ...request, id, into } satisfies DecodeTask);
  });

  [Symbol.dispose](): void {
    for (const { worker } of this.#threads.splice(0)) void worker.terminate();
  }

  #leastBusy(): Thread {
    if (this.#threads.length < this.size && this.#threads.every(({ waiting }) => waiting.size > 0)) return this.#start();
    return this.#threads.reduce((least, thread) => (thread.waiting.size < least.waiting.size ? thread : least));
  }

  #start(): Thread {
    this.#code ??= decodeWorkerCode();
    const { file, code } = this.#code;
    const thread: Thread = { worker: new Worker(code ?? file, { eval: code !== undefined }), waiting: new Map() };
    thread.worker.unref();
    thread.worker.on('message', (answer: DecodeAnswer) => {
      const { into, resolve, reject } = thread.waiting.get(answer.id)!;
      thread.waiting.delete(answer.id);
      if (answer.outcome === 'failed') reject(new Error(answer.message));
      else resolve(answer.outcome === 'decoded' ? new Uint8Array(into) : null);
    });
    thread.worker.on('error', (error) => this.#lose(thread, error));
    thread.worker.on('exit', () => this.#lose(thread, new Error('A decoding thread ended.')));
    this.#threads.push(thread);
    return thread;
  }

  /** What it had taken fails; the next request starts another. */
  #lose(thread: Thread, error: Error): void {
    const place = this.#threads.indexOf(thread);
    if (place >= 0) this.#threads.splice(place, 1);
    for (const { reject } of thread.waiting.values()) reject(error);
    thread.waiting.clear();
  }
}
