import type { AppendedChunk } from '@thaw/db/queries/metric/read-appended';
import { Arg, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../context';
import type { Delta } from '../notify/appended';
import { openSeqs, sealSeqs } from '../notify/cursor';
import { iterate } from '../notify/iterate';
import { share } from '../notify/share-results';
import { checkRunIds } from '../run/check-run-ids';
import { seriesOf } from './metric-source';
import { MetricSeries } from './metric.type';

@ObjectType({ description: 'Points that are new since the last event of this subscription, of all its runs.' })
class MetricsAppended {
  @Field(() => String, { description: 'Where this event ends: give it as `after` when you subscribe again, and you go on from here without a gap or a duplicate.' })
  cursor!: string;

  @Field(() => [MetricSeries], { description: 'Only runs and keys with new points. A step that was there already replaces its value.' })
  series!: MetricSeries[];

  @Field(() => [ID], { description: 'Runs of which too much happened to be told here, or that `after` does not know: read them anew with metricSeries. Later events go on from here.' })
  resetRunIds!: string[];
}

interface Arguments {
  runIds: string[];
  keys?: string[] | null;
  after?: string | null;
}

@Resolver()
export class MetricSubscriptions {
  @Subscription(() => MetricsAppended, {
    description: 'What is logged from now on, or from `after` on: every point once, all runs in one event, at most four events a second. Subscribe, then query metricSeries: nothing falls between.',
    subscribe: ({ args, context }) => appended(context as Context, args as Arguments),
  })
  metricsAppended(
    @Root() event: MetricsAppended,
    @Arg('runIds', () => [ID], { description: 'At most 1000; they need not exist yet.' }) _runIds: string[],
    @Arg('keys', () => [String], { nullable: true, description: 'Default: every key.' }) _keys?: string[] | null,
    @Arg('after', () => String, { nullable: true, description: 'The cursor of the last event you got, also of another set of runs: those it does not know come as resetRunIds. Default: from now on.' }) _after?: string | null,
  ): MetricsAppended {
    return event;
  }
}

const kind = 'metricsAppended';

async function appended({ live }: Context, { runIds, keys, after }: Arguments) {
  const wanted = keys ? new Set(keys) : null;
  const following = await live.metrics.follow(checkRunIds(runIds), after ? new Map(openSeqs(kind, after)) : undefined);
  return iterate<MetricsAppended>(async () => {
    for (;;) {
      const deltas = await following.next();
      if (!deltas) return null;
      const event = eventOf([...deltas], sealSeqs(kind, following.seen), wanted);
      if (event.series.length > 0 || event.resetRunIds.length > 0) return { value: event };
    }
  }, () => following.leave());
}

type Deltas = [runId: string, delta: Delta<AppendedChunk>][];

/** The latest events, by cursor and keys: whoever follows the same runs as fast as they are written is told the very same. */
const recent = new Map<string, { deltas: Deltas; event: MetricsAppended }>();
const mostRecent = 200;

function eventOf(deltas: Deltas, cursor: string, wanted: ReadonlySet<string> | null): MetricsAppended {
  const key = `${cursor} ${wanted ? [...wanted].join('\0') : '*'}`;
  const last = recent.get(key);
  if (last?.deltas.length === deltas.length && last.deltas.every(([, delta], index) => delta === deltas[index]![1])) return last.event;
  const event = share({
    cursor,
    series: deltas.flatMap(([runId, delta]) => (delta.reset ? [] : seriesOf(runId, delta, wanted))),
    resetRunIds: deltas.filter(([, { reset }]) => reset).map(([runId]) => runId),
  });
  recent.set(key, { deltas, event });
  if (recent.size > mostRecent) recent.delete(recent.keys().next().value!);
  return event;
}
