import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { Database } from '@thaw/db';
import { recordBlob } from '@thaw/db/queries/blob/record-blob';

export interface Blob {
  /** lower-case hex */
  sha256: string;
  /** bytes */
  size: number;
}

export type BlobErrorCode = 'DISK_FULL' | 'STORE_FAILED' | 'BLOB_TOO_LARGE' | 'SHA256_MISMATCH' | 'UPLOAD_ABORTED' | 'BLOB_GONE';

/** Why bytes were not stored, and then nothing of them is left on disk; or why they are stored no longer. */
export class BlobError extends Error {
  constructor(readonly code: BlobErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

export interface PutOptions {
  maxBytes?: number;
  /** Refuses bytes whose digest differs. */
  sha256?: string;
  /** False: its row is somebody else's to make. */
  record?: boolean;
  /** Called with the bytes written so far. */
  onProgress?(written: number): void;
}

export const sha256Pattern = /^[0-9a-f]{64}$/;

/** Content-addressed files under <home>/blobs. A blob's final name exists only once its bytes are on disk. */
export class BlobStore {
  readonly folder: string;
  readonly #incoming: string;

  private constructor(home: string, private readonly db: Database | undefined) {
    this.folder = path.join(home, 'blobs');
    this.#incoming = path.join(this.folder, 'tmp');
  }

  /** db: where each blob gets a row. Without it, files are all there is. */
  static async open(home: string, db?: Database): Promise<BlobStore> {
    const store = new BlobStore(home, db);
    await mkdir(store.#incoming, { recursive: true });
    await store.#removeStale();
    return store;
  }

  path(sha256: string): string {
    if (!sha256Pattern.test(sha256)) throw new Error(`Not a sha256: ${JSON.stringify(sha256)}`);
    return path.join(this.folder, sha256.slice(0, 2), sha256);
  }

  /** bytes; null when there is no such blob */
  async size(sha256: string): Promise<number | null> {
    try {
      return (await stat(this.path(sha256))).size;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  read(sha256: string): Promise<Buffer> {
    return readFile(this.path(sha256));
  }

  /** Every file in its place, in no order. */
  async *list(): AsyncGenerator<Blob & { modifiedAt: Date }> {
    for (const folder of await readdir(this.folder)) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue;
      for (const name of await readdir(path.join(this.folder, folder))) {
        const found = sha256Pattern.test(name) ? await stat(this.path(name)).catch(() => null) : null;
        if (found) yield { sha256: name, size: found.size, modifiedAt: found.mtime };
      }
    }
  }

  /** Its row must be gone, and stay so meanwhile: withoutRow. */
  async remove(sha256: string): Promise<void> {
    await rm(this.path(sha256), { force: true });
  }

  /** start and end are inclusive byte positions. */
  stream(sha256: string, range: { start?: number; end?: number } = {}): ReadStream {
    return createReadStream(this.path(sha256), range);
  }

  /** Stores bytes as they arrive. Throws BlobError, and then nothing is left behind. */
  async put(source: AsyncIterable<Uint8Array> | Uint8Array, { maxBytes = Infinity, sha256: expected, record = true, onProgress }: PutOptions = {}): Promise<Blob> {
    const incoming = path.join(this.#incoming, `${hostname()}-${process.pid}-${randomUUID()}`);
    let file: FileHandle | undefined;
    try {
      file = await open(incoming, 'wx');
      const { sha256, size } = await writeHashed(file, source instanceof Uint8Array ? [source] : source, maxBytes, onProgress);
      if (expected && expected !== sha256) {
        throw new BlobError('SHA256_MISMATCH', `The ${size} bytes that arrived have sha256 ${sha256}, not ${expected}. They changed on the way: send them again.`);
      }
      await file.sync();
      await file.close();
      file = undefined;
      const place = () => this.#moveIntoPlace(incoming, sha256);
      await (this.db && record ? recordBlob(this.db, { sha256, size }, place) : place());
      return { sha256, size };
    } catch (error) {
      await file?.close().catch(() => {});
      await rm(incoming, { force: true }).catch(() => {});
      throw asBlobError(error, this.folder);
    }
  }

  async #moveIntoPlace(incoming: string, sha256: string): Promise<void> {
    const target = this.path(sha256);
    const folder = path.dirname(target);
    if (await mkdir(folder, { recursive: true })) await syncFolder(this.folder);
    await rename(incoming, target);
    await syncFolder(folder);
  }

  /** Uploads that a dead process left. Another process that still writes keeps its files. */
  async #removeStale(): Promise<void> {
    for (const name of await readdir(this.#incoming)) {
      const file = path.join(this.#incoming, name);
      const writer = /^(.*)-(\d+)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(name);
      const ownHost = writer?.[1] === hostname();
      const age = Date.now() - ((await stat(file).catch(() => null))?.mtimeMs ?? Date.now());
      if (!writer || (ownHost && !isOtherLiveProcess(Number(writer[2]))) || age > 24 * 3600 * 1000) await rm(file, { force: true, recursive: true });
    }
  }
}

async function writeHashed(file: FileHandle, source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, maxBytes: number, onProgress?: (written: number) => void): Promise<Blob> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > maxBytes) throw new BlobError('BLOB_TOO_LARGE', `A blob may have ${maxBytes} bytes at most.`);
    hash.update(chunk);
    await file.writeFile(chunk);
    onProgress?.(size);
  }
  return { sha256: hash.digest('hex'), size };
}

/** Makes a rename survive a power cut. Windows cannot open a folder and needs no sync. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Our own pid cannot be writing yet: the store is being opened. */
function isOtherLiveProcess(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function asBlobError(error: unknown, folder: string): unknown {
  if (error instanceof BlobError) return error;
  const code = codeOf(error);
  const detail = error instanceof Error ? error.message : String(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new BlobError('DISK_FULL', `The disk that holds ${folder} is full (${code}). Nothing was kept of this file. Free some space or start with THAW_HOME on a larger disk, then send it again.`, { cause: error });
  }
  if (code === 'EIO' || code === 'EROFS' || code === 'EACCES' || code === 'EPERM' || code === 'EFBIG' || code === 'EMFILE') {
    return new BlobError('STORE_FAILED', `The file could not be written to ${folder}: ${detail}. Nothing was kept of it. Check the disk and its permissions, then send it again.`, { cause: error });
  }
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new BlobError('UPLOAD_ABORTED', 'The upload ended before its last byte. Nothing was kept of it: send it again.', { cause: error });
  }
  return error;
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException | null)?.code;
