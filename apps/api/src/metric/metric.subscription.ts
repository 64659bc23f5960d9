import { setTimeout as sleep } from 'node:timers/promises';
import { findLastChunks } from '@thaw/db/queries/metric/find-last-chunks';
import { readChunks, type StoredChunk } from '@thaw/db/queries/metric/read-chunks';
import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../context';
import { badInput } from '../errors';
import { follow } from '../notify/follow';
import { MetricsAppended } from './metric.type';
import { toSeries } from './read-series';

const mostRuns = 1000;
/** Milliseconds between two events of one run: no eye follows more than four a second. */
const pace = 250;

@Resolver()
export class MetricSubscriptions {
  @Subscription(() => MetricsAppended, {
    description: 'What is logged from now on, at most four times a second for each run. Subscribe, then query metricSeries: nothing falls between.',
    subscribe: ({ args, context }) => appended(context as Context, (args as { runIds: string[] }).runIds),
  })
  metricsAppended(@Root() event: MetricsAppended, @Arg('runIds', () => [ID]) _runIds: string[]): MetricsAppended {
    return event;
  }
}

async function appended({ db, notifier, signal }: Context, runIds: string[]) {
  if (runIds.length > mostRuns) throw badInput(`runIds has ${runIds.length} ids; at most ${mostRuns} can be followed at once.`);
  const followed = new Set(runIds);
  const hints = notifier.subscribe('metricsAppended');
  const seen = await findLastChunks(db, runIds);
  const toldAt = new Map<string, number>();
  return follow(hints, async (runId) => {
    if (runId !== null && !followed.has(runId)) return [];
    const wait = runId === null ? 0 : (toldAt.get(runId) ?? 0) + pace - Date.now();
    if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => {});
    // After a gap in the notices every run is looked at.
    const chunks = await readChunks(db, runId === null ? runIds : [runId], null, seen);
    const byRun = new Map<string, StoredChunk[]>();
    for (const chunk of chunks) byRun.set(chunk.runId, [...(byRun.get(chunk.runId) ?? []), chunk]);
    return [...byRun].map(([id, own]) => {
      seen.set(id, own.at(-1)!.seq);
      toldAt.set(id, Date.now());
      return { runId: id, series: toSeries(own, [id]) };
    });
  });
}
