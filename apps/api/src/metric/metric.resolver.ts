import { appendMetrics, type AppendedMetrics } from '@thaw/db/queries/metric/append-metrics';
import type { MetricSummaryRow } from '@thaw/db/queries/metric/find-summaries';
import { readSeries, type SeriesAnswer } from '@thaw/db/queries/metric/read-series';
import { isUnprintable, mostSmoothing, parseColumns, type NamedSeries } from '@thaw/series';
import { Arg, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context';
import { badInput, userError, type UserError } from '../errors';
import { MetricPointsScalar } from '../scalars';
import { encodeSeries, onlyColumns } from './encode-series';
import { MetricSubscriptions } from './metric.subscription';
import { LogMetricsInput, LogMetricsPayload, MetricSeries, MetricSummary, PointColumn, PointEncoding, RangeInput, XAxis } from './metric.type';

const mostRuns = 1000;
const longestBatchId = 200;
/** What is told of a batch that is wrong all over. */
const mostProblems = 100;
/** Of one batch. */
const limits = { points: 100_000, columns: 20_000 };

@Resolver(() => MetricSeries)
class MetricSeriesResolver {
  @Query(() => [MetricSeries], {
    description: "Many runs and keys in one call. Downsampling keeps each part's minimum and maximum, as they were logged, and every value that is not finite while those are no more than maxPoints; beyond that the first and last of a kind in each part. A long series over another metric (beyond 262,144 points, or 4,000,000 in all) is joined from such parts too.",
  })
  async metricSeries(
    @Ctx() { db }: Context,
    @Arg('runIds', () => [ID], { description: 'At most 1000. Runs that do not exist, or have not logged the key, are left out.' }) runIds: string[],
    @Arg('keys', () => [String], { nullable: true, description: 'Default: every key.' }) keys?: string[] | null,
    @Arg('xAxis', () => XAxis, { defaultValue: 'STEP', description: 'What range and x are in.' }) xAxis: XAxis = 'STEP',
    @Arg('xKey', () => String, { nullable: true, description: 'The key of the x axis, for METRIC.' }) xKey?: string | null,
    @Arg('range', () => RangeInput, { nullable: true, description: 'Only points in this part of the x axis, at full detail if there are no more than maxPoints.' }) range?: RangeInput | null,
    @Arg('maxPoints', () => Int, { defaultValue: 500, description: 'Of each series, 1 to 100,000.' }) maxPoints = 500,
    @Arg('smoothing', () => Float, { defaultValue: 0, description: `Weight of what came before in an exponential moving average, its beginning corrected as in TensorBoard, over every point from the first one on, whatever range and maxPoints are: 0 (none) to ${mostSmoothing}. It is answered beside the values, as smoothed.` }) smoothing = 0,
  ): Promise<SeriesAnswer[]> {
    if (runIds.length > mostRuns) throw badInput(`runIds has ${runIds.length} ids; at most ${mostRuns} are answered at once.`);
    if (maxPoints < 1 || maxPoints > limits.points) throw badInput(`maxPoints is ${maxPoints}. It must be from 1 to ${limits.points}.`);
    if ((xAxis === 'METRIC') !== (typeof xKey === 'string')) throw badInput('xKey names the metric of the x axis: give it with xAxis METRIC, and only then.');
    if (smoothing < 0 || smoothing > mostSmoothing) throw badInput(`smoothing is ${smoothing}. It must be from 0 (none) to ${mostSmoothing}.`);
    const [from, to] = [range?.from ?? Number.NEGATIVE_INFINITY, range?.to ?? Number.POSITIVE_INFINITY];
    if (from > to) throw badInput(`range goes from ${from} to ${to}; from must not be greater than to.`);
    const answer = await readSeries(db, { runIds: [...new Set(runIds.map((id) => id.toLowerCase()))], keys: keys ?? null, xAxis, xKey: xKey ?? null, range: range ? { from, to } : null, maxPoints, smoothing });
    if (answer.ok) return answer.series;
    throw badInput(
      answer.reason === 'TOO_MANY_SERIES'
        ? `These runs have more than ${answer.most} series. Name the keys you want, or fewer runs.`
        : `The answer would have ${answer.found} points; at most ${answer.most} are answered at once. Lower maxPoints, or ask for fewer runs or keys.`,
    );
  }

  @FieldResolver(() => MetricPointsScalar, { description: 'By step.' })
  points(
    @Root() { points }: SeriesAnswer,
    @Arg('encoding', () => PointEncoding, { defaultValue: 'NUMBERS', description: 'How the columns are written.' }) encoding: PointEncoding = 'NUMBERS',
    @Arg('columns', () => [PointColumn], { nullable: true, description: 'Only these, so that less travels; default: all.' }) columns?: PointColumn[] | null,
  ) {
    const encoded = encodeSeries(points, encoding);
    return columns ? onlyColumns(encoded, columns) : encoded;
  }
}

@Resolver(() => MetricSummary)
class MetricResolver {
  @Mutation(() => LogMetricsPayload, { description: 'Stores a batch whole or not at all, and once however often it is sent.' })
  async logMetrics(@Ctx() { db }: Context, @Arg('input', () => LogMetricsInput, { description: 'The batch.' }) input: LogMetricsInput): Promise<LogMetricsPayload> {
    const series: NamedSeries[] = [];
    const userErrors = checkBatch(input, series);
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

/** Every problem of a batch; its columns are parsed into series. */
function checkBatch({ batchId, columns }: LogMetricsInput, series: NamedSeries[]): UserError[] {
  const now = Date.now() / 1000;
  const problems: UserError[] = [];
  if (batchId.trim() === '' || batchId.length > longestBatchId || isUnprintable(batchId)) {
    problems.push(userError('batchId', 'INVALID_BATCH_ID', `batchId must have 1 to ${longestBatchId} characters without control characters, and be new for every batch: a uuid, say.`));
  }
  if (columns.length > limits.columns) {
    return [...problems, userError('columns', 'BATCH_TOO_LARGE', `The batch has ${columns.length} columns; at most ${limits.columns} are taken at once. Send it as several batches, each with an id of its own.`)];
  }
  columns.forEach((column, index) => {
    const parsed = parseColumns(column, now);
    if (parsed.ok) series.push(parsed.series);
    else if (problems.length < mostProblems) problems.push(...parsed.problems.map(({ field, message }) => userError(field ? `columns.${index}.${field}` : `columns.${index}`, 'INVALID_COLUMNS', message)));
  });
  const points = series.reduce((sum, { steps }) => sum + steps.length, 0);
  if (points > limits.points) problems.push(userError('columns', 'BATCH_TOO_LARGE', `The batch has ${points} points; at most ${limits.points} are taken at once. Send it as several batches, each with an id of its own.`));
  return problems;
}

function refused({ runId, batchId, leaseToken }: LogMetricsInput, { reason }: Extract<AppendedMetrics, { ok: false }>): UserError {
  switch (reason) {
    case 'RUN_UNKNOWN':
      return userError('runId', reason, `There is no run ${runId}.`);
    case 'RUN_DELETED':
      return userError('runId', reason, `Run ${runId}, or its project, has been deleted; nothing can be logged to it. Restore it to go on.`);
    case 'BATCH_ID_REUSED':
      return userError('batchId', reason, `Run ${runId} has a batch ${batchId} with other content already. Give every batch a new id; only one that is sent again keeps its id.`);
    case 'RUN_ENDED':
      return userError('runId', reason, `Run ${runId} has ended; nothing can be logged to it any more. Clone it to train again.`);
    case 'LEASE_LOST':
      return userError('leaseToken', reason, leaseToken
        ? `The lease on run ${runId} is not yours, or no longer: it expired. Stop working on it and claim another; for an external run leave leaseToken out.`
        : `Run ${runId} belongs to a trainer: give the leaseToken that claimRun answered.`);
  }
}

export const metricResolvers = [MetricResolver, MetricSeriesResolver, MetricSubscriptions] as const;
