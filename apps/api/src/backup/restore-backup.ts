import { type Emptied, withEmptiedTables } from '@thaw/db/queries/backup/with-emptied-tables';
import { withoutRow } from '@thaw/db/queries/gc/without-row';
import { forgetKeys } from '@thaw/db/queries/key/key-cache';
import { blobsLock, blobsPatienceMs, withLock } from '@thaw/db/queries/with-lock';
import { syncCatalogue } from '../backbone/sync-catalogue';
import { BlobError } from '../blob/blob-store';
import type { Services } from '../context';
import { demoDataset, demoProject } from '../demo/create-demo';
import { BadBackup, blobName, damaged, type Ending, format, type Manifest, unsealed } from './backup-format';
import { BackupReader } from './backup-reader';

export interface Restored {
  createdAt: string;
  rows: Record<string, number>;
  blobs: number;
  blobBytes: number;
}

/** Everything or nothing: rows become visible in one transaction, after every byte of the file has been checked. Throws BadBackup or BlobError. */
export async function restoreBackup(services: Pick<Services, 'db' | 'blobs' | 'log'>, file: AsyncIterable<Uint8Array>): Promise<Restored> {
  const { db, blobs } = services;
  const placed: string[] = [];
  const locked = await withLock(db, blobsLock, async () => {
    try {
      return await withEmptiedTables(db, { project: demoProject, dataset: demoDataset }, (emptied) => load(emptied, blobs, file, placed));
    } catch (error) {
      for (let start = 0; start < placed.length; start += 500) {
        await withoutRow(db, placed.slice(start, start + 500), async (free) => {
          for (const sha256 of free) await blobs.remove(sha256);
        });
      }
      throw error;
    }
  }, { patienceMs: blobsPatienceMs });
  if (!locked.held) throw new BadBackup('MAINTENANCE_RUNNING', 'gc, a backup or another restore is under way. Try again when it is done.');
  if (!locked.value.ok) throw new BadBackup('NOT_EMPTY', `This installation is in use: it has ${locked.value.inUse}, deleted ones counted. A backup is restored only into an empty one: start Thaw with another THAW_HOME (and another database), or delete everything and run gc.`);
  forgetKeys(db);
  await syncCatalogue(services);
  return locked.value.value;
}

async function load(emptied: Emptied, blobs: Services['blobs'], file: AsyncIterable<Uint8Array>, placed: string[]): Promise<Restored> {
  let ending: Ending | undefined;
  await using reader = new BackupReader(unsealed(file, (read) => (ending = read)));
  const manifest = await reader.manifest();
  checkManifest(manifest, emptied);
  const rows: Record<string, number> = {};
  for (const table of manifest.tables) {
    rows[table.name] = await emptied.copyIn(table, reader.parts(table.name)).catch((error: Error) => {
      throw error instanceof BadBackup ? error : damaged(`the rows of table ${table.name} cannot be read (${error.message})`);
    });
  }
  const stored = { blobs: 0, blobBytes: 0 };
  const counted: string[] = [];
  const countOn = async () => {
    if ((await emptied.countBlobs(counted)) !== counted.length) throw damaged('it has a file that none of its rows speaks of');
    counted.length = 0;
  };
  for await (const { sha256, content } of reader.blobs()) {
    const isNew = (await blobs.size(sha256)) === null;
    const { size } = await blobs.put(content, { sha256, record: false }).catch((error: Error) => {
      throw error instanceof BlobError && error.code === 'SHA256_MISMATCH' ? damaged(`its entry ${blobName(sha256)} has another content than its name says`) : error;
    });
    if (isNew) placed.push(sha256);
    stored.blobs++;
    stored.blobBytes += size;
    if (counted.push(sha256) === 1000) await countOn();
  }
  await countOn();
  await reader.finished();
  const expected = { rows: ending!.rows, blobs: ending!.blobs, blobBytes: ending!.blobBytes };
  if (JSON.stringify({ rows, ...stored }) !== JSON.stringify(expected) || rows.blob !== stored.blobs) throw damaged(`it holds ${JSON.stringify({ rows, ...stored })}, but its last record says ${JSON.stringify(expected)}`);
  await emptied.settle(manifest.sequences);
  return { createdAt: manifest.createdAt, rows, ...stored };
}

function checkManifest({ format: found, schemaLevel, tables }: Manifest, emptied: Emptied): void {
  if (found !== format) throw new BadBackup('WRONG_FORMAT', `The backup has format ${found}; this Thaw reads format ${format}. Restore it with the Thaw that made it, or a newer one.`);
  const own = emptied.schemaLevel;
  if (JSON.stringify(schemaLevel) !== JSON.stringify(own)) {
    const older = schemaLevel.length < own.length && schemaLevel.every((hash, index) => hash === own[index]);
    throw new BadBackup('WRONG_SCHEMA', older
      ? `The backup is of an older Thaw: its database had ${schemaLevel.length} migrations, this one has ${own.length}. Restore it with that Thaw (check out the version it was made with) into an empty THAW_HOME, then start this Thaw on the same THAW_HOME: it brings the data up to date.`
      : `The backup is of a newer or another Thaw: its database had ${schemaLevel.length} migrations, this one has ${own.length}. Update this Thaw to the version the backup was made with, then restore.`);
  }
  const names = (list: { name: string; columns: string[] }[]) => JSON.stringify(list.map(({ name, columns }) => [name, [...columns].sort()]).sort());
  if (names(tables) !== names(emptied.tables)) throw damaged('its manifest names other tables than its schema has');
}
