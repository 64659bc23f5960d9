import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { FeatureStore, FeatureTable, FeatureTableSize, FeatureTableWriter } from '@thaw/training';
import { fileBytes, header, headerBytes, isIntact, tableOf } from './table-file';
import { trimFolder } from './trim-folder';

export interface DiskFeatureStoreOptions {
  folder: string;
  /** The tables used longest ago go when there is more. */
  limitBytes: number;
  /** What computes: tables of another backend, library or processor differ in the last bits and are not found. */
  computedOn: unknown;
  /** The disk refuses something; training goes on without the table. */
  onTrouble(error: Error): void;
}

/**
 * Tables of frozen features as files, named by the sha256 of what they depend on. Any number of trainers may share the
 * folder: a table appears whole, by renaming, and every opening checks it, so that two who compute the same waste only time.
 */
export function diskFeatureStore({ folder, limitBytes, computedOn, onTrouble }: DiskFeatureStoreOptions): FeatureStore {
  const fileOf = (key: string) => path.join(folder, createHash('sha256').update(JSON.stringify({ key, computedOn })).digest('hex'));
  return {
    async open(key, size) {
      const file = await openExisting(fileOf(key), onTrouble);
      if (!file) return null;
      try {
        if (await isIntact(file, size)) {
          // When it was last used, for trimFolder. Access times are off on many disks.
          await file.utimes(new Date(), new Date()).catch(() => {});
          return tableOf(file, size);
        }
        await rm(fileOf(key), { force: true });
      } catch (error) {
        onTrouble(error as Error);
      }
      await file.close();
      return null;
    },
    async create(key, size) {
      if (fileBytes(size) > limitBytes) return null;
      const temporary = path.join(folder, `${randomUUID()}.tmp`);
      try {
        await mkdir(folder, { recursive: true });
        await trimFolder(folder, limitBytes - fileBytes(size));
        const file = await open(temporary, 'wx+');
        return writer({ file, temporary, name: fileOf(key), size, limitBytes, onTrouble });
      } catch (error) {
        onTrouble(error as Error);
        return null;
      }
    },
  };
}

async function openExisting(name: string, onTrouble: (error: Error) => void): Promise<FileHandle | null> {
  try {
    return await open(name, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onTrouble(error as Error);
    return null;
  }
}

interface WriterOptions extends Pick<DiskFeatureStoreOptions, 'limitBytes' | 'onTrouble'> {
  file: FileHandle;
  temporary: string;
  name: string;
  size: FeatureTableSize;
}

function writer({ file, temporary, name, size, limitBytes, onTrouble }: WriterOptions): FeatureTableWriter {
  const hash = createHash('sha256');
  let at = headerBytes;
  let givenUp = false;
  const discard = async () => {
    if (givenUp) return;
    givenUp = true;
    await file.close().catch(() => {});
    await rm(temporary, { force: true }).catch(() => {});
  };
  const orGiveUp = async <T>(write: () => Promise<T>): Promise<T | null> => {
    if (givenUp) return null;
    try {
      return await write();
    } catch (error) {
      onTrouble(error as Error);
      await discard();
      return null;
    }
  };

  return {
    append: async (rows) => void (await orGiveUp(async () => {
      const bytes = Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength);
      hash.update(bytes);
      for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
      at += bytes.length;
    })),
    finish: () => orGiveUp(async (): Promise<FeatureTable> => {
      if (at !== fileBytes(size)) throw new Error(`A feature table has ${at - headerBytes} bytes instead of ${size.rows} rows of ${size.values * 4}.`);
      await file.write(header(size, hash), 0, headerBytes, 0);
      await file.sync();
      await rename(temporary, name);
      await syncFolder(path.dirname(name));
      await trimFolder(path.dirname(name), limitBytes);
      return tableOf(file, size);
    }),
    discard,
  };
}

/** Without it a rename may not outlive a power cut; a table that is lost is computed again. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
