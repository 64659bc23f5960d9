import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ApiFault } from '../failures';
import type { HttpConnection } from '../http';

/** Milliseconds of silence: before its first byte a backup looks after every file, after its last one a restore writes them all down. */
const patience = 24 * 3600 * 1000;

export interface RestoredBackup {
  createdAt: string;
  /** By table. */
  rows: Record<string, number>;
  blobs: number;
  blobBytes: number;
}

/** A whole installation as one file. */
export class Backups {
  constructor(private readonly http: HttpConnection) {}

  /** Writes the backup to `target`: under another name beside it until every byte is there and on the disk. Its size in bytes. */
  async save(target: string, onBytes?: (bytes: number) => void): Promise<number> {
    await mkdir(path.dirname(path.resolve(target)), { recursive: true });
    const partial = `${target}.${randomUUID()}.part`;
    const file = await open(partial, 'wx', 0o600);
    let size = 0;
    try {
      const response = await this.http.send('/backup', { method: 'GET', headers: { 'x-thaw': 'backup' }, silenceMs: patience });
      if (response.statusCode !== 200) throw await faultOf(response, 'Taking the backup');
      try {
        for await (const chunk of response as AsyncIterable<Buffer>) {
          await file.writeFile(chunk);
          size += chunk.length;
          onBytes?.(size);
        }
      } catch (error) {
        // ENOSPC and the like are this disk's; anything else is the API's end.
        if ((error as NodeJS.ErrnoException).syscall === 'write') throw error;
        throw new ApiFault(`The backup broke off after ${size} bytes (${(error as Error).message}); nothing was kept of it. The server's log says more.`, 'BACKUP_BROKE_OFF');
      }
      await file.sync();
      await file.close();
      await rename(partial, target);
      return size;
    } catch (error) {
      await file.close().catch(() => {});
      await rm(partial, { force: true });
      throw error;
    }
  }

  /** Fills an empty installation. */
  async restore(source: string): Promise<RestoredBackup> {
    const { size } = await stat(source);
    const response = await this.http.send('/restore', {
      method: 'POST',
      headers: { 'content-type': 'application/x-tar', 'content-length': String(size) },
      body: () => createReadStream(source),
      silenceMs: patience,
    });
    if (response.statusCode !== 200) throw await faultOf(response, 'Restoring the backup');
    return JSON.parse(await textOf(response)) as RestoredBackup;
  }
}

type Response = Awaited<ReturnType<HttpConnection['send']>>;

async function textOf(response: Response): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function faultOf(response: Response, what: string): Promise<ApiFault> {
  const text = await textOf(response);
  try {
    const { code, message } = (JSON.parse(text) as { error: { code: string; message: string } }).error;
    return new ApiFault(`${what} failed: ${message}`, code, response.statusCode);
  } catch {
    return new ApiFault(`${what} failed: HTTP ${response.statusCode}.`, `HTTP_${response.statusCode}`, response.statusCode);
  }
}
