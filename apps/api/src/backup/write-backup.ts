import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { type Snapshot, withSnapshot } from '@thaw/db/queries/backup/with-snapshot';
import { blobsLock, blobsPatienceMs, withLock } from '@thaw/db/queries/with-lock';
import { type Pack, pack } from 'tar-stream';
import type { Services } from '../context';
import { mapConcurrently } from '../dataset/map-concurrently';
import { BadBackup, blobName, type Ending, format, type Manifest, manifestName, partName, sealed } from './backup-format';

/** Held in memory at a time. */
const partBytes = 4 * 1024 * 1024;

/**
 * All of one moment, while others go on writing; gc waits for its end, so that every file is still there. `send` gets the
 * bytes once it is certain that they can all be read.
 */
export async function writeBackup({ db, blobs }: Pick<Services, 'db' | 'blobs'>, send: (file: AsyncIterable<Uint8Array>) => Promise<void>): Promise<'DONE' | 'GC_RUNNING'> {
  const locked = await withLock(
    db,
    blobsLock,
    () =>
      withSnapshot(db, async (snapshot) => {
        await checkFiles(snapshot, blobs);
        const tar = pack();
        const ending: Ending = { rows: {}, blobs: 0, blobBytes: 0 };
        const entries = writeEntries(tar, snapshot, blobs, ending).catch((error: Error) => tar.destroy(error));
        try {
          await send(sealed(tar as AsyncIterable<Buffer>, () => ending));
        } finally {
          // When nobody reads any more.
          tar.destroy();
          await entries;
        }
      }),
    { shared: true, patienceMs: blobsPatienceMs },
  );
  return locked.held ? 'DONE' : 'GC_RUNNING';
}

async function checkFiles(snapshot: Snapshot, blobs: Services['blobs']): Promise<void> {
  for await (const page of snapshot.referredBlobs()) {
    await mapConcurrently(page, 16, async ({ sha256, size }) => {
      const found = await blobs.size(sha256);
      if (found !== size) throw new BadBackup('BLOB_LOST', `The file ${blobs.path(sha256)} ${found === null ? 'is missing' : `has ${found} bytes instead of ${size}`}, though something refers to it. Put it back, or upload the same content again; then take the backup.`);
    });
  }
}

async function writeEntries(tar: Pack, snapshot: Snapshot, blobs: Services['blobs'], ending: Ending): Promise<void> {
  const { tables, schemaLevel, sequences } = snapshot;
  const manifest: Manifest = { format, createdAt: new Date().toISOString(), schemaLevel, tables, sequences };
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  await writeEntry(tar, manifestName(text), text);
  for (const table of tables) {
    const rows = snapshot.copyOut(table);
    let number = 0;
    for await (const part of cut(rows)) await writeEntry(tar, partName(table.name, number++, part), part);
    ending.rows[table.name] = rows.rowCount;
  }
  for await (const page of snapshot.referredBlobs()) {
    for (const { sha256, size } of page) {
      if (size === 0) await writeEntry(tar, blobName(sha256), Buffer.alloc(0));
      else await pipeline(blobs.stream(sha256), tar.entry({ name: blobName(sha256), size }) as unknown as NodeJS.WritableStream);
      ending.blobs++;
      ending.blobBytes += size;
    }
  }
  tar.push(null);
}

/** Settles when the entry has been read on. */
function writeEntry(tar: Pack, name: string, content: Buffer): Promise<void> {
  return new Promise((resolve, reject) => tar.entry({ name }, content, (error) => (error ? reject(error) : resolve())));
}

async function* cut(rows: Readable): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    parts.push(chunk);
    size += chunk.length;
    if (size < partBytes) continue;
    yield Buffer.concat(parts);
    [parts, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(parts);
}
