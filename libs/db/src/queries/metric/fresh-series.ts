import type { Database } from '../../connect';

export interface FreshChunks {
  seriesId: number;
  chunks: number;
  points: number;
}

interface Noted {
  chunks: number;
  points: number;
  /** Milliseconds: the first and the last append since it was compacted. */
  since: number;
  until: number;
  compactedTo: number;
}

/** What this process has appended to and not looked at since: where compaction finds work without searching. */
const fresh = new WeakMap<Database, Map<number, Noted>>();

export function freshSeries(db: Database) {
  let noted = fresh.get(db);
  if (!noted) fresh.set(db, (noted = new Map()));
  return noted;
}

export function noteFresh(db: Database, appended: readonly FreshChunks[]): void {
  const noted = freshSeries(db);
  const now = Date.now();
  for (const { seriesId, chunks, points } of appended) {
    const before = noted.get(seriesId);
    if (before) {
      before.chunks += chunks;
      before.points += points;
      before.until = now;
    } else noted.set(seriesId, { chunks, points, since: now, until: now, compactedTo: 0 });
  }
}
