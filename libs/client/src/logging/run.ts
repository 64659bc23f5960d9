import path from 'node:path';
import { encodeNumber } from '@thaw/series';
import { pictureFileName } from './artifact-names';
import { describe, type Ending } from './ending';
import type { ArtifactKind, Destination, NewArtifact, RunStart, RunUpdate } from './messages';
import { Problems, warn, type Problem } from './problem';
import { session, type Unsettled } from './session';
import type { Uplink } from './uplink';

export interface LogOptions {
  /** A whole number; steps may repeat and come in any order. Default: one more than that of the call before, from 0. */
  step?: number;
  /** Seconds since 1970 or a Date. Default: now. */
  time?: number | Date;
}

export interface RunOutcome {
  id: string;
  /** False: not all of it has arrived within the time. It is spooled, and sent by this process, the next one or `thaw sync`. */
  delivered: boolean;
  problems: readonly Problem[];
}

const longestKeyBytes = 512;

/** A run that a script logs to. No method waits for the network, and none throws: what goes wrong is in `problems`. */
export class LoggedRun implements Unsettled {
  readonly id: string;
  readonly #drainMs: number;
  readonly #to: Destination;
  readonly #problems: Problems;
  readonly #uplink: Uplink | null = null;
  readonly #number: number = 0;
  readonly #series = new Map<string, number>();
  readonly #whenSettled: Promise<void>;
  #setSettled!: () => void;
  #nextStep = 0;
  #ended = false;
  /** Nothing more happens to it. */
  #settled = false;
  #delivered = false;
  /** finish() has waited for it in vain. */
  #waited = false;
  #tags: string[];
  #notes: string;

  constructor(start: RunStart, to: Destination, options: { drainMs: number; onProblem?: (problem: Problem) => void }) {
    this.id = start.id;
    this.#drainMs = options.drainMs;
    this.#to = to;
    this.#tags = start.tags ?? [];
    this.#notes = start.notes ?? '';
    this.#problems = new Problems((problem) => {
      warn(problem.message);
      options.onProblem?.(problem);
    });
    this.#whenSettled = new Promise((resolve) => { this.#setSettled = resolve; });
    try {
      this.#uplink = session.uplink;
      this.#number = this.#uplink.addRun({
        problem: (code, message, count) => this.#problems.add(code, message, count),
        settled: (delivered) => this.#settle(delivered),
      });
      this.#uplink.post({ type: 'run', run: this.#number, start, script: { folder: process.cwd(), command: [process.execPath, ...process.execArgv, ...process.argv.slice(1)] }, to });
      session.add(this);
    } catch (error) {
      this.#uplink = null;
      this.#problems.add('LOGGING_OFF', `Nothing of this run is logged: ${(error as Error).message}.`);
      this.#settle(false);
    }
  }

  /** What went wrong so far, one entry for each kind. */
  get problems(): readonly Problem[] {
    return this.#problems.list;
  }

  get patienceMs(): number {
    return this.#waited ? 0 : this.#drainMs;
  }

  /** Values by key, such as { 'train/loss': 0.3 }. NaN and ±Infinity are kept. */
  log(values: Record<string, number>, options: LogOptions = {}): void {
    try {
      if (!this.#isOpen('log')) return;
      const step = options.step ?? this.#nextStep;
      const time = options.time === undefined ? Date.now() / 1000 : options.time instanceof Date ? options.time.getTime() / 1000 : options.time;
      if (!Number.isSafeInteger(step)) return this.#problems.add('INVALID_STEP', `step is ${show(step)}. It must be a whole number; these values are not logged.`);
      if (!Number.isFinite(time)) return this.#problems.add('INVALID_TIME', `time is ${show(options.time)}. It must be seconds since 1970 or a Date; these values are not logged.`);
      this.#nextStep = step + 1;
      for (const key in values) this.#append(key, step, time, values[key]!);
    } catch (error) {
      this.#fault(error);
    }
  }

  /** Adds to the config; a value given again replaces, nested objects are merged. */
  config(values: Record<string, unknown>): void {
    this.#update('config', () => ({ config: plainJson(values) as Record<string, unknown> }));
  }

  tag(...tags: string[]): void {
    this.#update('tag', () => {
      this.#tags = [...new Set([...this.#tags, ...tags.map(String)])];
      return { tags: this.#tags };
    });
  }

  /** Adds a paragraph to the notes. */
  note(text: string): void {
    this.#update('note', () => {
      this.#notes = this.#notes === '' ? text : `${this.#notes}\n\n${text}`;
      return { notes: this.#notes };
    });
  }

  /** A png, jpeg, webp, gif or svg: its bytes, or the path of a file. The same name replaces. */
  image(name: string, picture: Uint8Array | string): void {
    this.#keep('image', () => {
      if (typeof picture === 'string') return artifact(name, 'IMAGE', path.basename(picture), path.resolve(picture));
      return artifact(name, 'IMAGE', pictureFileName(picture), Uint8Array.from(picture));
    });
  }

  table(name: string, columns: readonly string[], rows: readonly (readonly unknown[])[]): void {
    this.#keep('table', () => artifact(name, 'TABLE', 'table.json', jsonBytes({ columns, rows })));
  }

  /** `matrix[i][j]`: how many of class i were taken for class j. */
  confusionMatrix(name: string, classes: readonly string[], matrix: readonly (readonly number[])[]): void {
    this.#keep('confusionMatrix', () => {
      if (matrix.length !== classes.length || matrix.some((row) => row.length !== classes.length)) {
        throw new TypeError(`The matrix must have ${classes.length} rows of ${classes.length} numbers, one for each class`);
      }
      return artifact(name, 'CONFUSION_MATRIX', 'confusion-matrix.json', jsonBytes({ classes, matrix }));
    });
  }

  text(name: string, content: string): void {
    this.#keep('text', () => artifact(name, 'TEXT', 'text.txt', Buffer.from(String(content), 'utf8')));
  }

  /** A file as it is now, of any kind. The same name replaces. */
  file(name: string, file: string): void {
    this.#keep('file', () => artifact(name, 'FILE', path.basename(file), path.resolve(file)));
  }

  /** Ends the run as FINISHED, and waits until all of it has arrived or `drainMs` is over. Never rejects. */
  finish(): Promise<RunOutcome> {
    return this.#close({ status: 'FINISHED' });
  }

  fail(error?: unknown): Promise<RunOutcome> {
    return this.#close({ status: 'FAILED', error: error === undefined ? undefined : describe(error) });
  }

  cancel(reason?: string): Promise<RunOutcome> {
    return this.#close({ status: 'CANCELLED', error: reason });
  }

  /** For `await using`. It cannot see the error that leaves its block; the next turn of the event loop tells whether anybody caught it. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended) return void (await this.#outcome());
    setImmediate(() => {
      const { uncaught } = session.ending;
      this.end(uncaught === undefined ? { status: 'FINISHED' } : { status: 'FAILED', error: describe(uncaught) });
    });
  }

  end({ status, error }: Ending): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#uplink?.post({ type: 'end', run: this.#number, end: { status, error, endedAt: new Date().toISOString() } });
  }

  giveUp(): void {
    this.#waited = true;
    const { url, spool } = this.#to;
    this.#problems.add('SPOOLED', `${url} has not taken all of the run within ${this.#drainMs / 1000} s. The rest is kept in ${spool}: the next script that logs sends it, or \`thaw sync\`.`);
  }

  #close(ending: Ending): Promise<RunOutcome> {
    this.end(ending);
    return this.#outcome();
  }

  async #outcome(): Promise<RunOutcome> {
    const release = this.#uplink?.hold();
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.#whenSettled, new Promise((resolve) => { timer = setTimeout(resolve, this.#drainMs); })]);
    clearTimeout(timer);
    release?.();
    if (!this.#settled) this.giveUp();
    return { id: this.id, delivered: this.#delivered, problems: this.problems };
  }

  #settle(delivered: boolean): void {
    this.#settled = true;
    this.#delivered = delivered;
    this.#ended = true;
    session.remove(this);
    this.#uplink?.forget(this.#number);
    this.#setSettled();
  }

  #append(key: string, step: number, time: number, value: number): void {
    const uplink = this.#uplink!;
    if (typeof value !== 'number') return this.#problems.add('INVALID_VALUE', `The value of "${key}" is ${show(value)}. It must be a number; it is not logged.`);
    let series = this.#series.get(key);
    if (series === undefined) {
      if (key.trim() === '' || Buffer.byteLength(key) > longestKeyBytes) return this.#problems.add('INVALID_KEY', `A key is ${show(key)}. It must be a name of 1 to ${longestKeyBytes} bytes, such as "train/loss"; its values are not logged.`);
      series = uplink.addSeries(this.#number, key);
      this.#series.set(key, series);
    }
    if (!uplink.points.append(series, step, time, value)) this.#problems.add('TOO_FAST', 'Points come faster than they can be written to disk, and the memory for them is full: some are not logged.');
  }

  #isOpen(method: string): boolean {
    if (this.#uplink === null) return false;
    if (!this.#ended) return true;
    this.#problems.add('RUN_ENDED', `${method}() was called after the run had ended; that is not logged.`);
    return false;
  }

  #update(method: string, update: () => RunUpdate): void {
    try {
      if (this.#isOpen(method)) this.#uplink!.post({ type: 'update', run: this.#number, update: update() });
    } catch (error) {
      this.#fault(error);
    }
  }

  #keep(method: string, make: () => NewArtifact): void {
    try {
      if (this.#isOpen(method)) this.#uplink!.post({ type: 'artifact', run: this.#number, artifact: make() });
    } catch (error) {
      this.#fault(error);
    }
  }

  #fault(error: unknown): void {
    this.#problems.add('INVALID_ARGUMENT', `${error instanceof Error ? error.message : String(error)}; that is not logged.`);
  }
}

const artifact = (name: string, kind: ArtifactKind, fileName: string, content: string | Uint8Array): NewArtifact => ({ name, kind, fileName, content });

/** A copy as JSON can carry it: NaN and ±Infinity as strings. Throws on what has no JSON, such as a cycle. */
export const plainJson = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, each: unknown) => (typeof each === 'number' ? encodeNumber(each) : typeof each === 'bigint' ? String(each) : each)));

const jsonBytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(plainJson(value)), 'utf8');

function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
