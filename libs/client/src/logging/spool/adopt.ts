import { createReadStream, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Journal, type JournalHeader } from './journal';
import { endsRun, type Operation } from './operation';
import { fileName, isLeft, parseFileName, thisProcess, type Owner } from './owner';
import type { SpoolUsage } from './usage';

export interface SpoolFile {
  file: string;
  runId: string;
  owner: Owner;
  size: number;
  /** The process that wrote it is gone. */
  left: boolean;
}

/** The spool files of a folder, oldest run first. */
export async function listSpool(folder: string): Promise<SpoolFile[]> {
  const names = await readdir(folder).catch(() => []);
  return names.sort().flatMap((name) => {
    const parsed = parseFileName(name);
    if (!parsed) return [];
    try {
      const { size, mtimeMs } = statSync(path.join(folder, name));
      return [{ file: path.join(folder, name), ...parsed, size, left: isLeft(parsed.owner, mtimeMs) }];
    } catch {
      return [];
    }
  });
}

/**
 * Takes over a spool file whose process is gone; null when another process was quicker or nothing is in it.
 * A run that its script never ended is ended here, as FAILED.
 */
export async function adopt({ file, runId, owner }: SpoolFile, usage: SpoolUsage, mayTake: (url: string) => boolean): Promise<Journal | null> {
  const found = await scan(file);
  if (found.header && !mayTake(found.header.url)) return null;
  const mine = path.join(path.dirname(file), fileName(runId, thisProcess()));
  try {
    renameSync(file, mine);
  } catch {
    return null;
  }
  if (!found.header) {
    rmSync(mine, { force: true });
    return null;
  }
  const { size, mtimeMs } = statSync(mine);
  if (size > found.size) truncateSync(mine, found.size);
  const journal = new Journal(mine, found.header, usage);
  journal.restore(found.size, found.entries, found.ended);
  if (!found.ended) journal.append(endOfLost(runId, owner, new Date(mtimeMs)));
  return journal;
}

const endOfLost = (id: string, { pid, host }: Owner, lastSign: Date): Operation => ({
  field: 'finishRun',
  input: { id, status: 'FAILED', error: `The script ended without finishing its run: its process ${pid} on ${host} is gone.`, endedAt: lastSign.toISOString() },
});

interface Scanned {
  header: JournalHeader | null;
  /** Without a last line that is cut off. */
  size: number;
  entries: { offset: number; length: number; field: Operation['field'] }[];
  ended: boolean;
}

/** Where each line lies and what it is; the lines themselves are read when they are sent. */
async function scan(file: string): Promise<Scanned> {
  const found: Scanned = { header: null, size: 0, entries: [], ended: false };
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let end = rest.indexOf(10, start); end >= 0; end = rest.indexOf(10, start)) {
      note(found, rest.subarray(start, end + 1));
      start = end + 1;
    }
    rest = rest.subarray(start);
  }
  return found;
}

function note(found: Scanned, line: Buffer): void {
  const offset = found.size;
  found.size += line.length;
  const field = line.toString('latin1', 0, Math.max(0, line.indexOf(32)));
  if (field === 'thaw-spool') found.header = readHeader(line);
  else if (field === 'sent') {
    const through = Number(line.toString('latin1', 5));
    found.entries = found.entries.filter((entry) => entry.offset >= through);
  } else if (isOperation(field)) {
    found.entries.push({ offset, length: line.length, field });
    if (endsRun(field)) found.ended = true;
  }
}

const isOperation = (field: string): field is Operation['field'] => ['createRun', 'wholeRun', 'updateRun', 'logMetrics', 'logArtifact', 'finishRun', 'upload'].includes(field);

function readHeader(line: Buffer): JournalHeader | null {
  try {
    const header = JSON.parse(line.toString('utf8', line.indexOf(32))) as JournalHeader;
    return header.version === 1 ? header : null;
  } catch {
    return null;
  }
}
