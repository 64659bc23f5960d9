import { compactSeries } from '@thaw/db/queries/metric/compact-series';
import { fewParts } from '@thaw/db/queries/metric/compaction-plan';
import { findScatteredSeries } from '@thaw/db/queries/metric/find-scattered-series';
import { forgetBatches } from '@thaw/db/queries/metric/forget-batches';
import { freshSeries, noteFresh } from '@thaw/db/queries/metric/fresh-series';
import { fullChunk } from '@thaw/db/queries/metric/growth';
import { readLastSeq } from '@thaw/db/queries/metric/read-last-seq';
import { vacuumMetrics } from '@thaw/db/queries/metric/vacuum-metrics';
import type { Services } from '../context';
import { repeat } from '../repeat';

/** All in milliseconds. */
const usualPace = {
  every: 1_000,
  /** Younger chunks stay as they are: who follows a run live has a cursor among them. */
  settlesAfter: 5_000,
  /** A series that rests as long gets its last points compacted too. */
  restsAfter: 60_000,
};
const searchesEvery = 3_600_000;

const manyChunks = 64;

/**
 * Makes large chunks of small ones in the background. Every replica cares for what went through it, and searches the rest
 * now and then; two that meet at one series do no harm, the second finds its chunks gone.
 */
export function compactMetrics(services: Pick<Services, 'db' | 'log' | 'signal'>, { every, settlesAfter, restsAfter } = usualPace): void {
  const { db, signal } = services;
  const fresh = freshSeries(db);
  /** Which seq was the last, and when. */
  let marks: { at: number; seq: number }[] = [];
  const gone = { chunks: 0, summaries: 0 };
  let searchedAt = Number.NEGATIVE_INFINITY;

  const settledFor = (age: number) => marks.findLast(({ at }) => at <= Date.now() - age)?.seq ?? 0;

  async function round() {
    const now = Date.now();
    if (now - searchedAt >= searchesEvery) {
      searchedAt = now;
      noteFresh(db, await findScatteredSeries(db));
      await forgetBatches(db);
    }
    if (fresh.size === 0 && gone.chunks === 0) return void (marks = []);
    marks = [...marks.filter(({ at }) => at > now - 2 * restsAfter), { at: now, seq: await readLastSeq(db) }];
    for (const [seriesId, { chunks, points, since, until, compactedTo }] of fresh) {
      if (signal.aborted) return;
      const rests = until < now - restsAfter;
      const partial = rests ? chunks >= fewParts : chunks >= manyChunks && since < now - restsAfter;
      // All of a series that rests had come by the first mark after its last append.
      const upTo = rests ? marks.find(({ at }) => at > until)!.seq : settledFor(partial ? restsAfter : settlesAfter);
      if (partial || (points >= fullChunk && upTo > compactedTo)) {
        const { replaced, left } = await compactSeries(db, seriesId, upTo, { partial });
        gone.chunks += replaced;
        const entry = fresh.get(seriesId)!;
        gone.summaries += chunks;
        // What came while it was compacted is counted again with what is left, at worst.
        Object.assign(entry, left, { since: now, compactedTo: upTo });
      }
      if (rests && fresh.get(seriesId)!.until === until) fresh.delete(seriesId);
    }
    const vacuumed = await vacuumMetrics(db, gone);
    if (vacuumed.includes('metric_chunk')) gone.chunks = 0;
    if (vacuumed.includes('metric_series')) gone.summaries = 0;
  }

  void repeat(services, 'compacting metrics', every, round);
}
