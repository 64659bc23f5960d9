import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { FeatureTable, FeatureTableSize } from '@thaw/training';

/**
 * A table's file: 64 bytes of header – magic, rows and values (32 bits each, little-endian), sha256 of the numbers –
 * then the numbers, 32-bit floats, row by row. The header is written last.
 */
const magic = 'THAWFT01';
export const headerBytes = 64;

export const fileBytes = ({ rows, values }: FeatureTableSize) => headerBytes + rows * values * 4;

export function header({ rows, values }: FeatureTableSize, hash: Hash): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.write(magic, 'latin1');
  bytes.writeUInt32LE(rows, 8);
  bytes.writeUInt32LE(values, 12);
  hash.digest().copy(bytes, 16);
  return bytes;
}

/** Whether the file holds a whole table of this size, bit for bit as it was written. */
export async function isIntact(file: FileHandle, size: FeatureTableSize): Promise<boolean> {
  if ((await file.stat()).size !== fileBytes(size)) return false;
  const found = Buffer.alloc(headerBytes);
  await file.read(found, 0, headerBytes, 0);
  const hash = createHash('sha256');
  for await (const chunk of file.createReadStream({ start: headerBytes, autoClose: false, highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer);
  return found.equals(header(size, hash));
}

export function tableOf(file: FileHandle, { rows, values }: FeatureTableSize): FeatureTable {
  return {
    async read(indices) {
      const result = new Float32Array(indices.length * values);
      const bytes = Buffer.from(result.buffer);
      await Promise.all(stretches(indices).map(async ({ from, place, length }) => {
        if (from < 0 || from + length > rows) throw new Error(`A table of ${rows} rows has no rows ${from} to ${from + length - 1}.`);
        await readFully(file, bytes.subarray(place * values * 4, (place + length) * values * 4), headerBytes + from * values * 4);
      }));
      return result;
    },
    close: () => file.close(),
  };
}

/** Rows that follow each other are read in one go. */
function stretches(indices: readonly number[]): { from: number; place: number; length: number }[] {
  const found: { from: number; place: number; length: number }[] = [];
  indices.forEach((from, place) => {
    const last = found.at(-1);
    if (last && last.from + last.length === from) last.length += 1;
    else found.push({ from, place, length: 1 });
  });
  return found;
}

/** One read answers at most 2 GiB. */
async function readFully(file: FileHandle, into: Buffer, position: number): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await file.read(into, done, Math.min(into.length - done, 2 ** 30), position + done);
    if (bytesRead === 0) throw new Error('A feature table became shorter while it was read.');
    done += bytesRead;
  }
}
