import { Arg, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../context';
import { openSeqs, sealSeqs } from '../notify/cursor';
import { iterate } from '../notify/notifier';
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
      const series: MetricSeries[] = [];
      const resetRunIds: string[] = [];
      for (const [runId, delta] of deltas) {
        if (delta.reset) resetRunIds.push(runId);
        else series.push(...seriesOf(runId, delta, wanted));
      }
      if (series.length > 0 || resetRunIds.length > 0) return { value: { cursor: sealSeqs(kind, following.seen), series, resetRunIds } };
    }
  }, () => following.leave());
}
