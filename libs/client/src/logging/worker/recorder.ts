import { randomUUID } from 'node:crypto';
import type { NewArtifact, RunEnd, RunStart, RunUpdate } from '../messages';
import { NotOnDisk, type Journal } from '../spool/journal';
import type { Operation } from '../spool/operation';
import { keepFile } from './artifact-file';
import { PendingPoints } from './pending-points';

/** The API takes 100,000 points and 20,000 columns a batch. */
const mostPoints = 50_000;
const mostKeys = 5_000;

/** Turns what one run logs into operations in its journal. Once there, an operation is what it is, batch id included. */
export class Recorder {
  readonly #points = new PendingPoints();
  /** null once it is in the journal. */
  #start: (RunStart & Record<string, unknown>) | null;
  #artifacts: Promise<void> = Promise.resolve();
  #dropped = 0;

  constructor(start: RunStart & Record<string, unknown>, readonly journal: Journal, readonly tell: (code: string, message: string, count?: number) => void) {
    this.#start = start;
  }

  point(key: string, step: number, time: number, value: number): void {
    this.#points.add(key, step, time, value);
    if (this.#points.count >= mostPoints || this.#points.keys >= mostKeys) this.flush();
  }

  update({ config, ...update }: RunUpdate): void {
    if (this.#start) {
      Object.assign(this.#start, update);
      if (config) this.#start.config = merge(this.#start.config ?? {}, config);
    } else {
      this.#append({ field: 'updateRun', input: { id: this.journal.runId, ...update, config } });
    }
  }

  artifact({ name, kind, fileName, content, metadata }: NewArtifact): void {
    this.flush();
    this.#artifacts = this.#artifacts.then(async () => {
      try {
        const { sha256, file } = await keepFile(this.journal.filesFolder, content, this.journal.usage);
        this.#append(
          { field: 'upload', input: { sha256, file } },
          { field: 'logArtifact', input: { runId: this.journal.runId, name, kind, files: [{ path: fileName, sha256 }], metadata } },
        );
      } catch (error) {
        this.tell('FILE_LOST', `"${name}" is not kept: ${(error as Error).message}.`);
      }
    });
  }

  /** Everything logged so far goes into the journal. */
  flush(): void {
    if (this.#start) {
      this.#append({ field: 'createRun', input: this.#start });
      this.#start = null;
    }
    if (this.#points.count === 0) return;
    const { count } = this.#points;
    const operation: Operation = { field: 'logMetrics', input: { runId: this.journal.runId, batchId: randomUUID(), columns: this.#points.take() } };
    if (this.journal.usage.hasRoom(count * 32)) return this.#append(operation);
    this.#dropped += count;
    if (this.#dropped === count) this.tell('SPOOL_FULL', `THE SPOOL FOLDER IS FULL (${Math.round(this.journal.usage.diskLimit / 1e6)} MB) and the API does not take what is in it: from now on points are lost until it does. Start the API, or raise THAW_SPOOL_BYTES.`, count);
    else this.tell('SPOOL_FULL', '', count);
  }

  /** After what is still being copied. A run that is not in the journal yet goes there whole, as one operation. */
  async end(end: RunEnd): Promise<void> {
    await this.#artifacts;
    if (this.#start) {
      const metrics = this.#points.count > 0 ? this.#points.take() : undefined;
      this.#append({ field: 'wholeRun', input: { ...this.#start, metrics, end } });
      this.#start = null;
    } else {
      this.flush();
      this.#append({ field: 'finishRun', input: { id: this.journal.runId, ...end } });
    }
  }

  #append(...operations: Operation[]): void {
    if (this.journal.refused) return;
    try {
      this.journal.append(...operations);
    } catch (error) {
      if (error instanceof NotOnDisk) this.tell('SPOOL_UNWRITABLE', `${this.journal.file} cannot be written (${error.message}). What is logged is sent from memory, and lost should this process be killed. Check THAW_SPOOL and the disk.`);
      else this.tell('LOST', `Neither disk nor memory takes what is logged (${(error as Error).message}): some of it is lost.`);
    }
  }
}

type Nested = Record<string, unknown>;

/** Nested objects are merged, everything else is replaced. */
export function merge(into: Nested, values: Nested): Nested {
  const merged = { ...into };
  for (const [key, value] of Object.entries(values)) {
    const before = merged[key];
    Object.defineProperty(merged, key, { value: isNested(before) && isNested(value) ? merge(before, value) : value, enumerable: true, writable: true, configurable: true });
  }
  return merged;
}

const isNested = (value: unknown): value is Nested => typeof value === 'object' && value !== null && !Array.isArray(value);
