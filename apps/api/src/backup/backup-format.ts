import { createHash } from 'node:crypto';
import { pack } from 'tar-stream';

/**
 * A backup is a tar file:
 *   thaw-backup-<sha256>.json            Manifest
 *   tables/<name>/<number>-<sha256>      rows in Postgres's binary COPY format, cut into parts of a few MB, tables in an order that references allow
 *   blobs/<sha256>                       every file that a row refers to
 *   end.json                             Ending, of a fixed length, so that whoever reads knows where the rest ends
 */
export const format = 1;
export const endName = 'end.json';

export interface Manifest {
  format: number;
  createdAt: string;
  /** Hashes of the database's migrations, in order. */
  schemaLevel: string[];
  tables: { name: string; columns: string[] }[];
  sequences: Record<string, number>;
}

export interface Ending {
  /** Rows, by table. */
  rows: Record<string, number>;
  blobs: number;
  blobBytes: number;
}

export const manifestName = (content: Uint8Array): string => `thaw-backup-${sha256Of(content)}.json`;
export const partName = (table: string, number: number, content: Uint8Array): string => `tables/${table}/${String(number).padStart(6, '0')}-${sha256Of(content)}`;
export const blobName = (sha256: string): string => `blobs/${sha256}`;
export const sha256Of = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

export type EntryName = { kind: 'manifest'; sha256: string } | { kind: 'part'; table: string; number: number; sha256: string } | { kind: 'blob'; sha256: string } | null;

export function parseName(name: string): EntryName {
  const manifest = /^thaw-backup-([0-9a-f]{64})\.json$/.exec(name);
  if (manifest) return { kind: 'manifest', sha256: manifest[1]! };
  const part = /^tables\/([a-z_]+)\/(\d{6})-([0-9a-f]{64})$/.exec(name);
  if (part) return { kind: 'part', table: part[1]!, number: Number(part[2]), sha256: part[3]! };
  const blob = /^blobs\/([0-9a-f]{64})$/.exec(name);
  return blob ? { kind: 'blob', sha256: blob[1]! } : null;
}

const endBytes = 8192;
/** Header, content and the two empty blocks that end a tar file. */
const sealBytes = 512 + endBytes + 1024;

/** A backup that cannot be used; the message says where and what to do. */
export class BadBackup extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

export const damaged = (where: string) => new BadBackup('BACKUP_DAMAGED', `The backup is damaged or was cut short: ${where}. Nothing was restored. Take another copy of the file, or an older backup.`);

/** Puts the ending, with the digest of all that came before it, behind the entries of a tar. */
export async function* sealed(entries: AsyncIterable<Uint8Array>, ending: () => Ending): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of entries) {
    hash.update(chunk);
    yield chunk;
  }
  yield await sealOf(JSON.stringify({ ...ending(), sha256: hash.digest('hex') }));
}

/** The entries without their ending, which `onEnd` gets: called only when every byte of the file is as it was written. */
export async function* unsealed(file: AsyncIterable<Uint8Array>, onEnd: (ending: Ending) => void): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let held = Buffer.alloc(0);
  let size = 0;
  for await (const chunk of file) {
    size += chunk.length;
    held = Buffer.concat([held, chunk]);
    if (held.length <= sealBytes) continue;
    const body = held.subarray(0, held.length - sealBytes);
    held = held.subarray(body.length);
    hash.update(body);
    yield body;
  }
  const written = readSeal(held);
  if (!written) throw damaged(`it ends after ${size} bytes without the record that ends a whole backup`);
  const { sha256, ...ending } = written;
  if (sha256 !== hash.digest('hex') || !(await sealOf(JSON.stringify(written))).equals(held)) throw damaged(`its ${size} bytes do not have the digest that its last record states`);
  onEnd(ending);
}

function readSeal(seal: Buffer): (Ending & { sha256: string }) | null {
  try {
    return seal.length === sealBytes ? (JSON.parse(seal.subarray(512, 512 + endBytes).toString()) as Ending & { sha256: string }) : null;
  } catch {
    return null;
  }
}

/** The same bytes for the same text, so that a reader can compare them all. */
async function sealOf(text: string): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name: endName, mtime: new Date(0) }, Buffer.from(text.padEnd(endBytes)));
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
