import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { control, type FromWorker, type ToWorker } from './messages';
import { PointWriter } from './points';
import { warn } from './problem';
import { findWorkerCode } from './worker-code';

/** What a run wants to hear from the worker. */
export interface UplinkListener {
  problem(code: string, message: string, count: number): void;
  settled(delivered: boolean): void;
}

/** Memory for points that the worker has not read yet: 7 million of them, 200 MB. */
const mostSegments = 112;

/**
 * The script's side of the one worker thread of this process. The worker serialises, spools and sends, so that
 * uploads go on while the script's event loop is blocked, and the script's own exit can wait for it.
 */
export class Uplink {
  readonly points: PointWriter;
  readonly #port: MessagePort;
  readonly #control = new Int32Array(new SharedArrayBuffer(control.bytes));
  readonly #worker: Worker;
  readonly #listeners = new Map<number, UplinkListener>();
  #series = 0;
  #runs = 0;
  #dead = false;
  #waiting = 0;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const { file, code } = findWorkerCode();
    this.#worker = new Worker(code ?? file, {
      name: 'thaw',
      eval: code !== undefined,
      // Loaders and inspectors of the script are not meant for this thread.
      execArgv: [],
      argv: [],
      workerData: { port: port2, control: this.#control.buffer },
      transferList: [port2],
    });
    this.#worker.on('error', (error: Error) => this.#died(error.message));
    this.#worker.on('exit', (code) => this.#died(`it ended with code ${code}`));
    port1.on('message', (message: FromWorker) => this.#hear(message));
    // Neither keeps a script alive that has nothing left to do.
    this.#worker.unref();
    port1.unref();
    this.points = new PointWriter((memory) => this.post({ type: 'segment', memory }), () => Atomics.load(this.#control, control.readSegments), mostSegments);
  }

  get dead(): boolean {
    return this.#dead;
  }

  post(message: ToWorker): void {
    if (!this.#dead) this.#port.postMessage(message);
  }

  addRun(listener: UplinkListener): number {
    this.#runs += 1;
    this.#listeners.set(this.#runs, listener);
    return this.#runs;
  }

  addSeries(run: number, key: string): number {
    this.#series += 1;
    this.post({ type: 'series', series: this.#series, run, key });
    return this.#series;
  }

  forget(run: number): void {
    this.#listeners.delete(run);
  }

  /** Keeps the process alive while something is awaited. */
  hold(): () => void {
    if (this.#waiting++ === 0) this.#port.ref();
    let held = true;
    return () => {
      if (held && --this.#waiting === 0) this.#port.unref();
      held = false;
    };
  }

  /** Blocks this thread until the worker has sent or spooled everything; at most a little longer than `withinMs`. */
  drain(withinMs: number): void {
    if (this.#dead) return;
    const before = Atomics.load(this.#control, control.drained);
    this.post({ type: 'drain', withinMs });
    Atomics.wait(this.#control, control.drained, before, withinMs + 2_000);
    for (let next = receiveMessageOnPort(this.#port); next; next = receiveMessageOnPort(this.#port)) this.#hear(next.message as FromWorker);
  }

  async close(): Promise<void> {
    this.#dead = true;
    this.#port.close();
    await this.#worker.terminate();
  }

  #hear(message: FromWorker): void {
    if (message.type === 'warning') return warn(message.message);
    const listeners = message.run === null ? [...this.#listeners.values()] : [this.#listeners.get(message.run)];
    for (const listener of listeners) {
      if (message.type === 'problem') listener?.problem(message.code, message.message, message.count);
      else listener?.settled(message.delivered);
    }
  }

  #died(reason: string): void {
    if (this.#dead) return;
    this.#dead = true;
    for (const listener of [...this.#listeners.values()]) {
      listener.problem('WORKER_LOST', `The thread that sends what is logged has ended (${reason}). Nothing more is logged by this process; what was spooled is sent by the next one, or by \`thaw sync\`.`, 1);
      listener.settled(false);
    }
  }
}
