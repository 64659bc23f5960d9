import { appendMetrics, type AppendedMetrics } from '@thaw/db/queries/metric/append-metrics';
import type { MetricSummaryRow } from '@thaw/db/queries/metric/find-summaries';
import { parseColumns, type NamedSeries } from '@thaw/series';
import { Arg, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context';
import { badInput, userError, type UserError } from '../errors';
import { MetricSubscriptions } from './metric.subscription';
import { LogMetricsInput, LogMetricsPayload, MetricSeries, MetricSummary } from './metric.type';
import { readSeries } from './read-series';

const mostRuns = 1000;
const mostPoints = 100_000;
const longestBatchId = 200;

@Resolver(() => MetricSummary)
class MetricResolver {
  @Query(() => [MetricSeries], { description: 'Many runs and keys in one call. Downsampling keeps each part\'s minimum and maximum and every non-finite value.' })
  metricSeries(
    @Ctx() { db }: Context,
    @Arg('runIds', () => [ID]) runIds: string[],
    @Arg('keys', () => [String], { nullable: true, description: 'Default: every key.' }) keys?: string[] | null,
    @Arg('maxPoints', () => Int, { defaultValue: 500, description: 'Of each series.' }) maxPoints = 500,
  ): Promise<MetricSeries[]> {
    if (runIds.length > mostRuns) throw badInput(`runIds has ${runIds.length} ids; at most ${mostRuns} are answered at once.`);
    if (maxPoints < 1 || maxPoints > mostPoints) throw badInput(`maxPoints is ${maxPoints}. It must be from 1 to ${mostPoints}.`);
    return readSeries(db, [...new Set(runIds.map((id) => id.toLowerCase()))], keys ?? null, maxPoints);
  }

  @Mutation(() => LogMetricsPayload, { description: 'Stores a batch whole or not at all, and once however often it is sent.' })
  async logMetrics(@Ctx() { db }: Context, @Arg('input', () => LogMetricsInput) input: LogMetricsInput): Promise<LogMetricsPayload> {
    const now = Date.now() / 1000;
    const series: NamedSeries[] = [];
    const userErrors: UserError[] = [];
    if (input.batchId.trim() === '' || input.batchId.length > longestBatchId) {
      userErrors.push(userError('batchId', 'INVALID_BATCH_ID', `batchId must have 1 to ${longestBatchId} characters, and be new for every batch: a uuid, say.`));
    }
    input.columns.forEach((columns, index) => {
      const parsed = parseColumns(columns, now);
      if (parsed.ok) series.push(parsed.series);
      else userErrors.push(...parsed.problems.map(({ field, message }) => userError(field ? `columns.${index}.${field}` : `columns.${index}`, 'INVALID_COLUMNS', message)));
    });
    if (userErrors.length > 0) return { accepted: 0, userErrors };
    const appended = await appendMetrics(db, { runId: input.runId, batchId: input.batchId, leaseToken: input.leaseToken ?? null, series });
    return appended.ok ? { accepted: appended.accepted, userErrors: [] } : { accepted: 0, userErrors: [refused(input, appended)] };
  }

  // GraphQL's Float has no NaN and no infinities.
  @FieldResolver(() => Float, { nullable: true, description: 'Value of the highest step.' })
  last(@Root() { last }: MetricSummaryRow): number | null {
    return Number.isFinite(last) ? last : null;
  }
}

function refused({ runId, leaseToken }: LogMetricsInput, { reason }: Extract<AppendedMetrics, { ok: false }>): UserError {
  switch (reason) {
    case 'RUN_UNKNOWN':
      return userError('runId', reason, `There is no run ${runId}.`);
    case 'RUN_ENDED':
      return userError('runId', reason, `Run ${runId} has ended; nothing can be logged to it any more. Clone it to train again.`);
    case 'LEASE_LOST':
      return userError('leaseToken', reason, leaseToken
        ? `The lease on run ${runId} is no longer yours: it expired. Stop working on it and claim another.`
        : `Run ${runId} belongs to a trainer: give the leaseToken that claimRun answered.`);
  }
}

export const metricResolvers = [MetricResolver, MetricSubscriptions] as const;
