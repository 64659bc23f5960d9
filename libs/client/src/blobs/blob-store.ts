import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { withBackoff, type Patience } from '../backoff';
import { ApiFault, ApiUnreachable } from '../failures';
import type { HttpConnection } from '../http';
import { hashFile } from './hash-file';

const thisDisks = ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EIO', 'EMFILE', 'ENOENT'];

export interface StoredBlob {
  sha256: string;
  /** bytes */
  size: number;
}

/** Files on the API's side, named by the sha256 of their content; so every call may be repeated. */
export class BlobStore {
  constructor(readonly http: HttpConnection, readonly patience: Patience) {}

  /** Hashes first and sends nothing when the API has the content already. A string is a path. */
  async upload(source: string | Uint8Array): Promise<StoredBlob> {
    const blob = typeof source === 'string' ? await hashFile(source) : { sha256: createHash('sha256').update(source).digest('hex'), size: source.byteLength };
    if (await this.has(blob.sha256)) return blob;
    return this.#persistently(async () => {
      const { status, text } = await this.http.read(`/blobs?sha256=${blob.sha256}`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', 'content-length': String(blob.size) },
        body: typeof source === 'string' ? () => createReadStream(source) : source,
        signal: this.patience.signal,
      });
      if (status !== 200 && status !== 201) throw refusal(status, text, `Storing ${typeof source === 'string' ? source : 'a file'}`);
      return blob;
    });
  }

  has(sha256: string): Promise<boolean> {
    return this.#persistently(async () => {
      const { status, text } = await this.http.read(`/blobs/${sha256}`, { method: 'HEAD', signal: this.patience.signal });
      if (status === 200 || status === 404) return status === 200;
      throw refusal(status, text, `Asking for blob ${sha256}`);
    });
  }

  /** Writes the blob to `target`: under a temporary name beside it until every byte is there and the digest is right. */
  async download(sha256: string, target: string, onBytes?: (bytes: number) => void): Promise<void> {
    await mkdir(path.dirname(target), { recursive: true });
    await this.#persistently(async () => {
      const temporary = `${target}.${randomUUID()}.partial`;
      try {
        const response = await this.http.send(`/blobs/${sha256}`, { method: 'GET', signal: this.patience.signal });
        if (response.statusCode !== 200) {
          response.resume();
          throw refusal(response.statusCode ?? 0, '', `Downloading blob ${sha256}`);
        }
        const hash = createHash('sha256');
        const check = new Transform({
          transform(chunk: Buffer, _encoding, done) {
            hash.update(chunk);
            onBytes?.(chunk.length);
            done(null, chunk);
          },
        });
        await pipeline(response, check, createWriteStream(temporary), { signal: this.patience.signal }).catch((error: NodeJS.ErrnoException) => {
          // ENOSPC and the like are this disk's; a connection that broke is the network's.
          throw thisDisks.includes(error.code ?? '') ? error : new ApiUnreachable(this.http.base, error);
        });
        if (hash.digest('hex') !== sha256) throw new ApiUnreachable(this.http.base, new Error(`blob ${sha256} arrived damaged`));
        await rename(temporary, target);
      } finally {
        await rm(temporary, { force: true });
      }
    });
  }

  #persistently<T>(attempt: () => Promise<T>): Promise<T> {
    return withBackoff(attempt, (error) => error instanceof ApiUnreachable || (error instanceof ApiFault && [500, 502, 503, 504].includes(error.status ?? 0)), this.patience);
  }
}

function refusal(status: number, text: string, what: string): ApiFault {
  let code = `HTTP_${status}`;
  let message = status === 404 ? 'The API does not have it.' : `HTTP ${status}.`;
  try {
    ({ code, message } = (JSON.parse(text) as { error: { code: string; message: string } }).error);
  } catch {
    // Not the API's own words, such as a proxy's page: the status has to do.
  }
  return new ApiFault(`${what} failed: ${message}`, code, status);
}
