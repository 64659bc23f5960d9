import type { BackboneRow, DatasetVersionRow, ProjectRow, RunRow, TrainerRow } from '@thaw/db';
import { findBackbones } from '@thaw/db/queries/backbone/find-backbones';
import { findDatasetVersions } from '@thaw/db/queries/dataset/find-dataset-versions';
import { findMetricSummaries, findSummariesOfKeys, type MetricSummaryRow, mostSummaries, summariesOf } from '@thaw/db/queries/metric/find-summaries';
import { findProjects } from '@thaw/db/queries/project/find-projects';
import { findRuns } from '@thaw/db/queries/run/find-runs';
import { findTrainers } from '@thaw/db/queries/trainer/find-trainers';
import { decodeNumber } from '@thaw/series';
import { Arg, Ctx, FieldResolver, Float, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Backbone } from '../backbone/backbone.type';
import { type Context, loadExisting } from '../context';
import { DatasetVersion } from '../dataset/dataset.type';
import { badInput } from '../errors';
import { MetricSummary } from '../metric/metric.type';
import { Project } from '../project/project.type';
import { DateTime } from '../scalars';
import { Trainer } from '../trainer/trainer.type';
import { changeRun } from './change-run';
import { ExternalRunResolver } from './external-run.resolver';
import { cloneRun, launchRun } from './launch';
import { launchRuns } from './launch-runs';
import { LaunchRunsInput } from './launch-runs.input';
import { ListResolver } from './list.resolver';
import { unknownRun } from './refusals';
import { RunClaimResolver } from './run-claim.resolver';
import { RunQueueResolver } from './run-queue.resolver';
import { RunStatusResolver } from './run-status.resolver';
import { RunSubscriptions } from './run.subscription';
import { CloneRunInput, LaunchedRunsPayload, LaunchRunInput, RunPayload, UpdateRunInput } from './run.input';
import { MetricValue, Run } from './run.type';
import { TagsResolver } from './tags.resolver';

@Resolver(() => Run)
class RunResolver {
  @Query(() => Run, { nullable: true, description: 'null when there is none of that id.' })
  async run(@Ctx() context: Context, @Arg('id', () => ID, { description: 'As launchRun or createRun answered.' }) id: string): Promise<RunRow | null> {
    return (await context.load(findRuns, id)) ?? null;
  }

  @Mutation(() => RunPayload, { description: 'Queue a run; a trainer picks it up.' })
  launchRun(@Ctx() context: Context, @Arg('input', () => LaunchRunInput, { description: 'What to train.' }) input: LaunchRunInput): Promise<RunPayload> {
    return launchRun(context, input);
  }

  @Mutation(() => RunPayload, { description: 'Queue a run like another one, with changes.' })
  async cloneRun(@Ctx() context: Context, @Arg('input', () => CloneRunInput, { description: 'What to repeat, and what to change.' }) input: CloneRunInput): Promise<RunPayload> {
    const origin = await context.load(findRuns, input.id);
    if (!origin) return { run: null, userErrors: [unknownRun('id', input.id)] };
    return cloneRun(context, origin, await loadExisting(context, findProjects, origin.projectId), input);
  }

  @Mutation(() => LaunchedRunsPayload, { description: 'Queue one run, or one for each combination of several values: all of them or none, and once however often it is asked.' })
  launchRuns(@Ctx() context: Context, @Arg('input', () => LaunchRunsInput, { description: 'What to train, with which values.' }) input: LaunchRunsInput): Promise<LaunchedRunsPayload> {
    return launchRuns(context, input);
  }

  @Mutation(() => RunPayload, { description: 'Changes what people write about a run, and while it waits its place in the queue.' })
  updateRun(@Ctx() context: Context, @Arg('input', () => UpdateRunInput, { description: 'The run and what to change.' }) input: UpdateRunInput): Promise<RunPayload> {
    return changeRun(context, input);
  }

  @FieldResolver(() => Project, { description: 'Where it belongs.' })
  project(@Root() run: RunRow, @Ctx() context: Context): Promise<ProjectRow> {
    return loadExisting(context, findProjects, run.projectId);
  }

  @FieldResolver(() => DatasetVersion, { nullable: true, description: 'null only for an external run that names none.' })
  async dataset(@Root() run: RunRow, @Ctx() context: Context): Promise<DatasetVersionRow | null> {
    return run.datasetVersionId ? loadExisting(context, findDatasetVersions, run.datasetVersionId) : null;
  }

  @FieldResolver(() => Backbone, { nullable: true, description: 'null only for an external run that names none.' })
  async backbone(@Root() run: RunRow, @Ctx() context: Context): Promise<BackboneRow | null> {
    return run.backboneId ? loadExisting(context, findBackbones, run.backboneId) : null;
  }

  @FieldResolver(() => Run, { nullable: true, description: 'The run this one was cloned from, or that its script named.' })
  async parentRun(@Root() run: RunRow, @Ctx() context: Context): Promise<RunRow | null> {
    return run.parentRunId ? ((await context.load(findRuns, run.parentRunId)) ?? null) : null;
  }

  @FieldResolver(() => Trainer, { nullable: true, description: 'Who runs it, or ran it last.' })
  async trainer(@Root() run: RunRow, @Ctx() context: Context): Promise<TrainerRow | null> {
    return run.trainerId ? ((await context.load(findTrainers, run.trainerId)) ?? null) : null;
  }

  @FieldResolver(() => Float, { nullable: true, description: 'How long trainers had it, to now while one has it: waiting and pauses do not count. Of an external run from startedAt to endedAt, or to now. null until it has begun.' })
  durationSeconds(@Root() run: RunRow): number | null {
    const from = countsFrom(run);
    if (from) return secondsBetween(from, new Date());
    return run.workedSeconds ?? (run.startedAt && run.endedAt ? secondsBetween(run.startedAt, run.endedAt) : null);
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'While it runs, the moment that durationSeconds counts from: startedAt, later by all the time that it waited since. null while it does not run.' })
  countsFrom(@Root() run: RunRow): Date | null {
    return countsFrom(run);
  }

  @FieldResolver(() => [MetricSummary], { description: 'By key.' })
  async metrics(
    @Root() run: RunRow,
    @Ctx() context: Context,
    @Arg('keys', () => [String], { nullable: true, description: `Default: every key; a run with more than ${mostSummaries} must be asked for some.` }) keys?: string[] | null,
  ): Promise<MetricSummaryRow[]> {
    if (keys) return (await context.load(findSummariesOfKeys, summariesOf(run.id, keys))) ?? [];
    const summaries = (await context.load(findMetricSummaries, run.id)) ?? [];
    if (summaries.length > mostSummaries) throw badInput(`Run ${run.id} has more than ${mostSummaries} metrics. Name the ones you want: metrics(keys: ["val/loss"]); the keys query lists names.`);
    return summaries;
  }

  @FieldResolver(() => [MetricValue], { description: 'Of the restored best epoch, or as finishRun gave or found them; empty until the run has ended.' })
  finalMetrics(@Root() run: RunRow): MetricValue[] {
    return run.finalMetrics.map(({ key, value }) => ({ key, value: finite(decodeNumber(value)) }));
  }
}

const countsFrom = ({ status, countsFrom: from, startedAt }: RunRow): Date | null => (status === 'RUNNING' ? (from ?? startedAt) : null);

const secondsBetween = (from: Date, to: Date): number => Math.max(0, (to.getTime() - from.getTime()) / 1000);

const finite = (value: number | undefined): number | null => (Number.isFinite(value) ? value! : null);

export const runResolvers = [RunResolver, RunStatusResolver, RunQueueResolver, RunClaimResolver, ListResolver, ExternalRunResolver, TagsResolver, RunSubscriptions] as const;
