import { createHash } from 'node:crypto';
import { badInput } from '../errors';

const sumBytes = 4;

/** The position of a subscriber, opaque to callers. The checksum tells a cursor that was cut, changed, or belongs elsewhere. */
export const sealCursor = (kind: string, content: Uint8Array): string => Buffer.concat([sumOf(kind, content), content]).toString('base64url');

export function openCursor(kind: string, cursor: string): Buffer {
  const bytes = Buffer.from(cursor, 'base64url');
  const content = bytes.subarray(sumBytes);
  if (bytes.length >= sumBytes && bytes.subarray(0, sumBytes).equals(sumOf(kind, content))) return content;
  throw badInput(`after is no cursor of ${kind}. Pass the one of the last event you got, unchanged; without after you follow from now on.`);
}

const sumOf = (kind: string, content: Uint8Array) => createHash('sha256').update(kind).update(content).digest().subarray(0, sumBytes);

const idBytes = 16;
const seqBytes = 6;

/** Pairs of run id and a number below 2^48. */
export function sealSeqs(kind: string, pairs: Iterable<readonly [string, number]>): string {
  const seqs = [...pairs];
  const content = Buffer.alloc(seqs.length * (idBytes + seqBytes));
  let offset = 0;
  for (const [id, seq] of seqs) {
    content.write(id.replaceAll('-', ''), offset, 'hex');
    content.writeUIntBE(seq, offset + idBytes, seqBytes);
    offset += idBytes + seqBytes;
  }
  return sealCursor(kind, content);
}

export function openSeqs(kind: string, cursor: string): [string, number][] {
  const content = openCursor(kind, cursor);
  const seqs: [string, number][] = [];
  for (let offset = 0; offset + idBytes + seqBytes <= content.length; offset += idBytes + seqBytes) {
    const id = content.toString('hex', offset, offset + idBytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    seqs.push([id, content.readUIntBE(offset + idBytes, seqBytes)]);
  }
  return seqs;
}
