import { extract, type Extract } from 'tar-stream';
import { BadBackup, damaged, type EntryName, type Manifest, parseName, sha256Of } from './backup-format';

type Entry = Extract extends AsyncIterable<infer Each> ? Each : never;

const mostManifestBytes = 16 * 1024 * 1024;
const mostPartBytes = 64 * 1024 * 1024;

interface NamedEntry {
  name: EntryName;
  entry: Entry;
  where: string;
}

/** The entries of a backup in the order in which they must come; each is checked before it is handed on. */
export class BackupReader implements AsyncDisposable {
  readonly #tar = extract();
  readonly #entries: AsyncIterator<Entry>;
  readonly #fed: Promise<void>;
  #failure: Error | undefined;
  #last = 'its start';
  /** undefined: to be read; null: there is none. */
  #next: NamedEntry | null | undefined;

  constructor(file: AsyncIterable<Uint8Array>) {
    this.#entries = this.#tar[Symbol.asyncIterator]();
    this.#fed = feed(this.#tar, file).catch((error: Error) => {
      this.#failure = error;
      this.#tar.destroy(error);
    });
  }

  /** Lets go of the file, wherever it has been read to. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#tar.destroy();
    await this.#fed;
  }

  async manifest(): Promise<Manifest> {
    const next = await this.#peek();
    if (next?.name?.kind !== 'manifest') throw new BadBackup('NOT_A_BACKUP', 'This is no backup of Thaw: it does not begin with a manifest. Give a file that `thaw backup` wrote.');
    return JSON.parse((await this.#content(next, next.name.sha256, mostManifestBytes)).toString()) as Manifest;
  }

  async *parts(table: string): AsyncGenerator<Buffer> {
    for (let number = 0; ; number++) {
      const next = await this.#peek();
      if (next?.name?.kind !== 'part' || next.name.table !== table) {
        if (number === 0) throw damaged(`table ${table} is missing after ${this.#last}`);
        return;
      }
      if (next.name.number !== number) throw damaged(`part ${number} of table ${table} is missing after ${this.#last}`);
      yield await this.#content(next, next.name.sha256, mostPartBytes);
    }
  }

  async *blobs(): AsyncGenerator<{ sha256: string; content: AsyncIterable<Buffer> }> {
    for (let next = await this.#peek(); next; next = await this.#peek()) {
      if (next.name?.kind !== 'blob') throw damaged(`${next.where} does not belong there`);
      yield { sha256: next.name.sha256, content: this.#explained(next) };
      this.#taken(next);
    }
  }

  /** Every byte of the file has been read, and is as it was written. */
  async finished(): Promise<void> {
    if (await this.#peek()) throw damaged(`something comes after ${this.#last}`);
    await this.#fed;
    if (this.#failure) throw this.#failure;
  }

  async #peek(): Promise<NamedEntry | null> {
    if (this.#next !== undefined) return this.#next;
    try {
      const { value, done } = await this.#entries.next();
      if (!done) {
        const { name, byteOffset } = value.header as { name: string; byteOffset?: number };
        return (this.#next = { name: parseName(name), entry: value, where: `its entry ${JSON.stringify(name.slice(0, 120))} at byte ${byteOffset}` });
      }
    } catch (error) {
      throw this.#explain(error as Error);
    }
    if (this.#failure) throw this.#failure;
    return (this.#next = null);
  }

  async #content(next: NamedEntry, sha256: string, most: number): Promise<Buffer> {
    if ((next.entry.header.size ?? 0) > most) throw damaged(`${next.where} is too long`);
    const chunks: Buffer[] = [];
    for await (const chunk of this.#explained(next)) chunks.push(chunk);
    const content = Buffer.concat(chunks);
    if (sha256Of(content) !== sha256) throw damaged(`${next.where} has another content than its name says`);
    this.#taken(next);
    return content;
  }

  async *#explained({ entry }: NamedEntry): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of entry as AsyncIterable<Buffer>) yield chunk;
    } catch (error) {
      throw this.#explain(error as Error);
    }
  }

  #taken({ where }: NamedEntry): void {
    this.#last = where;
    this.#next = undefined;
  }

  #explain(error: Error): Error {
    const cause = this.#failure ?? error;
    return cause instanceof BadBackup || 'code' in cause ? cause : damaged(`after ${this.#last} comes what is no tar (${cause.message})`);
  }
}

async function feed(tar: Extract, file: AsyncIterable<Uint8Array>): Promise<void> {
  const closed = new Promise<void>((resolve) => tar.once('close', resolve));
  for await (const chunk of file) {
    if (tar.destroyed) return;
    if (!tar.write(chunk)) await Promise.race([new Promise<void>((resolve) => tar.once('drain', resolve)), closed]);
  }
  tar.end(undefined);
  await closed;
}
