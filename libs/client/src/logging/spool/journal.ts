import { closeSync, fsync, fsyncSync, ftruncateSync, futimesSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { decodeLine, encodeLine, endsRun, type Operation } from './operation';
import type { SpoolUsage } from './usage';

/** One operation that has not arrived yet. */
interface Entry {
  /** Place in the file; -1 when the disk did not take it. */
  offset: number;
  length: number;
  field: Operation['field'];
  /** null: to be read from the file. */
  operation: Operation | null;
}

export interface JournalHeader {
  version: 1;
  runId: string;
  /** Where it is sent. */
  url: string;
}

/** Once everything has been sent, a file beyond this many bytes starts over. */
const keptBytes = 1e6;

/**
 * The operations of one run in order, in one append-only file: written before they are sent, and struck off by a
 * line `sent OFFSET` when they have arrived. What is not struck off is sent again, which does no harm.
 */
export class Journal {
  #entries: Entry[] = [];
  #fd: number | undefined;
  #size = 0;
  #dirty = false;
  /** A finishRun is in it, or was: nothing follows. */
  ended = false;
  /** The API will not have this run: nothing more is sent. */
  refused = false;

  constructor(readonly file: string, readonly header: JournalHeader, readonly usage: SpoolUsage) {}

  get runId(): string {
    return this.header.runId;
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** Where files are kept until they are uploaded. */
  get filesFolder(): string {
    return `${this.file.slice(0, this.file.lastIndexOf('@'))}.files`;
  }

  /** Takes up what an earlier process left: where the lines that are not struck off lie. */
  restore(size: number, entries: { offset: number; length: number; field: Operation['field'] }[], ended: boolean): void {
    this.#size = size;
    this.usage.disk += size;
    this.#entries = entries.map((entry) => ({ ...entry, operation: null }));
    this.ended = ended;
  }

  /** Throws when neither disk nor memory takes it. */
  append(...operations: Operation[]): void {
    const lines = operations.map((operation) => ({ operation, line: Buffer.from(encodeLine(operation)) }));
    const offsets = this.#write(lines.map(({ line }) => line));
    lines.forEach(({ operation, line: { length } }, index) => {
      const inMemory = this.usage.memory + length <= this.usage.memoryLimit;
      if (!inMemory && offsets.failure) throw offsets.failure;
      if (inMemory) this.usage.memory += length;
      this.#entries.push({ offset: offsets.failure ? -1 : offsets.places[index]!, length, field: operation.field, operation: inMemory ? operation : null });
    });
    if (operations.some(({ field }) => endsRun(field))) this.ended = true;
    this.#rest();
    if (offsets.failure) throw new NotOnDisk(offsets.failure);
  }

  /** The first operations that fit, read back where needed; of one too large for any budget, at least that one. */
  peek(mostOperations: number, mostBytes: number): Operation[] {
    const found: Operation[] = [];
    let bytes = 0;
    for (const entry of this.#entries) {
      bytes += entry.length;
      if (found.length > 0 && (found.length >= mostOperations || bytes > mostBytes || entry.field === 'upload' || found[0]!.field === 'upload')) break;
      found.push(entry.operation ?? this.#read(entry));
    }
    this.#rest();
    return found;
  }

  /** In memory only: whoever reads the file comes to the same conclusion. */
  replaceFirst(operation: Operation): void {
    const entry = this.#entries[0]!;
    if (!entry.operation) this.usage.memory += entry.length;
    entry.operation = operation;
  }

  /** Strikes off the first operations: they have arrived, or never will. */
  strike(count: number): void {
    for (const { operation, length } of this.#entries.splice(0, count)) if (operation) this.usage.memory -= length;
    if (this.isEmpty && this.ended) return this.remove();
    if (this.isEmpty && this.#size > keptBytes) return this.#startOver();
    const next = this.#entries.find(({ offset }) => offset >= 0);
    this.#write([Buffer.from(`sent ${next?.offset ?? this.#size}\n`)]);
    this.#rest();
  }

  /** A file that was kept for this run has arrived; one that was sent from where it lies stays. */
  dropFile(file: string): void {
    if (path.dirname(file) !== this.filesFolder) return;
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    rmSync(file, { force: true });
    this.usage.disk -= size;
  }

  /** On its way to disk for good, so that a power cut does not take it. */
  sync(): void {
    if (!this.#dirty || this.isEmpty || this.#fd === undefined) return;
    this.#dirty = false;
    fsync(this.#fd, () => {});
  }

  /** The same, done when it returns. */
  syncNow(): void {
    if (!this.#dirty || this.isEmpty) return;
    try {
      fsyncSync(this.#open());
    } catch {
      // The disk does not take it; there is no other.
    }
    this.#dirty = false;
    this.#rest();
  }

  /** Tells processes on other machines that the owner lives. */
  touch(): void {
    if (this.#size === 0) return;
    futimesSync(this.#open(), new Date(), new Date());
    this.#rest();
  }

  /** The API does not take it: out of the way of those who send, but kept for whoever wants to look. */
  setAside(): void {
    this.#forget();
    try {
      renameSync(this.file, `${this.file.slice(0, this.file.lastIndexOf('@'))}.refused`);
    } catch {
      // It never reached the disk.
    }
  }

  remove(): void {
    this.#forget();
    rmSync(this.file, { force: true });
    rmSync(this.filesFolder, { recursive: true, force: true });
  }

  #forget(): void {
    this.#close();
    this.usage.disk -= this.#size;
    this.#size = 0;
    for (const { operation, length } of this.#entries.splice(0)) if (operation) this.usage.memory -= length;
  }

  #write(lines: Buffer[]): { places: number[]; failure?: Error } {
    const headed = this.#size === 0 ? [Buffer.from(`thaw-spool ${JSON.stringify(this.header)}\n`), ...lines] : lines;
    let end = this.#size;
    const places = headed.map(({ length }) => (end += length) - length).slice(headed.length - lines.length);
    const bytes = headed.length === 1 ? headed[0]! : Buffer.concat(headed);
    try {
      const fd = this.#open();
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, this.#size + done);
    } catch (error) {
      try {
        // No half line may stand before the next one.
        if (this.#fd !== undefined) ftruncateSync(this.#fd, this.#size);
      } catch {
        // What is cut off is skipped when the file is read.
      }
      return { places: [], failure: error as Error };
    }
    this.usage.disk += bytes.length;
    this.#size += bytes.length;
    this.#dirty = true;
    return { places };
  }

  #read({ offset, length, field }: Entry): Operation {
    const line = Buffer.alloc(length);
    try {
      const read = readSync(this.#open(), line, 0, length, offset);
      return decodeLine(line.toString('utf8', 0, read));
    } catch (error) {
      return { field, input: { unreadable: (error as Error).message } } as Operation;
    }
  }

  #startOver(): void {
    ftruncateSync(this.#open(), 0);
    this.usage.disk -= this.#size;
    this.#size = 0;
    this.#write([]);
  }

  #open(): number {
    return (this.#fd ??= openSync(this.file, this.#size === 0 ? 'w+' : 'r+', 0o600));
  }

  /** Of a run that has ended only sending is left: thousands of those must not hold thousands of files open. */
  #rest(): void {
    if (this.ended) this.#close();
  }

  #close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}

/** It is in memory and will be sent, but would not survive this process. */
export class NotOnDisk extends Error {
  constructor(override readonly cause: Error) {
    super(cause.message);
  }
}
