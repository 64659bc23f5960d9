import sharp from 'sharp';
import yazl from 'yazl';
import type { TestApi } from './testing';

/** Sends bytes to POST /blobs; the sha256 it answered. */
export async function upload(api: Pick<TestApi, 'url'>, bytes: Uint8Array | string): Promise<string> {
  const response = await fetch(`${api.url}/blobs`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: bytes as Uint8Array<ArrayBuffer> });
  const answer = (await response.json()) as { sha256: string };
  if (response.status !== 201) throw new Error(`POST /blobs answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer.sha256;
}

/** A picture of one colour, which no other seed has. */
export function picture(seed: number, { width = 12, height = 8 } = {}): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r: seed % 256, g: (seed >> 8) % 256, b: 77 } } }).png().toBuffer();
}

/** Entries by path; a value may carry a Unix mode. A path that ends in "/" is an empty folder. */
export async function makeZip(entries: Record<string, Uint8Array | { bytes: Uint8Array; mode: number }>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, entry] of Object.entries(entries)) {
    if (name.endsWith('/')) zip.addEmptyDirectory(name);
    else if (entry instanceof Uint8Array) zip.addBuffer(Buffer.from(entry), name);
    else zip.addBuffer(Buffer.from(entry.bytes), name, { mode: entry.mode });
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Two classes with `perClass` pictures each, as <class>/<n>.png. */
export async function twoClasses(perClass: number): Promise<Record<string, Buffer>> {
  const entries: Record<string, Buffer> = {};
  for (let index = 0; index < perClass; index++) {
    entries[`cat/${index}.png`] = await picture(index);
    entries[`dog/${index}.png`] = await picture(1000 + index);
  }
  return entries;
}
