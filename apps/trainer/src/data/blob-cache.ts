import { createHash } from 'node:crypto';
import { access, readFile, rm } from 'node:fs/promises';
import type { Client } from '@thaw/client';
import { blobFile } from './blobs-in-use';

/**
 * The API's blobs on this machine's disk, shared by all its trainers. Every read is checked, so a file the disk damaged, or
 * somebody removed, is fetched again.
 */
export class BlobCache {
  constructor(readonly folder: string, readonly client: Client) {}

  /** On this machine's disk from now on; its content is checked when it is read. */
  async ensure(sha256: string): Promise<void> {
    const present = await access(this.fileOf(sha256)).then(() => true, () => false);
    if (!present) await this.client.blobs.download(sha256, this.fileOf(sha256));
  }

  async read(sha256: string): Promise<Buffer> {
    const file = this.fileOf(sha256);
    const cached = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    if (cached && createHash('sha256').update(cached).digest('hex') === sha256) return cached;
    if (cached) await rm(file, { force: true });
    await this.client.blobs.download(sha256, file);
    return readFile(file);
  }

  fileOf(sha256: string): string {
    return blobFile(this.folder, sha256);
  }
}
