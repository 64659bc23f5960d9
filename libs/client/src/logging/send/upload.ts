import { access } from 'node:fs/promises';
import type { Client } from '../../client';
import { ApiFault } from '../../failures';

/** Uploads a spooled file; a sentence when that can never succeed. Throws when the API cannot take it now. */
export async function sendUpload(client: Client, { sha256, file }: { sha256: string; file: string }): Promise<string | null> {
  if (typeof file !== 'string') return 'A line of the spool cannot be read.';
  try {
    await access(file);
  } catch {
    return (await client.blobs.has(sha256)) ? null : `${file} is gone before it could be sent.`;
  }
  try {
    const { sha256: found } = await client.blobs.upload(file);
    return found === sha256 ? null : `${file} has changed before it could be sent.`;
  } catch (error) {
    if (error instanceof ApiFault && [400, 413, 415].includes(error.status ?? 0)) return error.message;
    throw error;
  }
}
